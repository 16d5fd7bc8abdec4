"""The languages that a part of a story may be in: BCP 47 code and name."""

LANGUAGES = (
    ("en", "English"),
    ("ar", "العربية (Arabic)"),
    ("bn", "বাংলা (Bengali)"),
    ("cy", "Cymraeg (Welsh)"),
    ("fr", "Français (French)"),
    ("pl", "Polski (Polish)"),
    ("pt", "Português (Portuguese)"),
    ("pa", "ਪੰਜਾਬੀ (Punjabi)"),
    ("ro", "Română (Romanian)"),
    ("es", "Español (Spanish)"),
    ("so", "Soomaali (Somali)"),
    ("tr", "Türkçe (Turkish)"),
    ("uk", "Українська (Ukrainian)"),
    ("ur", "اردو (Urdu)"),
)
