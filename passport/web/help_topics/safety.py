"""Help with getting in, with people who help, and with staying safe."""

from passport.web.help_topics.topic import Heading, Topic, TopicGroup, points, steps
from passport.words_to_translate import N_

SAFETY = TopicGroup(
    N_("Getting in and staying safe"),
    (
        Topic(
            "making-a-passport",
            N_("Make a passport"),
            (
                N_("You need a name to sign in with, and a passphrase."),
                points(
                    N_("The name can be any name. It need not be your own."),
                    N_("The passphrase is long. Take four words that do not belong together."),
                    N_("We can give you words to take."),
                ),
                N_(
                    "Nobody can send you the passphrase again. So you get a recovery code. "
                    "Write it down or print it, and keep it in a safe place."
                ),
            ),
        ),
        Topic(
            "signing-in",
            N_("Sign in and sign out"),
            (
                N_("Use your name and passphrase, a passkey, or your card and PIN."),
                N_(
                    "Before some steps we ask you to sign in again. This keeps your passport safe "
                    "if somebody else has your phone."
                ),
                N_(
                    "You are signed out after one hour without use. We tell you before. "
                    "What you typed is not lost."
                ),
                N_(
                    "On a phone or computer that others use, always sign out. Under “Account” you "
                    "see where you are signed in, and you can sign out there."
                ),
            ),
        ),
        Topic(
            "ways-in",
            N_("Ways in"),
            (
                N_("Each way in opens your passport by itself. Have two or more."),
                points(
                    N_("A passphrase, which you remember."),
                    N_("A recovery code, on paper."),
                    N_("A passkey: your finger, your face, or a small key."),
                    N_("A card for your purse, with a PIN."),
                ),
                N_(
                    "If you lose one, cancel it under “Ways in”. It then opens nothing. "
                    "You cannot remove the last one."
                ),
            ),
        ),
        Topic(
            "locked-out",
            N_("If you cannot get in"),
            (
                steps(
                    N_("Try another way in: a passkey, or your card."),
                    N_("Use your recovery code. Then choose a new passphrase."),
                    N_("Ask your recovery helpers, if you named some. They help you back in."),
                ),
                N_(
                    "We cannot open your passport, and we cannot make a new passphrase for you. "
                    "If every way is lost, so is your story. That is the price of a lock "
                    "that nobody else can open."
                ),
            ),
        ),
        Topic(
            "recovery-helpers",
            N_("Recovery helpers"),
            (
                N_(
                    "These are people you trust. If you lose every way in, they can help you back "
                    "in. They cannot read your story."
                ),
                points(
                    N_("You can have one, two or three. With two or three, two must help."),
                    N_("There is a waiting time. If you sign in during that time, it stops."),
                    N_("You see on every page that somebody asked for help."),
                ),
                Heading(N_("If you are a helper")),
                N_(
                    "Help only if you hear their voice or see their face. Never help because of "
                    "an email or a text message."
                ),
            ),
        ),
        Topic(
            "supporters",
            N_("Supporters"),
            (
                N_(
                    "A supporter helps you with your passport: a daughter, a friend, or somebody "
                    "who is paid to help you. You choose what they may do."
                ),
                points(
                    N_("Read the parts that you choose."),
                    N_("Write in them for you. Readers see that they helped."),
                    N_("Share them for you."),
                ),
                N_(
                    "They have a passport of their own, and never your passphrase. Everything they "
                    "do is written down, and you can see it. You can end it at any time."
                ),
                Heading(N_("Somebody pushes you to let them in")),
                N_("You can say no. Nobody needs to be your supporter for you to get care."),
            ),
        ),
        Topic(
            "being-watched",
            N_("If somebody watches you"),
            (
                N_("Somebody may look at your phone or at your screen. These things help:"),
                points(
                    N_("Press “Leave this page quickly” at the top. Or press Escape three times."),
                    N_("Hide the names of pages under “Settings”. The tab then says “Notes”."),
                    N_("Use a private window. Your browser then keeps no list of pages."),
                    N_("Look under “Account” where you are signed in. Sign out what is not yours."),
                    N_("Change your passphrase if somebody may know it."),
                    N_("Look at your supporters. End what you do not want."),
                ),
                N_(
                    "Some programs show another person all that you do on a phone. If you fear "
                    "that, use another device: at a library, or of a friend."
                ),
                Heading(N_("If you are hurt or afraid at home")),
                N_(
                    "In danger, call 999. If you cannot speak on a mobile phone, press 55 when "
                    "you hear the voice. The National Domestic Abuse Helpline is free, day and "
                    "night: 0808 2000 247."
                ),
            ),
        ),
        Topic(
            "how-pages-look",
            N_("How pages look"),
            (
                N_("You can change how pages look. Tick what helps you:"),
                points(
                    N_("Make the words larger."),
                    N_("Put more space between letters and lines."),
                    N_("Use strong colours: black on white."),
                    N_("Let nothing move."),
                ),
                N_("It stays like that when you come back, also on your other devices."),
                N_("You can use each page with keys alone. You do not need a mouse."),
            ),
        ),
        Topic(
            "what-was-done",
            N_("What was done in your passport"),
            (
                N_(
                    "Under “Account” there is a list of all that was done. It says who read your "
                    "story, and who saved, shared or stopped something."
                ),
                N_("Nobody can change the list in secret. It would show."),
                N_(
                    "Do you see something that you did not do? Sign out everywhere else. "
                    "Then change your passphrase."
                ),
            ),
        ),
        Topic(
            "saving-and-erasing",
            N_("Save everything, or erase it"),
            (
                N_(
                    "You can save all that you wrote in one file. Keep it in a safe place: anyone "
                    "who has it can read it. You can bring it in again, here or elsewhere."
                ),
                N_(
                    "You can erase your passport. Everything goes at once and for good. "
                    "Nobody can bring it back, not you and not us."
                ),
                N_("What people have read or printed stays with them."),
            ),
        ),
    ),
)
