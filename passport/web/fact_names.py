"""What the facts about a resident are called when she shares them: key → name."""

FACT_NAMES = {
    "called": "What I like to be called",
    "name": "My full name",
    "birth-date": "When I was born",
    "nhs-number": "My NHS number",
    "address": "Where I live",
    "phone": "My phone number",
}
