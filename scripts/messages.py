"""The catalogues of languages: passport/translations/<code>/LC_MESSAGES/messages.po.

python scripts/messages.py update     # what pages say now, into every catalogue
python scripts/messages.py compile    # every catalogue that changed, for the service to read
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "passport" / "translations"
LANGUAGES = ("cy", "pl", "tr", "bn", "ur", "ar")
KEYWORDS = DEFAULT_KEYWORDS | {
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "plural_texts": (1, 2),
}
CHECKED_BY = re.compile(r'^"X-Checked-By: (.*)\\n"$', re.MULTILINE)
NOBODY = "nobody yet"


def main(arguments: list[str]) -> None:
    if arguments == ["update"]:
        template = extracted()
        for code in LANGUAGES:
            update(code, template)
    elif arguments == ["compile"]:
        for code in LANGUAGES:
            compile_one(code)
    else:
        sys.exit(__doc__)


def path_of(code: str) -> Path:
    return TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every text that pages say, in English, with the file that it stands in."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="Story Passport", charset="utf-8")
    for file, _line, words, comments, context in extract_from_dir(
        ROOT / "passport", methods, options, KEYWORDS, ["Translators:"], strip_comment_tags=True
    ):
        # Without line numbers, or every catalogue would change with every change of a page.
        place = [(f"passport/{file}", None)]
        catalogue.add(words, None, place, auto_comments=comments, context=context)
    return catalogue


def update(code: str, template: Catalog) -> None:
    """Add what is new, and take out what no page says any more. Nothing is guessed."""
    path, checked_by = path_of(code), NOBODY
    catalogue = Catalog(locale=code, project="Story Passport", fuzzy=False)
    if path.exists():
        catalogue = read(code)
        checked_by = CHECKED_BY.search(path.read_text())[1]
    catalogue.header_comment = (
        "# What pages say. How to translate it: docs/how-to/translate-the-pages.md"
    )
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, include_lineno=False)
    # Babel drops headers that it doesn't know.
    ours = f'"X-Checked-By: {checked_by}\\n"\n"MIME-Version'
    path.write_text(written.getvalue().decode().replace('"MIME-Version', ours, 1))


def read(code: str) -> Catalog:
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code)


def compile_one(code: str) -> None:
    source = path_of(code)
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    written = BytesIO()
    write_mo(written, read(code))
    target.write_bytes(written.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
