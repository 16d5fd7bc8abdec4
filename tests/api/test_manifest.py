"""Each line of the SMART Health Links checklist that a manifest must meet."""

import gzip
import json
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from passport.crypto.share_file import decode_key, decrypt_file
from passport.sharing import change_share
from passport.sharing.receipts import list_receipts
from passport.sharing.share import PASSCODE_ATTEMPTS, Share
from tests.app_residents import PLEASE_DO, Resident

ORIGIN = {"Origin": "https://another-viewer.example"}


def ask(reader: FlaskClient, resident: Resident, share: Share, **body: object) -> TestResponse:
    url = urlsplit(resident.link(share).url).path
    return reader.post(url, json={"recipient": "Nurse Adeyemi", **body}, headers=ORIGIN)


def opened(resident: Resident, share: Share, jwe: str) -> str:
    plaintext, content_type = decrypt_file(decode_key(resident.link(share).key), jwe)
    assert content_type == "application/fhir+json"
    return plaintext.decode()


def test_a_reader_gets_the_story_and_what_the_manifest_must_say(reader, resident):
    share = resident.shares()
    answer = ask(reader, resident, share, anything="unknown members are ignored")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    manifest = answer.get_json()
    assert manifest["status"] == "can-change"
    (file,) = manifest["files"]
    assert file["contentType"] == "application/fhir+json"
    assert file["fhirVersion"] == "4.0.1"
    assert datetime.fromisoformat(file["lastUpdated"]).tzinfo
    assert "location" not in file
    assert PLEASE_DO in opened(resident, share, file["embedded"])


def test_a_long_manifest_is_packed_for_those_who_take_it(reader, resident):
    share = resident.shares()
    plain = ask(reader, resident, share)
    reader.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip, br"
    packed = ask(reader, resident, share)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.vary.as_set() == plain.vary.as_set() == {"accept-encoding"}
    assert len(packed.data) < 0.85 * len(plain.data)
    (file,) = json.loads(gzip.decompress(packed.data))["files"]
    assert PLEASE_DO in opened(resident, share, file["embedded"])


def test_only_a_reader_that_asks_for_packed_files_gets_them(reader, resident):
    share = resident.shares()
    for asked in ({}, {"_zip": "GZ"}, {"_zip": ""}, {"zip": "DEF"}):
        assert "zip" not in header(ask(reader, resident, share, **asked))
    packed = ask(reader, resident, share, _zip="DEF")
    assert header(packed)["zip"] == "DEF"
    assert PLEASE_DO in opened(resident, share, packed.get_json()["files"][0]["embedded"])


def header(answer):
    encoded = answer.get_json()["files"][0]["embedded"].split(".")[0]
    return json.loads(urlsafe_b64decode(encoded + "=="))


def test_an_edit_is_read_with_the_same_link_and_key(reader, resident):
    share = resident.shares()
    before = ask(reader, resident, share).get_json()["files"][0]["embedded"]
    resident.writes("please-do", based_on=1, lines=["Ask me first"])
    after = ask(reader, resident, share).get_json()["files"][0]["embedded"]
    assert before.split(".")[2] != after.split(".")[2], "a fresh IV for each update"
    story = opened(resident, share, after)
    assert "Ask me first" in story
    assert PLEASE_DO not in story


@pytest.mark.parametrize("end", ["paused", "expired", "revoked", "locked", "never there"])
def test_every_share_that_is_not_active_gets_the_same_answer(end, reader, resident, monkeypatch):
    share = resident.shares(with_passcode=True)
    url = urlsplit(resident.link(share).url).path
    if end == "paused":
        change_share.pause_share(resident.wired.database, resident.passport, share.share_id)
    elif end == "expired":
        monkeypatch.setattr("passport.clock.epoch", lambda: share.expires_at)
    elif end == "revoked":
        change_share.revoke_share(resident.wired.database, resident.passport, share.share_id)
    elif end == "locked":
        for _ in range(PASSCODE_ATTEMPTS):
            ask(reader, resident, share, passcode="wrong")
    else:
        url = "/shl/" + "A" * 43
    passcode = share.passcode
    answer = reader.post(url, json={"recipient": "Ward", "passcode": passcode}, headers=ORIGIN)
    expected = reader.post(
        "/shl/" + "B" * 43, json={"recipient": "Ward", "passcode": passcode}, headers=ORIGIN
    )
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.data == expected.data
    assert dict(answer.headers) == dict(expected.headers)


def test_a_wrong_passcode_says_how_many_attempts_are_left(reader, resident):
    share = resident.shares(with_passcode=True)
    for left in range(PASSCODE_ATTEMPTS - 1, -1, -1):
        answer = ask(reader, resident, share, passcode="000")
        assert (answer.status_code, answer.get_json()["remainingAttempts"]) == (401, left)
    assert ask(reader, resident, share, passcode=share.passcode).status_code == 404


def test_a_missing_passcode_is_an_error_that_spends_nothing(reader, resident):
    share = resident.shares(with_passcode=True)
    answer = ask(reader, resident, share)
    assert (answer.status_code, answer.get_json()["remainingAttempts"]) == (401, PASSCODE_ATTEMPTS)
    assert ask(reader, resident, share, passcode=int(share.passcode)).status_code == 400
    assert ask(reader, resident, share, passcode=None).status_code == 400


def test_sixty_parallel_wrong_passcodes_get_exactly_the_budget(app, resident):
    share = resident.shares(with_passcode=True)

    def guess(n: int) -> int:
        return ask(app.test_client(), resident, share, passcode=f"x{n}").status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(guess, range(60)))
    assert statuses.count(401) == PASSCODE_ATTEMPTS
    assert statuses.count(404) == 60 - PASSCODE_ATTEMPTS


def test_twelve_right_passcodes_at_once_all_succeed(app, resident):
    share = resident.shares(with_passcode=True)

    def read(_: int) -> int:
        return ask(app.test_client(), resident, share, passcode=share.passcode).status_code

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(read, range(12))) == {200}
    found = change_share.get_share(resident.wired.database, resident.passport, share.share_id)
    assert found.attempts_left == PASSCODE_ATTEMPTS


def test_a_passcode_typed_with_spaces_is_the_same_passcode(reader, resident):
    share = resident.shares(with_passcode=True)
    spaced = f" {share.passcode[:3]} {share.passcode[3:]} "
    assert ask(reader, resident, share, passcode=spaced).status_code == 200


def test_a_long_file_comes_as_a_location_that_opens_once(reader, resident):
    share = resident.shares()
    manifest = ask(reader, resident, share, embeddedLengthMax=100).get_json()
    (file,) = manifest["files"]
    assert "embedded" not in file
    path = urlsplit(file["location"]).path
    assert file["location"].startswith("http://localhost/shl/files/")
    assert reader.options(path, headers=ORIGIN).status_code == 200
    assert reader.head(path).status_code == 405
    assert reader.post(path).status_code == 405
    answer = reader.get(path, headers=ORIGIN)
    assert answer.content_type == "application/jose"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert PLEASE_DO in opened(resident, share, answer.text)
    assert reader.get(path).status_code == 404


def test_a_location_dies_with_its_share(reader, resident):
    share = resident.shares()
    manifest = ask(reader, resident, share, embeddedLengthMax=100).get_json()
    change_share.revoke_share(resident.wired.database, resident.passport, share.share_id)
    assert reader.get(urlsplit(manifest["files"][0]["location"]).path).status_code == 404


def test_a_direct_link_answers_a_get_and_only_that(reader, resident):
    share = resident.shares(is_direct=True)
    path = urlsplit(resident.link(share).url).path
    assert reader.get(path).status_code == 400
    assert reader.head(f"{path}?recipient=Ward").status_code == 405
    assert reader.post(path, json={"recipient": "Ward"}).status_code == 404
    answer = reader.get(f"{path}?recipient=Ward+9", headers=ORIGIN)
    assert answer.content_type == "application/jose"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert PLEASE_DO in opened(resident, share, answer.text)
    (receipt,) = list_receipts(resident.wired.database, resident.passport, share.share_id)
    assert receipt.reader.recipient == "Ward 9"


def test_a_manifest_link_does_not_answer_a_get(reader, resident):
    path = urlsplit(resident.link(resident.shares()).url).path
    assert reader.get(f"{path}?recipient=Ward").status_code == 404


def test_the_resident_sees_who_read_and_a_refusal_leaves_no_receipt(reader, resident):
    share = resident.shares(with_passcode=True)
    ask(reader, resident, share, passcode="wrong")
    assert list_receipts(resident.wired.database, resident.passport) == []
    ask(reader, resident, share, passcode=share.passcode, recipient=" Nurse\u202e Ade\nyemi ")
    (receipt,) = list_receipts(resident.wired.database, resident.passport)
    assert receipt.reader.recipient == "Nurse Ade yemi"
    assert receipt.reader.verified_as is None


HOSTILE = [
    b"",
    b"{",
    b"[]",
    b'"text"',
    b"null",
    b"\xff\xfe",
    b"[" * 8000,
    b'{"a":' * 3000,
    b"{}",
    b'{"recipient": null}',
    b'{"recipient": 7}',
    b'{"recipient": ""}',
    b'{"recipient": "  \\u0000 "}',
    b'{"recipient": ["Ward"]}',
    b'{"recipient": {"a": 1}}',
    b'{"recipient": "Ward", "passcode": ["1"]}',
    b'{"recipient": "Ward", "embeddedLengthMax": "many"}',
    b'{"recipient": "Ward", "embeddedLengthMax": -1}',
    b'{"recipient": "Ward", "embeddedLengthMax": true}',
    b'{"recipient": "Ward", "embeddedLengthMax": 1.5}',
    b'{"recipient": "Ward", "embeddedLengthMax": NaN}',
    b'{"recipient": "Ward", "embeddedLengthMax": 1e999}',
    b'{"recipient": "\\ud800"}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=[repr(body[:40]) for body in HOSTILE])
def test_a_body_that_is_no_manifest_request_is_told_so(body, reader, resident):
    path = urlsplit(resident.link(resident.shares()).url).path
    answer = reader.post(path, data=body, headers=ORIGIN, content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.data)["detail"]
    assert "Traceback" not in answer.text
    assert list_receipts(resident.wired.database, resident.passport) == []


def test_a_huge_body_is_refused_unread(reader, resident):
    path = urlsplit(resident.link(resident.shares()).url).path
    body = json.dumps({"recipient": "x" * 100_000})
    answer = reader.post(path, data=body, headers=ORIGIN, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_told_which_are_right(method, reader, resident):
    path = urlsplit(resident.link(resident.shares()).url).path
    answer = reader.open(path, method=method, headers=ORIGIN)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"


def test_a_page_on_another_site_may_ask_and_sends_no_cookies(reader, resident):
    path = urlsplit(resident.link(resident.shares()).url).path
    wanted = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = reader.options(path, headers=ORIGIN | wanted)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_a_forged_token_is_refused_rather_than_read_as_nobody(reader, resident):
    path = urlsplit(resident.link(resident.shares()).url).path
    answer = reader.post(
        path, json={"recipient": "Ward"}, headers={"Authorization": "Bearer forged"}
    )
    assert answer.status_code == 401
    assert list_receipts(resident.wired.database, resident.passport) == []
