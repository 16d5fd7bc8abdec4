"""The reader that docs/how-to/write-a-reader.md shows reads our links."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from werkzeug.serving import make_server

from passport.sharing.receipts import list_receipts
from passport.sharing.share import Share
from passport.sharing.shlink import viewer_link
from tests.app_residents import PLEASE_DO, Resident, sign_up_resident
from tests.applications import make_app
from tests.docs.pages import ROOT, blocks
from tests.servers import free_port

PAGE = ROOT / "docs" / "how-to" / "write-a-reader.md"
Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def resident(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resident]:
    """A resident of a service that listens on this machine."""
    port = free_port()
    app = make_app(tmp_path_factory.mktemp("instance"), base_url=f"http://127.0.0.1:{port}")
    with _serving(app, port):
        yield sign_up_resident(app)


class _serving:
    def __init__(self, app: Flask, port: int) -> None:
        self._server = make_server("127.0.0.1", port, app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def read_link() -> Read:
    """The page's own reader."""
    [source] = blocks(PAGE, "python")
    names: dict[str, Any] = {}
    exec(compile(source, PAGE, "exec"), names)
    return names["read_link"]


def _link(resident: Resident, share: Share) -> str:
    return viewer_link(resident.link(share), resident.wired.settings.base_url)


def test_the_page_reads_a_share_and_leaves_a_receipt(resident: Resident, read_link: Read) -> None:
    share = resident.shares()
    [bundle] = read_link(_link(resident, share), "Nurse, Ward 5")
    assert bundle["type"] == "document"
    composition = bundle["entry"][0]["resource"]
    assert PLEASE_DO in composition["section"][0]["text"]["div"]
    receipts = list_receipts(resident.wired.database, resident.passport, share.share_id)
    assert [receipt.reader.recipient for receipt in receipts] == ["Nurse, Ward 5"]


def test_the_page_reads_a_share_with_a_passcode(resident: Resident, read_link: Read) -> None:
    share = resident.shares(with_passcode=True)
    assert read_link(_link(resident, share), "Nurse", passcode=share.passcode)
    with pytest.raises(requests.HTTPError, match="401"):
        read_link(_link(resident, share), "Nurse", passcode="no")


def test_the_page_reads_a_direct_link(resident: Resident, read_link: Read) -> None:
    share = resident.shares(is_direct=True)
    [bundle] = read_link(_link(resident, share), "Nurse")
    assert bundle["resourceType"] == "Bundle"


def test_the_catalogue_page_shows_an_entry_that_works() -> None:
    from passport.story.catalogue import Part, SectionType

    page: Path = ROOT / "docs" / "how-to" / "add-a-section-to-the-catalogue.md"
    [source] = blocks(page, "py")
    shown = eval(source.strip().rstrip(","), {"Part": Part, "SectionType": SectionType})
    assert shown.parts[0].kind == "lines"
