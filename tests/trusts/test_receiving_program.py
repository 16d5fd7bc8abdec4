"""The program that an organisation runs, against the real service."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from passport.crypto.hybrid_box import seal_to
from passport.sharing import change_share
from passport.sharing.create_share import create_share
from passport.sharing.receipts import Reader, list_receipts
from passport.sharing.share import ShareTerms
from passport.sharing.shlink import link_of
from passport.storage import tables
from passport.trusts.client import fetch
from passport.trusts.grant_place import grant_place
from passport.trusts.make_keys import to_base64url
from tests.applications import make_app
from tests.servers import free_port
from tests.trusts.trust import (
    GRANTS_PATH,
    PLEASE_DO,
    TOKEN_PATH,
    Trust,
    new_resident,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[object]:
    """The application, answering on a port of its own."""
    port = free_port()
    app = make_app(tmp_path, base_url=f"http://127.0.0.1:{port}")
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield app
    server.shutdown()


class Elsewhere:
    """Another server, which remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.server = make_server("127.0.0.1", free_port(), self.answer, threaded=True)
        self.origin = f"http://127.0.0.1:{self.server.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, environ, start_response):
        self.asked.append(Request(environ))
        return Response(status=404)(environ, start_response)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A server that is not ours."""
    server = Elsewhere()
    yield server
    server.server.shutdown()


def arguments(trust: Trust, folder: Path) -> list[str]:
    jwk, hpke = folder / "private.jwk", folder / "hpke.txt"
    jwk.write_text(json.dumps(trust.signing_key.as_dict(private=True)))
    hpke.write_text(to_base64url(trust.hpke_private_key) + "\n")
    return [
        *("--token-url", trust.base_url + TOKEN_PATH),
        *("--grants-url", trust.base_url + GRANTS_PATH),
        *("--client-id", trust.client_id),
        *("--private-jwk", str(jwk)),
        *("--hpke-private-key", str(hpke)),
    ]


def fetched(trust: Trust, folder: Path, *more: str) -> Result:
    return CliRunner().invoke(fetch, [*arguments(trust, folder), *more])


def readers(trust: Trust, resident) -> list[Reader]:
    return [receipt.reader for receipt in list_receipts(trust.wired.database, resident)]


@pytest.mark.parametrize("is_direct", [False, True])
def test_a_story_given_to_an_organisation_arrives_as_fhir(trust, resident, tmp_path, is_direct):
    trust.is_given(resident, is_direct=is_direct)
    result = fetched(trust, tmp_path)
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    bundle = json.loads(line)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "document")
    assert PLEASE_DO in line
    (grant,) = trust.grants()
    assert bundle["identifier"]["value"] == grant["grant_id"]


@pytest.mark.parametrize("is_direct", [False, True])
def test_the_owner_sees_that_the_organisation_read(trust, resident, tmp_path, is_direct):
    trust.is_given(resident, is_direct=is_direct)
    fetched(trust, tmp_path)
    assert readers(trust, resident) == [Reader("Marlbrook Trust", "Marlbrook Trust")]


def test_the_organisation_can_say_who_of_it_reads(trust, resident, tmp_path):
    trust.is_given(resident)
    fetched(trust, tmp_path, "--recipient", "Falls nurse")
    assert readers(trust, resident) == [Reader("Falls nurse", "Marlbrook Trust")]


def test_all_pages_are_fetched(app, trust, tmp_path):
    for name in ("Maud Ellery", "Idris Vale"):
        resident = new_resident(app, name)
        for _ in range(30):
            trust.is_given(resident)
    assert len(fetched(trust, tmp_path).stdout.splitlines()) == 60


def test_the_next_run_goes_on_where_the_last_one_ended(trust, resident, tmp_path):
    trust.is_given(resident)
    cursor = fetched(trust, tmp_path).stderr.split()[-1]
    assert fetched(trust, tmp_path, "--cursor", cursor).stdout == ""
    trust.is_given(resident)
    assert len(fetched(trust, tmp_path, "--cursor", cursor).stdout.splitlines()) == 1


def test_a_paused_share_is_reported_and_the_others_still_read(trust, resident, tmp_path):
    paused, _ = trust.is_given(resident), trust.is_given(resident)
    change_share.pause_share(trust.wired.database, resident, paused.share_id)
    result = fetched(trust, tmp_path)
    assert result.exit_code == 0
    assert "Grant 1: 404" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_damaged_grant_is_reported_and_the_others_still_read(trust, resident, tmp_path):
    trust.is_given(resident)
    trust.is_given(resident)
    replace_link(trust, 1, b"\x01 not sealed by anybody")
    result = fetched(trust, tmp_path)
    assert result.exit_code == 1
    assert "Grant 1: can not be opened" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_link_with_a_passcode_is_reported(trust, resident, tmp_path):
    trust.is_given(resident)
    wired, terms = trust.wired, ShareTerms("Ward 7", ("please-do",), with_passcode=True)
    share = create_share(wired.database, wired.pepper, resident, terms)
    replace_link(trust, 1, sealed(trust, link_of(share, trust.base_url).to_uri()))
    result = fetched(trust, tmp_path)
    assert result.stdout == ""
    assert "Grant 1: needs a passcode" in result.stderr
    assert readers(trust, resident) == []


@pytest.mark.parametrize("nonsense", ["", "hello", "shlink:/", "shlink:/e30", "shlink:/W10"])
def test_a_sealed_text_that_is_no_link_is_reported(trust, resident, tmp_path, nonsense):
    trust.is_given(resident)
    replace_link(trust, 1, sealed(trust, nonsense))
    result = fetched(trust, tmp_path)
    assert result.exit_code == 1
    assert "Grant 1: can not be opened" in result.stderr


def test_a_link_to_another_server_is_not_followed(trust, resident, tmp_path, elsewhere):
    trust.is_given(resident)
    replace_link(trust, 1, sealed(trust, link_elsewhere(trust, resident, elsewhere)))
    result = fetched(trust, tmp_path)
    assert result.exit_code == 1
    assert "--allow-origin" in result.stderr
    assert elsewhere.asked == []


def test_another_server_that_is_allowed_never_gets_the_token(trust, resident, tmp_path, elsewhere):
    trust.is_given(resident)
    replace_link(trust, 1, sealed(trust, link_elsewhere(trust, resident, elsewhere)))
    fetched(trust, tmp_path, "--allow-origin", elsewhere.origin)
    (asked,) = elsewhere.asked
    assert asked.path.startswith("/shl/")
    assert "Authorization" not in asked.headers


def test_a_long_run_asks_for_another_token_before_the_first_one_ends(
    trust, resident, tmp_path, monkeypatch
):
    trust.is_given(resident)
    trust.is_given(resident)
    moments = iter(range(0, 100_000, 200))
    slow = SimpleNamespace(monotonic=lambda: next(moments))
    monkeypatch.setattr("passport.trusts.client.time", slow)
    assert fetched(trust, tmp_path).exit_code == 0
    with trust.wired.database.read() as connection:
        assert len(connection.execute(select(tables.access_tokens)).all()) > 1


def test_words_in_every_writing_arrive_whatever_the_terminal(app, trust, tmp_path):
    words = "مجھے آہستہ بتائیں 🦦"
    resident = new_resident(app, "Noor Rahman", words)
    trust.is_given(resident)
    result = fetched(trust, tmp_path)
    assert result.stdout.isascii()
    assert words in json.dumps(json.loads(result.stdout), ensure_ascii=False)


def test_a_wrong_key_is_told_in_one_line(trust, other_trust, tmp_path):
    result = CliRunner().invoke(
        fetch,
        [*arguments(trust, tmp_path), "--client-id", other_trust.client_id],
    )
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: 400 The assertion is not signed by a key")


def test_it_runs_without_the_services_own_settings(trust, resident, tmp_path):
    trust.is_given(resident)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "passport.trusts.client", *arguments(trust, tmp_path)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert PLEASE_DO in done.stdout


def link_elsewhere(trust: Trust, resident, elsewhere: Elsewhere) -> str:
    return link_of(trust.is_given(resident), elsewhere.origin).to_uri()


def sealed(trust: Trust, text: str) -> bytes:
    place = grant_place(trust.client_id, 1)
    return seal_to(trust.organisation.hpke_public_key, text.encode(), place)


def replace_link(trust: Trust, number: int, sealed_link: bytes) -> None:
    """Put something else where the sealed link was, as only the service's operator could."""
    grants = tables.grants
    with trust.wired.database.write() as connection:
        connection.execute(
            update(grants).where(grants.c.number == number).values(sealed_link=sealed_link)
        )
