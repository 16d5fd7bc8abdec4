"""A person with a browser that runs no scripts: she sees pages, fills in forms, presses buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


@dataclass
class ShownForm:
    """A form on a page, with what its fields hold."""

    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def filled(self, changes: dict[str, Any]) -> dict[str, list[str]]:
        """What is sent: what the fields hold, with `changes` typed over (None: empty, untick)."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        for name, value in changes.items():
            sent[name] = [] if value is None else [value] if isinstance(value, str) else list(value)
        return sent


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self.open: ShownForm | None = None
        self.textarea: str | None = None
        self.select: str | None = None
        self.written = ""
        self.feed(text)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in pairs}
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if tag == "form":
            self.open = ShownForm(attributes.get("action", ""))
            self.forms.append(self.open)
        if self.open is None or not (name or tag == "option"):
            return
        self.open.names.add(name)
        if tag == "input":
            is_box = attributes.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in attributes:
                self.open.fields.append((name, value))
        elif tag == "textarea":
            self.textarea, self.written = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attributes:
            self.open.fields.append((self.select, value))

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.written += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.open and self.textarea is not None:
            self.open.fields.append((self.textarea, self.written.removeprefix("\n")))
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.open = None


def forms_on(page: TestResponse) -> list[ShownForm]:
    """Every form on a page."""
    return _Page(page.text).forms


class Visitor:
    """One browser, with its own cookies."""

    def __init__(
        self, app: Flask, cookie: str | None = None, base_url: str = "http://localhost"
    ) -> None:
        self.client = app.test_client()
        self.base_url = base_url
        if cookie:
            self.client.set_cookie("session", cookie)

    def sees(self, address: str) -> TestResponse:
        """Open a page."""
        return self.client.get(address, base_url=self.base_url)

    def form(self, page: str | TestResponse, action: str = "") -> ShownForm:
        """The form with this action on a page (its address, or the answer that shows it)."""
        text = self.sees(page).text if isinstance(page, str) else page.text
        return next(form for form in _Page(text).forms if form.action == action)

    def sends(self, address: str, page: TestResponse | None = None, **typed: Any) -> TestResponse:
        """Fill in the form at an address and send it. `typed` names fields with `_` for `-`."""
        form = self.form(page or address)
        changes = {
            name if name in form.names else name.replace("_", "-"): value
            for name, value in typed.items()
        }
        unknown = changes.keys() - form.names
        assert not unknown, f"no such fields on the page: {unknown}"
        return self.client.post(address, data=form.filled(changes), base_url=self.base_url)

    def presses(self, address: str, action: str, **typed: Any) -> TestResponse:
        """Press a button that sends a form elsewhere."""
        data = self.form(address, action).filled(typed)
        return self.client.post(action, data=data, base_url=self.base_url)

    def presses_on(self, page: TestResponse, action: str, **typed: Any) -> TestResponse:
        """Press a button of a page that is open already."""
        data = self.form(page, action).filled(typed)
        return self.client.post(action, data=data, base_url=self.base_url)
