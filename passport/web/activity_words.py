"""Lines of the record in plain words for the owner of the passport."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from passport.activity.acts import act_of
from passport.activity.read import Fault, Line
from passport.web.words import count_words, time_words

_CHANGED = "Somebody who is not you changed this line, or it is damaged. It can not be shown."
_END_UNKNOWN = (
    "What says which line is the newest is lost or damaged. Newer lines than this may be missing."
)


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


def sentence_of(line: Line) -> Markup:
    """What was done, by whom. Names and titles are kept apart from the words around them."""
    act = act_of(line.act)
    template = {"me": act.owner, "supporter": act.supporter, "service": act.service}[line.who]
    given = {"by": line.by, **line.details}
    apart = {name: Markup("<bdi>{}</bdi>").format(text) for name, text in given.items()}
    # Our own words stand in the template; only what is put into it comes from people.
    return Markup(template).format_map(_Given(apart))  # noqa: S704


class _Given(dict[str, Markup]):
    """What an entry says; an entry of another version may say less than the words ask for."""

    def __missing__(self, name: str) -> Markup:
        return Markup("…")


def _fault_words(fault: Fault) -> str:
    if fault.kind == "changed":
        return _CHANGED
    if fault.kind == "end-unknown":
        return _END_UNKNOWN
    lines = count_words(fault.count, "line is", "lines are")
    return f"{lines} missing here. Somebody removed what stood here, or it was lost."
