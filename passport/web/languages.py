"""The languages that a part of a story may be in: BCP 47 code and name."""

from wtforms import SelectChoice

LANGUAGES = (
    SelectChoice("en", "English"),
    SelectChoice("ar", "العربية (Arabic)"),
    SelectChoice("bn", "বাংলা (Bengali)"),
    SelectChoice("cy", "Cymraeg (Welsh)"),
    SelectChoice("fr", "Français (French)"),
    SelectChoice("pl", "Polski (Polish)"),
    SelectChoice("pt", "Português (Portuguese)"),
    SelectChoice("pa", "ਪੰਜਾਬੀ (Punjabi)"),
    SelectChoice("ro", "Română (Romanian)"),
    SelectChoice("es", "Español (Spanish)"),
    SelectChoice("so", "Soomaali (Somali)"),
    SelectChoice("tr", "Türkçe (Turkish)"),
    SelectChoice("uk", "Українська (Ukrainian)"),
    SelectChoice("ur", "اردو (Urdu)"),
)
