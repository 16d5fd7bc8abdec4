"""Somebody with a keyboard and a screen reader: no mouse, and only what a browser tells both."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 80
CONTROLS = {"button", "checkbox", "combobox", "link", "radio", "spinbutton", "textbox"}


@dataclass(frozen=True)
class Heard:
    """One thing of the accessibility tree, as a screen reader says it."""

    node: int
    role: str
    name: str
    level: int = 0


class AtTheKeyboard:
    """Presses Tab until the browser says that the thing she looks for has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._browser = page.context.new_cdp_session(page)

    def hears(self) -> list[Heard]:
        """The page as it is read aloud, from top to bottom."""
        nodes = self._browser.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        found: list[Heard] = []
        waiting = [nodes[0]["nodeId"]]
        while waiting:
            node = by_id.get(waiting.pop())
            if node is None:
                continue
            waiting += reversed(node.get("childIds", []))
            if not node.get("ignored"):
                found.append(_heard(node))
        return found

    def goes_to(self, role: str, name: str) -> None:
        """Tab to it. Every stop on the way has a name, and they come in the order that is heard."""
        self.page.wait_for_load_state("load")
        places = {one.node: (place, one) for place, one in enumerate(self.hears())}
        last = -1
        for _ in range(MOST_STOPS):
            # Before the first Tab it is the page itself.
            place, here = places.get(self._focused(), (-1, None))
            if here and here.role in CONTROLS:
                assert here.name, f"{self.page.url}: a {here.role} without a name"
                assert place >= last, f"{self.page.url}: {here} comes too late"
                last = place
                if (here.role, here.name) == (role, name):
                    return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab never came to the {role} {name!r}")

    def presses(self, role: str, name: str) -> None:
        """Go to a button or link and press Enter; the page that it leads to is then open."""
        self.goes_to(role, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")
        self.finds_the_page_in_order()

    def types(self, name: str, words: str) -> None:
        """Fill a text box."""
        self.goes_to("textbox", name)
        self.page.keyboard.type(words)

    def finds_the_page_in_order(self) -> None:
        """One first heading, no step left out below it, and a name for each control."""
        heard = self.hears()
        levels = [one.level for one in heard if one.role == "heading"]
        assert levels.count(1) == 1, f"{self.page.url}: {levels}"
        for before, after in pairwise(levels):
            assert after <= before + 1, f"{self.page.url}: {levels}"
        nameless = [one for one in heard if one.role in CONTROLS and not one.name]
        assert nameless == [], self.page.url
        places = [one.role for one in heard if one.role in ("banner", "main", "contentinfo")]
        assert places == ["banner", "main", "contentinfo"], f"{self.page.url}: {places}"

    def _focused(self) -> int:
        found = self._browser.send("Runtime.evaluate", {"expression": "document.activeElement"})
        which = {"objectId": found["result"]["objectId"]}
        node: int = self._browser.send("DOM.describeNode", which)["node"]["backendNodeId"]
        return node


def _heard(node: dict[str, Any]) -> Heard:
    facts = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return Heard(
        node=node.get("backendDOMNodeId", 0),
        role=node["role"]["value"],
        name=node.get("name", {}).get("value", "").strip(),
        level=facts.get("level", 0),
    )
