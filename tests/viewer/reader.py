"""What a person does with the viewer, in their words."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect


class Reader:
    """A person in front of a browser. `requests` lists every address the page asked.

    `said` gives what the page says, in English, in the language that the page is shown in.
    """

    def __init__(self, page: Page, origin: str, said: Callable[[str], str] = str) -> None:
        self.page = page
        self.origin = origin
        self.said = said
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))

    def scan(self, link: str, path: str = "/view") -> None:
        """Open the viewer with a link in its fragment, as a phone's camera does."""
        self.page.goto(f"{self.origin}{path}#{link}")
        expect(self.page.locator("[data-view=starting]")).to_be_hidden()

    def press_open(self, who: str = "Nurse, Ward 5", passcode: str | None = None) -> None:
        self.page.get_by_label(self.said("Who is reading?")).fill(who)
        if passcode is not None:
            self.page.get_by_label(self.said("Passcode")).fill(passcode)
        self.page.get_by_role("button", name=self.said("Open"), exact=True).click()

    def open(self, link: str, path: str = "/view") -> Locator:
        """Scan, press Open, and wait for the story."""
        self.scan(link, path)
        self.press_open()
        expect(self.story).to_be_visible()
        return self.story

    def refused(self, link: str) -> Locator:
        """Scan, press Open, and wait for the page that says it did not open."""
        self.scan(link)
        self.press_open()
        expect(self.problem).to_be_visible()
        return self.problem

    @property
    def story(self) -> Locator:
        return self.page.locator("[data-view=story]")

    @property
    def problem(self) -> Locator:
        return self.page.locator("[data-view=problem]")

    @property
    def summary(self) -> Locator:
        return self.page.locator(".nhsuk-error-summary")

    @property
    def service_requests(self) -> list[str]:
        return [url for url in self.requests if "/shl/" in url]
