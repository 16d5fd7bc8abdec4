"""What a resident and a clinician do, in words: steps of journeys in a real browser."""

import io
import re
import subprocess

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.servers import program

PASSPHRASE = "copper otter sings at noon"


class AtHerBrowser:
    """A resident at her browser."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url

    def signs_up(self, name: str) -> str:
        """Make a passport; returns the recovery code that she wrote down."""
        self.page.goto(self.base_url)
        self.page.get_by_role("button", name="Make a passport").or_(
            self.page.get_by_role("link", name="Make a passport")
        ).first.click()
        self.page.get_by_label("Choose a name to sign in with").fill(name)
        self.page.get_by_label("Choose a passphrase", exact=True).fill(PASSPHRASE)
        self.page.get_by_role("main").get_by_role("button", name="Make my passport").click()
        groups_shown = self.page.locator(".passport-code__group")
        expect(groups_shown).to_have_count(8)
        groups = groups_shown.all_inner_texts()
        self.page.get_by_role("button", name="I have kept it").click()
        return "-".join(groups)

    def writes(self, title: str, question: str, words: str) -> None:
        """Fill one question of a part of her story and save it."""
        self.page.goto(f"{self.base_url}/story")
        self.page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)
        if not self.page.get_by_label(question).is_visible():
            self.page.get_by_role("button", name="Change it").click()
            expect(self.page).to_have_url(re.compile("/edit$"))
        self.page.get_by_label(question).fill(words)
        self.page.get_by_role("button", name=re.compile("^Save")).click()
        expect(self.page.get_by_role("main")).to_contain_text(words.splitlines()[0])

    def shares(self, recipient: str, *titles: str) -> None:
        """Make a share with a passcode; its page is then open."""
        self.page.goto(f"{self.base_url}/shares/new")
        self.page.get_by_role("textbox").fill(recipient)
        self._goes_on("What can they read?")
        for title in titles:
            self.page.get_by_role("checkbox", name=title, exact=True).check()
        self._goes_on("How long can they read it?")
        self.page.get_by_role("radio", name="30 days").check()
        self._goes_on("How is it guarded?")
        self.page.get_by_role("button", name="Look at it before you share").click()
        self.page.get_by_role("button", name="Make the QR code and link").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(recipient)

    def _goes_on(self, heading: str) -> None:
        self.page.get_by_role("button", name="Go on", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def shows_her_screen(self) -> bytes:
        """A photograph of the page as it stands: PNG."""
        self.page.wait_for_load_state("networkidle")
        return self.page.screenshot(full_page=True)

    def prints_a_card(self, recipient: str) -> bytes:
        """Make the wallet card with the code of a share: the PDF that her browser gets."""
        made: list[bytes] = []

        def keeps(route: Route) -> None:
            answer = route.fetch()
            made.append(answer.body())
            route.fulfill(response=answer)

        self.page.goto(f"{self.base_url}/paper/wallet-card")
        self.page.get_by_role("radio", name=f"Yes, for {recipient}").check()
        self.page.get_by_role("button", name="See what will be on it").click()
        self.page.context.route("**/paper/wallet-card/pdf", keeps)
        with self.page.context.expect_page():
            self.page.get_by_role("button", name="Open it to print").click()
        for _ in range(100):
            if made:
                break
            self.page.wait_for_timeout(100)
        return made[0]

    @property
    def passcode(self) -> str:
        """The passcode that she reads out."""
        return self.page.locator(".passport-show__digits").inner_text().replace(" ", "")

    def stops_the_share(self) -> None:
        """Take it back for good."""
        self.page.get_by_role("button", name="Stop it for good").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Stop this share")
        self.page.get_by_role("button", name="Stop it for good").click()
        expect(self.page.get_by_role("heading", level=1)).not_to_contain_text("for good")


def printed(pdf: bytes) -> bytes:
    """The first page of a PDF, as a printer draws it: PNG."""
    draws = program("poppler").with_name("pdftoppm")
    command = [draws, "-png", "-r", "200", "-singlefile", "-"]
    return subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout


def scan(photograph: bytes) -> str:
    """What a phone reads from a picture with a QR code in it, by a decoder that is not ours."""
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(photograph)))
    return code.text


class AtTheWard:
    """A clinician with a browser of her own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self, link: str, who: str, passcode: str = "") -> None:
        """Open a link, say who she is, type the passcode, press Open."""
        self.page.goto("about:blank")
        self.page.goto(link)
        self.page.get_by_label("Who is reading?").fill(who)
        if passcode:
            self.page.get_by_label("Passcode").fill(passcode)
        self.page.get_by_role("button", name="Open", exact=True).click()

    def reads(self, words: str) -> None:
        """See these words on the page."""
        expect(self.page.locator("#story-body")).to_contain_text(words)

    def is_told(self, words: str) -> None:
        """See this instead of a story."""
        expect(self.page.get_by_role("main")).to_contain_text(words)
