"""Files of a section as DocumentReferences.

In the document each says what there is, without its bytes, and the section's narrative has the
words about it: whoever opens nothing misses no word. The bytes are in a file of the share of their
own: the same DocumentReference, by its id, with the bytes inside.
"""

from base64 import b64encode
from typing import Any
from uuid import UUID

from passport.fhir.entries import Entries, Reference, Resource, Resources, timestamp
from passport.fhir.model import AttachedFile
from passport.fhir.narrative import FileWords
from passport.fhir.reading import NotAStoryDocument, first, items, member, moment


def add_files(entries: Entries, files: tuple[AttachedFile, ...]) -> list[Reference]:
    """Keep what is said of each file, and how to refer to it."""
    return [
        entries.keep(file.id, {**_resource(file), "subject": entries.patient}) for file in files
    ]


def write_file(file: AttachedFile, content: bytes) -> Resource:
    """One file with its bytes, to stand alone."""
    resource = {"id": str(file.id), **_resource(file)}
    resource["content"][0]["attachment"]["data"] = b64encode(content).decode()
    return resource


def read_files(
    section: Any, words: list[FileWords], resources: Resources
) -> tuple[AttachedFile, ...]:
    """The files of a section, without their bytes: the inverse of `add_files`."""
    about = [
        resources.resolve(one, "DocumentReference")
        for one in items(section, "entry")
        if resources.is_a(one, "DocumentReference")
    ]
    if len(about) != len(words):
        raise NotAStoryDocument("The files of a section and the words about them do not match.")
    return tuple(map(_file, about, words))


def _resource(file: AttachedFile) -> Resource:
    attachment = {"contentType": file.content_type, "size": file.size, "title": file.title}
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "date": timestamp(file.added_at),
        "description": file.title,
        "content": [{"attachment": attachment}],
    }


def _file(about: Resource, words: FileWords) -> AttachedFile:
    attachment = member(first(about, "content"), "attachment", dict)
    try:
        identifier = UUID(member(about, "id", str))
    except ValueError as error:
        raise NotAStoryDocument("A file's identifier is not a UUID.") from error
    return AttachedFile(
        id=identifier,
        content_type=member(attachment, "contentType", str),
        size=member(attachment, "size", int),
        title=words.title,
        transcript=words.transcript,
        added_at=moment(member(about, "date", str)),
    )
