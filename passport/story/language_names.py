"""The languages that a part of a story may be in: BCP 47 code → its name, in itself first."""

LANGUAGE_NAMES = {
    "en": "English",
    "ar": "العربية (Arabic)",
    "bn": "বাংলা (Bengali)",
    "cy": "Cymraeg (Welsh)",
    "fr": "Français (French)",
    "pl": "Polski (Polish)",
    "pt": "Português (Portuguese)",
    "pa": "ਪੰਜਾਬੀ (Punjabi)",
    "ro": "Română (Romanian)",
    "es": "Español (Spanish)",
    "so": "Soomaali (Somali)",
    "tr": "Türkçe (Turkish)",
    "uk": "Українська (Ukrainian)",
    "ur": "اردو (Urdu)",
}


def language_name(code: str) -> str:
    """The name of a language; its code if it is not on our list."""
    return LANGUAGE_NAMES.get(code, code)
