"""Help with letting people read a story, and with what comes of it."""

from passport.web.help_topics.topic import Heading, Topic, TopicGroup, points, steps
from passport.words_to_translate import N_

SHARING = TopicGroup(
    N_("Sharing your story"),
    (
        Topic(
            "sharing",
            N_("Share your story"),
            (
                N_("A share lets one team, or one person, read what you chose."),
                steps(
                    N_("Say who it is for."),
                    N_("Tick the parts that they can read."),
                    N_("Choose how long: a visit, a month, a year, or until you stop it."),
                    N_("Choose if they need a passcode."),
                ),
                N_(
                    "Then you get a QR code and a link. Show them the code, or send them the link. "
                    "They need no account."
                ),
                N_("When you change a part, they see the new words next time."),
                N_(
                    "A team may have signed up with us. Then they find your share in their own "
                    "computer system. You do not need to show them anything."
                ),
            ),
        ),
        Topic(
            "qr-code",
            N_("The QR code"),
            (
                N_(
                    "The QR code is the square with black and white dots. It is the key to one "
                    "share. Whoever has it can open that share."
                ),
                steps(
                    N_("Open the share on your phone, and make the screen bright."),
                    N_("Ask them to point the camera of their phone at it."),
                    N_("They press the link that they see, and say who they are."),
                ),
                Heading(N_("If it does not scan")),
                points(
                    N_("Wipe the screen, and hold it still."),
                    N_("Print the code, or send the link."),
                    N_("They can open our page for staff and paste the link there."),
                ),
                Heading(N_("If somebody took a photo of it")),
                N_("Stop the share and make a new one. The old code then opens nothing."),
            ),
        ),
        Topic(
            "passcode",
            N_("The passcode"),
            (
                N_(
                    "A passcode is six numbers. Somebody who finds your card or your link cannot "
                    "open the share without it."
                ),
                points(
                    N_("Tell it to them. Do not write it beside the QR code."),
                    N_("If you send the link, send the passcode by itself."),
                    N_("You find it again on the page of the share."),
                ),
                N_(
                    "After ten wrong tries the share is locked. "
                    "Make a new passcode on its page to open it again."
                ),
            ),
        ),
        Topic(
            "stopping",
            N_("Change, pause or stop a share"),
            (
                N_("Open the share under “Shares”. There you can do these things:"),
                points(
                    N_("Pause it. Nobody can read it until you start it again."),
                    N_("Give it more or less time."),
                    N_("Make a new passcode."),
                    N_("Stop it for good. The code and the link then open nothing."),
                ),
                N_(
                    "When somebody has read it, they know it. We cannot take that back. "
                    "They may also have made a copy."
                ),
                Heading(N_("Who has read it")),
                N_(
                    "Each share says who read it and when. “Not checked” means that they told us "
                    "their name and we could not check it. If you do not know the name, "
                    "stop the share."
                ),
            ),
        ),
        Topic(
            "inbox",
            N_("Your inbox"),
            (
                N_("Your inbox shows what came of your story."),
                points(
                    N_("Who read it."),
                    N_("What they will do for you."),
                    N_("A question, or a few words for you."),
                    N_("Words that they suggest for your story. You say yes or no."),
                ),
                N_("You can send a thank-you back. It is no chat: they may not see it at once."),
                Heading(N_("The question that we ask you")),
                N_(
                    "After somebody read your story we ask: did they still ask you to tell it "
                    "again? You can say no, a little or yes, or not answer. You can tell us never "
                    "to ask. Only you can see your answers."
                ),
            ),
        ),
        Topic(
            "emergency-card",
            N_("The emergency card"),
            (
                N_(
                    "An emergency card is for when you cannot speak. It holds only what you chose "
                    "for it. Whoever finds it can open it, with no passcode."
                ),
                points(
                    N_("Put on it only what a stranger may know."),
                    N_("You are told when somebody opened it."),
                    N_("If you lose it, stop its share. Then make a new one."),
                ),
                N_("In an emergency people may not have time to read. Always call 999 first."),
            ),
        ),
        Topic(
            "printing",
            N_("Print it on paper"),
            (
                N_("You can put your story on paper:"),
                points(
                    N_("A booklet, also in large print."),
                    N_("One page with what matters most."),
                    N_("A sheet for the fridge."),
                    N_("A card for your purse."),
                ),
                steps(
                    N_("Choose what you want to print."),
                    N_("Tick the parts that go on it."),
                    N_("See what will be on it. Then make the file, and print it."),
                ),
                N_(
                    "Paper can be lost, and anyone can read it. You cannot stop paper. "
                    "When your story changes, print it again."
                ),
                N_("Have you no printer? A library or a pharmacy may print the file for you."),
            ),
        ),
        Topic(
            "for-staff",
            N_("For staff: read a story"),
            (
                N_("Somebody let you read their story. You need no account and no app."),
                steps(
                    N_("Scan their QR code with a phone, or open their link."),
                    N_("Say who you are: your role and team. They see it."),
                    N_("Type the passcode if we ask for it. They tell it to you."),
                    N_("Read what is most important first."),
                ),
                N_("The story is their own words. It is no medical record. Check what you act on."),
                N_("The page keeps nothing. To read it again, scan the code again."),
            ),
        ),
    ),
)
