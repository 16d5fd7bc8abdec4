"""Going through the small steps towards a share, as a person without scripts does."""

from typing import Any

from werkzeug.test import TestResponse

from tests.web.visitor import Visitor

STEPS = {
    "who": {"to", "recipient", "kind"},
    "what": {"sections", "sensitive", "identity"},
    "how-long": {"duration", "last_day-day", "last_day-month", "last_day-year"},
    "passcode": {"passcode", "may_hand_over", "is_direct"},
}
USUAL = {"duration": "visit"}


def begins_a_share(visitor: Visitor) -> str:
    """Press "Share my story"; returns the address under which all steps of this share are."""
    return visitor.sees("/shares/new").location.removesuffix("/who")


def goes_through(visitor: Visitor, address: str, **chosen: Any) -> TestResponse:
    """Fill in the steps that `chosen` is about; returns the first answer that does not lead on."""
    chosen = USUAL | chosen
    for step, names in STEPS.items():
        typed = {name: value for name, value in chosen.items() if name in names}
        answer = visitor.sends(f"{address}/{step}", **typed)
        if answer.status_code != 303:
            return answer
    return visitor.sees(f"{address}/check")


def shares(visitor: Visitor, **chosen: Any) -> TestResponse:
    """Make a share, ticking every sensitive part again; the answer is the page or what is wrong."""
    address = begins_a_share(visitor)
    page = goes_through(visitor, address, **chosen)
    if 'name="seen"' not in page.text:
        return page
    again = {"again": chosen["sensitive"]} if chosen.get("sensitive") else {}
    return visitor.sends(f"{address}/check", page, **again)


def share_made(visitor: Visitor, **chosen: Any) -> str:
    """Make a share; returns the address of its page, where the code stands under `#show`."""
    address, _, place = shares(visitor, **chosen).location.partition("#")
    assert place == "show"
    return address
