"""What to ask next, of somebody who tells a little at a time."""

from collections.abc import Iterable, Sequence

from passport.story.question_order import ORDER, Question
from passport.story.section import Section


def next_question(
    story: Iterable[Section], skipped: Sequence[str] = (), *, is_low: bool = False
) -> Question | None:
    """The question that matters most and has no answer yet; None when there is none.

    What she skipped comes after all others, what was skipped longest ago first. On a low day only
    what takes a minute is asked.
    """
    answered = {section.key: section.content for section in story}
    empty = {q.name: q for q in ORDER if not answered.get(q.section_key, {}).get(q.part_key)}
    later = [name for name in skipped if name in empty]
    names = [name for name in empty if name not in later] + later
    asked = (empty[name] for name in names)
    return next((q for q in asked if q.is_quick or not is_low), None)


def skip(skipped: Sequence[str], name: str) -> tuple[str, ...]:
    """What is skipped once this question is too."""
    return (*(one for one in skipped if one != name), name)
