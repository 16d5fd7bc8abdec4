"""Help with telling a story."""

from passport.web.help_topics.topic import Heading, Topic, TopicGroup, points
from passport.words_to_translate import N_

TELLING = TopicGroup(
    N_("Telling your story"),
    (
        Topic(
            "telling",
            N_("Write your story"),
            (
                N_("Your story has parts. Two of them are “Please do” and “Please don’t”."),
                points(
                    N_("Write as much or as little as you like, in any order."),
                    N_("Use your own words. Spelling does not matter."),
                    N_("Leave out what you do not want to tell."),
                    N_("You can add a part with a title of your own."),
                ),
                N_("Nobody can read it until you share it."),
                Heading(N_("Sensitive parts")),
                N_(
                    "Some things you want to tell only a few people. Mark that part as sensitive. "
                    "Then it goes to nobody unless you tick it again when you share."
                ),
                Heading(N_("If something goes wrong while you write")),
                N_(
                    "We keep a locked copy of what you type. If the page closes, open the part "
                    "again. You can go on where you stopped, or throw the copy away. "
                    "The copy needs a browser that runs scripts. "
                    "If yours does not, press Save often."
                ),
            ),
        ),
        Topic(
            "a-little-today",
            N_("A little today"),
            (
                N_("You do not have to write it all at once. We can ask you one question."),
                points(
                    N_("Answer it, or skip it."),
                    N_("Press “Stop here, thank you” when you have had enough."),
                    N_("What you wrote is saved, also when you stop."),
                ),
                N_("Next time we ask what matters most and is still empty."),
                N_(
                    "Some questions come with examples. They are there to give you ideas. "
                    "You can turn them off with one press."
                ),
            ),
        ),
        Topic(
            "low-days",
            N_("Low days"),
            (
                N_(
                    "On some days you have no strength to explain yourself. "
                    "You can tell us how today is. On a low day we ask only what takes a minute."
                ),
                N_("Nobody else sees how you are. We forget it tomorrow."),
                Heading(N_("“Today I can’t: please read my passport”")),
                N_(
                    "You can put these words on a share. Whoever opens it sees them first. "
                    "They go away by themselves. You do not have to write anything."
                ),
                Heading(N_("If you are in danger")),
                N_(
                    "We do not watch what you write, and nobody is called. In an emergency, "
                    "call 999. If you need help with how you feel, call 111 and choose the "
                    "mental health option, or call Samaritans on 116 123, day or night."
                ),
            ),
        ),
        Topic(
            "photos-and-voice",
            N_("Photos, voice and papers"),
            (
                N_(
                    "You can add a photo, a short video, your voice or a paper to a part of your "
                    "story. A picture can show how a splint goes on, or which door to use."
                ),
                points(
                    N_("We take out where and when it was made, before we lock it."),
                    N_("Say in a few words what it shows. It helps people who cannot see it."),
                    N_("If your connection breaks, choose the file again. It goes on from there."),
                ),
                N_("A file goes to the people who can read its part."),
            ),
        ),
        Topic(
            "what-it-said-before",
            N_("What it said before"),
            (
                N_(
                    "Each time you save a part, we keep what it said before. You can look at it, "
                    "and bring it back."
                ),
                N_("People you share with see only the newest words."),
                Heading(N_("Is it still true?")),
                N_(
                    "Things change. From time to time we can ask you if a part is still true. "
                    "You choose how often. Readers see when you last looked at it."
                ),
            ),
        ),
        Topic(
            "easy-read",
            N_("Easy read and other languages"),
            (
                N_(
                    "You can see your story with one short line at a time, and with pictures. "
                    "Your device can read it out loud."
                ),
                N_(
                    "You can write a part in two languages. Readers see both. "
                    "We never translate your words for you."
                ),
            ),
        ),
    ),
)
