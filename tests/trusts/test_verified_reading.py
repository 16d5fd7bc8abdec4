"""A reading with an organisation's token: the owner sees that the reader was checked."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.inbox import list_inbox
from passport.sharing.receipts import Reader, list_receipts
from passport.sharing.shlink import link_of
from tests.trusts.trust import Trust

Read = Callable[..., TestResponse]


@pytest.fixture
def read(trust: Trust, resident: UnlockedPassport) -> Read:
    """`read(header, is_direct=...)` reads a new share of the trust with this Authorization."""

    def reading(authorization: str | None, *, is_direct: bool = False) -> TestResponse:
        link = link_of(trust.is_given(resident, is_direct=is_direct), trust.base_url)
        path, who = urlsplit(link.url).path, {"recipient": "Falls nurse"}
        asked = {
            "headers": {} if authorization is None else {"Authorization": authorization},
            "base_url": trust.base_url,
        }
        if is_direct:
            return trust.client.get(path, query_string=who, **asked)
        return trust.client.post(path, json=who, **asked)

    return reading


def readers(trust, resident) -> list[Reader]:
    return [receipt.reader for receipt in list_receipts(trust.wired.database, resident)]


@pytest.mark.parametrize("is_direct", [False, True])
def test_a_reading_with_a_token_is_shown_as_verified(trust, resident, read, is_direct):
    assert read(f"Bearer {trust.token()}", is_direct=is_direct).status_code == 200
    assert readers(trust, resident) == [Reader("Falls nurse", "Marlbrook Trust")]


def test_the_name_shown_is_that_of_the_token_not_of_the_share(trust, other_trust, resident, read):
    assert read(f"bearer {other_trust.token(scope='shares.read')}").status_code == 200
    assert readers(trust, resident) == [Reader("Falls nurse", "Fenwick Hospice")]


def test_what_an_organisation_answers_is_shown_as_verified_too(trust, resident, read):
    reply = read(f"Bearer {trust.token()}").json["_reply"]
    sent = {"capability": reply["capability"], "kind": "message", "words": "We come at ten"}
    answer = trust.client.post("/shl/replies", json=sent, base_url=trust.base_url)
    assert answer.status_code == 200
    (item,) = list_inbox(trust.wired.database, resident)
    assert item.reply.reader == Reader("Falls nurse", "Marlbrook Trust")


@pytest.mark.parametrize("header", [None, "Basic eDp5", "Negotiate"])
def test_a_reading_without_a_token_is_not(trust, resident, read, header):
    assert read(header).status_code == 200
    assert readers(trust, resident) == [Reader("Falls nurse", None)]


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "BEARER \xff"])
@pytest.mark.parametrize("is_direct", [False, True])
def test_a_token_that_is_not_ours_reads_nothing(trust, resident, read, header, is_direct):
    answer = read(header, is_direct=is_direct)
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert readers(trust, resident) == []


def test_a_token_that_has_ended_reads_nothing(trust, resident, read, monkeypatch):
    token, now = trust.token(), int(time.time())
    monkeypatch.setattr("passport.clock.epoch", lambda: now + 302)
    assert read(f"Bearer {token}").status_code == 401
    assert readers(trust, resident) == []


def test_a_token_for_listing_grants_reads_nothing(trust, resident, read):
    answer = read(f"Bearer {trust.token(scope='grants.read')}")
    assert answer.status_code == 403
    assert readers(trust, resident) == []
