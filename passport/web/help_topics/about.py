"""What the service can see, what becomes of a passport, and how to complain."""

from passport.web.help_topics.topic import Heading, Topic, TopicGroup, points, steps
from passport.words_to_translate import N_

COMPLAIN = "complain"
# Names of offices are the same in every language, so they are in no catalogue.
ABOUT = TopicGroup(
    N_("About Story Passport"),
    (
        Topic(
            "privacy",
            N_("Who can read what"),
            (
                N_(
                    "Your story is locked with a key that only your ways in can open. "
                    "We keep it, but we cannot read it."
                ),
                Heading(N_("Who can read your story")),
                points(
                    N_("You."),
                    N_("Whoever you share it with: only what you ticked, and only while it is on."),
                    N_("Your supporters: only what you allowed."),
                ),
                Heading(N_("What a thief would find")),
                N_(
                    "A thief who takes all that our computers keep, with every backup, can read no "
                    "story and open no share. A thief can guess passphrases. "
                    "So choose a long one."
                ),
                Heading(N_("What we can see")),
                points(
                    N_("How many parts, shares and ways in you have. Not which parts."),
                    N_("When you wrote, when you signed in, and when a share was read."),
                    N_("About how long a part is. Not one word of it."),
                    N_("Which signed-up organisation has a share from you."),
                    N_("Which passports help each other back in."),
                    N_("Where on the internet you are, for an hour. It stops people who guess."),
                ),
                N_(
                    "We keep a scrambled form of your sign-in name. Somebody with our secret file "
                    "could test if a name that they guess is right."
                ),
                Heading(N_("When it is open")),
                N_(
                    "While you use your passport, our computer opens it for you, for a moment. "
                    "Then it forgets. You have to trust us not to change the program so that it "
                    "keeps what you type. Everybody can read how the program is made."
                ),
                N_("When staff read a share, their own browser opens it. We pass it on locked."),
                Heading(N_("What we do not do")),
                points(
                    N_("We do not sell or give away anything."),
                    N_("We show no adverts. No other firm watches these pages."),
                    N_("We use no cookies but those that pages need to work."),
                    N_("We do not ask for your email address or your real name."),
                ),
                Heading(N_("What you can do")),
                N_(
                    "You can see all we keep for you, save it in a file, change it and erase it, "
                    "at any time, under “Account”. You do not have to ask us."
                ),
            ),
        ),
        Topic(
            "if-i-die-or-cannot-decide",
            N_("If I die or cannot decide"),
            (
                Heading(N_("If you cannot decide for yourself")),
                N_(
                    "Your shares stay on until their time is over. So the people who care for you "
                    "can still read what matters to you."
                ),
                points(
                    N_("A supporter can go on with what you allowed. Nobody can add one for you."),
                    N_("An emergency card can be read when you cannot speak."),
                    N_(
                        "Write who speaks for you, and where your papers are. "
                        "There is a part for it: “How I want decisions made”."
                    ),
                ),
                N_(
                    "We can let nobody in, not even with a power of attorney or an order of a "
                    "court. We have no key. So choose a supporter while you can, and tell them."
                ),
                Heading(N_("It is not a legal paper")),
                N_(
                    "What you write here helps people to know your wishes. It is not a power of "
                    "attorney. It is not an advance decision to refuse treatment: that needs its "
                    "own paper, with your name and often a witness. Ask your doctor or a lawyer. "
                    "Then write here where the paper is."
                ),
                Heading(N_("If you die")),
                points(
                    N_("We do not find out. Nothing is erased and nobody is told."),
                    N_("Shares with an end date end by themselves. Others stay on."),
                    N_("Supporters can still read what you let them read."),
                    N_("Nobody else can open your story."),
                ),
                N_(
                    "Recovery helpers can let somebody in as you, when the waiting time is over. "
                    "Choose them with this in mind, and tell them what you want."
                ),
                Heading(N_("If you want your family to have it")),
                points(
                    N_("Print a booklet, and keep it with your papers."),
                    N_("Or make somebody your supporter, and let them read it."),
                    N_("Or save everything in a file, and leave it in a safe place."),
                ),
                Heading(N_("If you want it gone")),
                N_(
                    "Leave your recovery code with somebody you trust. "
                    "Ask them to erase your passport. They can then read it too."
                ),
            ),
        ),
        Topic(
            COMPLAIN,
            N_("How to complain"),
            (
                N_("We want to know when something is wrong. You lose nothing if you complain."),
                Heading(N_("About your care")),
                N_(
                    "We do not give care. Speak with the team first, or with the people for "
                    "complaints at the hospital or surgery. In England that is often called PALS."
                ),
                N_("If their answer does not help, you can go to the ombudsman, for free:"),
                points(
                    "England: Parliamentary and Health Service Ombudsman, 0345 015 4033",
                    "Wales: Public Services Ombudsman for Wales, 0300 790 0203",
                    "Scotland: Scottish Public Services Ombudsman, 0800 377 7330",
                    "Northern Ireland: Public Services Ombudsman, 0800 34 34 24",
                ),
                Heading(N_("About who read your story, or what we keep")),
                steps(
                    N_("Stop the share. Nobody can read it from then on."),
                    N_("Look at “Who has read it”, and at “What was done” under “Account”."),
                    N_("Write to the team that read it, or to us."),
                    N_("If that does not help, tell the people below. It is free."),
                ),
                points("Information Commissioner’s Office (ICO), 0303 123 1113"),
                Heading(N_("About these pages")),
                N_(
                    "Tell us what you wanted to do, and what happened. Do not send us your story, "
                    "your passphrase or a QR code. We never ask for them."
                ),
            ),
        ),
    ),
)
