"""What axe-core, which we did not write, finds wrong with a page."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_WORDS = [
    "html-has-lang",
    "html-lang-valid",
    "valid-lang",
    "landmark-unique",
    "label-content-name-mismatch",
]


def problems_found(page: Page) -> list[str]:
    """One line for each element that breaks a rule of WCAG 2.2 AA or a best practice."""
    return _run(page, {"runOnly": RULES})


def bring_along(context: BrowserContext) -> None:
    """Load axe-core with every page of this browser: quicker for who looks at a hundred pages."""
    context.add_init_script(path=AXE)


def is_looked_at_closely(language: str) -> bool:
    """Whether `LANGUAGES=cy,pl` or `LANGUAGES=all` names it."""
    asked = os.environ.get("LANGUAGES", "")
    return asked == "all" or language in asked.split(",")


def problems_in(language: str) -> Callable[[Page], list[str]]:
    """The same for pages in this language: by every rule, or by those that words can break."""
    if is_looked_at_closely(language):
        return problems_found
    return lambda page: _run(page, {"runOnly": {"type": "rule", "values": OF_WORDS}})


def _run(page: Page, options: dict[str, Any]) -> list[str]:
    # Words can be found before their stylesheet has come: every target would be too small then.
    page.wait_for_load_state("load")
    if page.evaluate("typeof axe") == "undefined":
        # Evaluated through the debugger, which a page's own security policy does not bind.
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
