"""What the facts about a resident are called when she shares them: key → name."""

from passport.words_to_translate import N_

FACT_NAMES = {
    "called": N_("What I like to be called"),
    "name": N_("My full name"),
    "birth-date": N_("When I was born"),
    "nhs-number": N_("My NHS number"),
    "address": N_("Where I live"),
    "phone": N_("My phone number"),
}
