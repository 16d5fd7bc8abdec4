"""Write docs/reference/export.md from the schema of exports.

.venv/bin/python -m scripts.write_export_reference
"""

from pathlib import Path
from typing import Any

from passport.leaving.export_schema import SCHEMA_PATH, json_schema

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "export.md"
_BEGINNING = f"""# The export file

`story-passport/export/1`: everything in one passport as one JSON file. A running service publishes
its JSON Schema (draft 2020-12) at `{SCHEMA_PATH}`. This page is made from it by
`scripts/write_export_reference.py`.

Every member is there in every file, unless it says "optional". A file with members that are not
described here is refused, because to drop them would lose them unseen. Times are ISO 8601 with a
zone. Strings hold what a form would have kept: no control characters, no direction marks in lines.
"""
_END = """
## What is not in it

No sign-in name, passphrase, recovery code, card, passkey, share link, share key or passcode:
nothing can be opened with an export.

## What is brought in, and what is not

Sections with all versions, and attachments, exactly; preferences that this service knows. Shares,
readings and activity
are records for the owner to read: links belong to the service that made them, and no file may
write the past of another service's record. A section of the catalogue gets the title that the
catalogue has there.
"""


def page() -> str:
    """The page's text."""
    schema = json_schema()
    parts = {"The file": schema, **schema["$defs"]}
    return _BEGINNING + "".join(_table(name, part) for name, part in parts.items()) + _END


def _table(name: str, part: dict[str, Any]) -> str:
    required = set(part["required"])
    rows = "".join(
        f"| `{member}` | {_kind(described)} | {_words(described, member in required)} |\n"
        for member, described in part["properties"].items()
    )
    head = "| member | type | what it is |\n|---|---|---|\n"
    return f"\n## {name}\n\n{part['description']}\n\n{head}{rows}"


def _words(described: dict[str, Any], is_required: bool) -> str:
    limits = [
        text.format(described[key])
        for key, text in (
            ("maxLength", "At most {} characters."),
            ("maxItems", "At most {}."),
            ("pattern", "Like `{}`."),
        )
        if key in described
    ]
    optional = [] if is_required else ["Optional."]
    return " ".join([described["description"], *limits, *optional]).replace("|", "\\|")


def _kind(described: dict[str, Any]) -> str:
    if "$ref" in described:
        return described["$ref"].rpartition("/")[2]
    if "enum" in described:
        return ", ".join(f"`{value}`" for value in described["enum"])
    if described["type"] == "array":
        return f"list of {_kind(described['items'])}"
    kind = described["type"]
    names = kind if isinstance(kind, list) else [kind]
    return described.get("format", "") or " or ".join(names)


if __name__ == "__main__":
    PAGE.write_text(page())
