"""Examples of answers, from needs that people really have: somewhere to begin when a box is empty.

We wrote them; nobody's story is in them. Each says whose day it could be, and what they could say.
"""

from dataclasses import dataclass

from passport.words_to_translate import N_

LUPUS = N_("Living with lupus")
WHEELCHAIR = N_("Using a wheelchair")
MENTAL_HEALTH = N_("Going into a mental health ward")
DEMENTIA = N_("Living with dementia")
LEARNING_DISABILITY = N_("Living with a learning disability")
AUTISTIC = N_("Being autistic")
DEAF = N_("Being Deaf")
NO_ENGLISH = N_("Speaking little or no English")


@dataclass(frozen=True)
class Example:
    """What somebody in this position could write."""

    who: str
    words: str


_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("most-important", "text"): {
        LUPUS: N_("I look well, but I am not. On a bad day I can’t lift a cup. Please believe me."),
        DEMENTIA: N_("My wife Joan knows me best. Ask her if I can’t find the words."),
        LEARNING_DISABILITY: N_("Talk to me first, not to my support worker."),
    },
    ("people", "people"): {
        DEMENTIA: N_("Joan, my wife. She comes each day at two. Call her at any time."),
        MENTAL_HEALTH: N_("Sam, my friend. He has my keys and feeds my cat when I am on the ward."),
        NO_ENGLISH: N_("My daughter Amina. She speaks English. Call her after five."),
    },
    ("communicate", "aids"): {
        DEAF: N_("I use British Sign Language. I need an interpreter, not only notes."),
        LEARNING_DISABILITY: N_("Pictures help me. So does easy read."),
    },
    ("communicate", "text"): {
        DEAF: N_("Tap my arm so that I look at you. Take your mask down if you can."),
        AUTISTIC: N_("Say what you mean. I may not look at you, but I do listen."),
        NO_ENGLISH: N_("I speak Somali. Please get an interpreter. Do not ask my son to do it."),
    },
    ("wellness", "good-day"): {
        LUPUS: N_("I can walk to the shop and cook my own tea."),
        DEMENTIA: N_("I sing along to the radio and help to lay the table."),
    },
    ("wellness", "usual-day"): {
        WHEELCHAIR: N_("My carer comes at eight. I am up and in my chair by nine."),
        LEARNING_DISABILITY: N_("I go to the garden club. I like to know what comes next."),
    },
    ("wellness", "bad-day"): {
        LUPUS: N_("My joints burn. I stay in bed and can’t talk for long."),
        AUTISTIC: N_("Noise hurts. I go quiet and rock. I need to be left in peace."),
    },
    ("wellness", "getting-worse"): {
        LUPUS: N_("A rash on my face, mouth sores, and a fever. I may need help that day."),
        MENTAL_HEALTH: N_("I stop sleeping and I stop answering my phone."),
    },
    ("please-do", "lines"): {
        AUTISTIC: N_("Tell me before you touch me."),
        DEAF: N_("Look at me when you speak."),
        WHEELCHAIR: N_("Put my chair where I can reach it."),
        DEMENTIA: N_("Say your name each time you come in."),
    },
    ("please-dont", "lines"): {
        WHEELCHAIR: N_("Don’t push my chair unless I ask."),
        MENTAL_HEALTH: N_("Don’t come up behind me."),
        DEMENTIA: N_("Don’t tell me that I am wrong about where I am."),
        LUPUS: N_("Don’t take blood from my left arm."),
    },
    ("support", "text"): {
        WHEELCHAIR: N_("I need two people or a hoist to get out of bed. I can wash my own face."),
        DEMENTIA: N_("Cut up my food. Put the cup in my hand. Then I can do it."),
        LUPUS: N_("Mornings are slow. Please leave an hour before you ask me to get up."),
    },
    ("worth-knowing", "text"): {
        NO_ENGLISH: N_("I pray five times a day. I eat halal food. I like strong sweet tea."),
        DEMENTIA: N_("I drove buses for thirty years. Ask me about the number 14."),
    },
    ("my-story", "text"): {
        MENTAL_HEALTH: N_("I lost my job and then my mum. That is when the voices came."),
        LUPUS: N_("It took seven years until someone found out what I had."),
    },
    ("adjustments", "adjustments"): {
        AUTISTIC: N_("A quiet place to wait, and the first visit of the day."),
        WHEELCHAIR: N_("A way in without steps, and space for my chair."),
    },
    ("adjustments", "text"): {
        WHEELCHAIR: N_("I need a bed that goes up and down, so that I can get across by myself."),
        LEARNING_DISABILITY: N_("Please let me see the room before the day."),
        DEAF: N_("Text me. I can’t use the phone."),
    },
    ("crisis", "early-signs"): {
        MENTAL_HEALTH: N_("I give my things away."),
        AUTISTIC: N_("I cover my ears and hum."),
    },
    ("crisis", "helps"): {
        MENTAL_HEALTH: N_("One calm person who stays with me."),
        AUTISTIC: N_("A dark room and my blue blanket."),
    },
    ("crisis", "worse"): {
        MENTAL_HEALTH: N_("Many people in the room at once."),
        DEMENTIA: N_("Being moved to another ward at night."),
    },
    ("crisis", "decides-with-me"): {
        MENTAL_HEALTH: N_("My sister Ruth. She has read my plan."),
        LEARNING_DISABILITY: N_("Me, with my advocate beside me."),
    },
    ("crisis", "want"): {
        MENTAL_HEALTH: N_("Talking first. The tablets that helped me last time, if I need them."),
    },
    ("crisis", "dont-want"): {
        MENTAL_HEALTH: N_("The injection that I had before. It made me shake."),
    },
    ("decisions", "text"): {
        LEARNING_DISABILITY: N_("Give me two things to choose from, and a day to think."),
        NO_ENGLISH: N_("Tell me all of it through an interpreter. I decide, not my family."),
    },
    ("decisions", "speaks-for-me"): {
        DEMENTIA: N_("My wife Joan. She has the papers for it."),
    },
    ("decisions", "documents"): {
        DEMENTIA: N_("Lasting power of attorney for health. It is in the blue folder at home."),
    },
    ("home", "text"): {
        WHEELCHAIR: N_("The ramp is at the back. The lift stops at the second floor."),
        DEMENTIA: N_("There is a key safe. My wife knows the number."),
        DEAF: N_("My door bell is a light. Press it twice and wait."),
    },
    ("clinical", "conditions"): {
        LUPUS: N_("Lupus (SLE), found in 2016."),
        LEARNING_DISABILITY: N_("Epilepsy. My fits last about a minute."),
    },
    ("clinical", "allergies"): {
        LUPUS: N_("Penicillin. My throat closes up."),
    },
    ("clinical", "medicines"): {
        LUPUS: N_("Hydroxychloroquine, one in the morning."),
        MENTAL_HEALTH: N_("I take my tablets at night, because they make me sleepy."),
    },
    ("own", "text"): {
        AUTISTIC: N_("My dog Biscuit. If I am upset, ask me about him."),
        NO_ENGLISH: N_("Words I know in English: pain, water, toilet, daughter."),
    },
}


def examples(section_key: str, part_key: str) -> tuple[Example, ...]:
    """Examples for one question; none for facts such as a name."""
    found = _WORDS.get((section_key, part_key), {})
    return tuple(Example(who, words) for who, words in found.items())
