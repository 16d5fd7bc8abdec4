"""Texts that the formula calls harder than nine years, each looked at by a person.

Why they stay: the formula takes a list of plain nouns for one hard sentence ("eating, moving,
washing"), and every long but everyday word ("passphrase", "recovery code", "everything") for a
hard one. Some speak to staff or to whoever runs the service. A text that is made plainer must
leave this list, and a new one should not come into it: write two short sentences instead.
"""

HARDER = {
    (
        "A passkey lets you in with the lock of your phone, tablet or computer: your "
        "finger, your face, or the number that you unlock it with. You type no name and "
        "no passphrase."
    ),
    "A sensitive part stays out of every share, unless you tick it for that one share.",
    "Changes that services should make so that you can use them.",
    (
        "Emergency card: the person chose these parts for an emergency, and was told that "
        "you opened it."
    ),
    "Everything that you or others did with your passport, and when.",
    "Family, friends, neighbours, pets' carers: anyone who matters to you.",
    "For example eating, moving, washing, medicine, blood tests or sleep.",
    "I understand that nobody can bring my passport back",
    "It leads to an address without encryption, so nothing was opened.",
    "It may have ended, been paused or stopped, been used up, or been copied wrongly.",
    "Kept on this device only. The clearer letters are Atkinson Hyperlegible.",
    "Not shown here, because you marked it as sensitive.",
    "Old backups: nobody can open your part of them, because the key is destroyed.",
    "Saved %(when)s. It stays under “What it said before”, whatever you do now.",
    (
        "Scan the person’s code with your phone’s camera. If you opened a story here "
        "before, scan the code again: this page does not keep it."
    ),
    (
        "Source: Story Passport, the person’s own words, as they shared them. Check "
        "clinical facts against the record, and legal papers at their source."
    ),
    "Talking first. The tablets that helped me last time, if I need them.",
    (
        "The service keeps no record of you and no copy of this receipt. It keeps one "
        "number, picked by chance, so that your passport is emptied again if an old "
        "backup is ever put back."
    ),
    "The service that keeps this story can’t be reached",
    "There are no words in it: you emptied the boxes, or changed only what was ticked.",
    (
        "There is another way: ask the person to tell you, to show you on their phone, or "
        "to give you the printed story."
    ),
    (
        "These are the person’s own words. Check clinical facts, such as allergies, "
        "against the record. Check legal papers at their source."
    ),
    (
        "They stopped, or erased their passport. Remove them here, so that the others get "
        "new pieces."
    ),
    "This copy does not change when the person changes their story.",
    "This file opens like a web page, also without the internet.",
    (
        "This help was stopped, because somebody signed in to the passport or pressed "
        "Stop. If that was not you, talk to your helpers and get a new help number."
    ),
    "This is a copy on paper: it does not change when the person changes their story.",
    "This page does not open files of this kind, because they could do harm.",
    (
        "This passport is from before backups had a key of their own. Until old backups "
        "are deleted, your passphrase or recovery code could open them. Ask whoever runs "
        "the service when they are deleted."
    ),
    "This works only while nothing is written in this passport.",
    "To take the other language away, empty these boxes and save.",
    (
        "To unlock a story, the browser needs a safe connection. Check that the address "
        "begins with https://, then scan the code again."
    ),
    "Turn on JavaScript for this page, then scan the code again.",
    (
        "Type the number only if they told you themselves, face to face or on the phone, "
        "and you know their voice. Not from an email or a text message: others can write "
        "in their name."
    ),
    "Use only letters, numbers and spaces for your name.",
    "What people must know first, and what matters most in your life.",
    (
        "What you allowed your supporters and recovery helpers: %(count)s. They can't "
        "open anything of yours."
    ),
    "With very fast computers, guessing it would take about %(time)s.",
    "With very fast computers, guessing it would take centuries.",
    "With very fast computers, guessing it would take less than a second.",
    (
        "With your recovery code you can choose a new passphrase. Everyone else who is "
        "signed in to your passport is then signed out, and you get a new code."
    ),
    "Words I know in English: pain, water, toilet, daughter.",
    "You can have bigger words, more space, strong colours, or nothing that moves.",
    (
        "You can take a copy of your whole passport with you. It has every part of your "
        "story, with all older versions, your files, and a list of what you shared and "
        "who read it."
    ),
    "You saved this part somewhere else, after you opened it here.",
    (
        "You saved this part somewhere else, after you opened it here. Press the button "
        "again to use these words instead."
    ),
    "Your device's answer was not right. Nothing was changed. Press the button again.",
    "Your fingerprint, your face or a security key opens your passport.",
    (
        "Your helpers have helped, and the waiting time is over. When you choose a new "
        "passphrase, everyone else who is signed in to your passport is signed out, and "
        "you get a new recovery code. We show you your sign-in name too."
    ),
    (
        "Your passkey answered another page, not this one. Nothing was changed. Check the "
        "address at the top, then press the button again."
    ),
    "Your passphrase, recovery code, passkeys and cards: add, change or remove them.",
    "Your shares: %(count)s. QR codes and links stop working, also those for organisations.",
}
