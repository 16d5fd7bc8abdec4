"""Lines of the record in plain words for the owner of the passport."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from passport.accounts.ways_in import USUAL_TITLES
from passport.activity.acts import BY_SOMEONE, IN_YOUR_PLACE, act_of
from passport.activity.read import Fault, Line
from passport.story.catalogue import CATALOGUE, IDENTITY
from passport.web.device_words import device_shown
from passport.web.words import time_words
from passport.words_to_translate import N_

_CHANGED = N_("Somebody who is not you changed this line, or it is damaged. It can not be shown.")
_END_UNKNOWN = N_(
    "What says which line is the newest is lost or damaged. Newer lines than this may be missing."
)
_OURS = {kind.title for kind in (*CATALOGUE, IDENTITY)}


@dataclass(frozen=True)
class ShownLine:
    """One line of the page. `when` is empty for a fault, which is about no known time."""

    sentence: Markup
    when: str
    is_fault: bool = False


def shown(line: Line | Fault) -> ShownLine:
    """A line as the page shows it."""
    if isinstance(line, Fault):
        return ShownLine(escape(_fault_words(line)), "", is_fault=True)
    return ShownLine(sentence_of(line), time_words(line.at))


def plain(line: Line | Fault) -> str:
    """The same as text, for a file."""
    return shown(line).sentence.striptags()


def sentence_of(line: Line) -> Markup:
    """What was done, by whom. Names and titles are kept apart from the words around them."""
    act = act_of(line.act)
    said = {"me": act.owner, "supporter": act.supporter, "service": act.service}[line.who]
    template = _(said)
    if said in (IN_YOUR_PLACE, BY_SOMEONE):
        template = f"{template} {_(act.owner)}"
    apart = {name: Markup("<bdi>{}</bdi>").format(text) for name, text in _given(line).items()}
    # Our own words stand in the template; only what is put into it comes from people.
    return Markup(template).format_map(_Given(apart))  # noqa: S704


def _given(line: Line) -> dict[str, str]:
    """What the sentence is about. What we called things in English is said as the page says it."""
    given = {"act": line.act, "by": line.by, **line.details}
    for name, text in given.items():
        if name == "device":
            given[name] = device_shown(text)
        elif name == "way" or text in USUAL_TITLES.values() or (name == "title" and text in _OURS):
            given[name] = _(text)
    return given


class _Given(dict[str, Markup]):
    """What an entry says; an entry of another version may say less than the words ask for."""

    def __missing__(self, name: str) -> Markup:
        return Markup("…")


def _fault_words(fault: Fault) -> str:
    if fault.kind == "changed":
        return _(_CHANGED)
    if fault.kind == "end-unknown":
        return _(_END_UNKNOWN)
    return ngettext(
        "%(num)d line is missing here. Somebody removed what stood here, or it was lost.",
        "%(num)d lines are missing here. Somebody removed what stood here, or it was lost.",
        fault.count,
    )
