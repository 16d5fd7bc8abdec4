"""What a person does with the viewer, in their words."""

from playwright.sync_api import Locator, Page, expect


class Reader:
    """A person in front of a browser. `requests` lists every address the page asked."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))

    def scan(self, link: str, path: str = "/view") -> None:
        """Open the viewer with a link in its fragment, as a phone's camera does."""
        self.page.goto(f"{self.origin}{path}#{link}")
        expect(self.page.locator("[data-view=starting]")).to_be_hidden()

    def press_open(self, who: str = "Nurse, Ward 5", passcode: str | None = None) -> None:
        self.page.get_by_label("Who is reading?").fill(who)
        if passcode is not None:
            self.page.get_by_label("Passcode").fill(passcode)
        self.page.get_by_role("button", name="Open", exact=True).click()

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
