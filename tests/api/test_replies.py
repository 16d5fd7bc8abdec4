"""`/shl/replies` and `/shl/thanks`: what they take, what they refuse, and who may call them."""

import pytest

from passport.sharing.change_share import revoke_share
from passport.sharing.inbox import list_inbox
from tests.minutes import within_a_minute


@pytest.fixture
def share(resident):
    return resident.shares("please-do", with_passcode=True)


def _manifest(reader, share, **more):
    body = {"recipient": "Nurse, Ward 7", "passcode": share.passcode, **more}
    return reader.post(f"/shl/{share.record.secrets.address}", json=body)


def _reply(reader, share, **members):
    capability = _manifest(reader, share).json["_reply"]["capability"]
    return reader.post("/shl/replies", json={"capability": capability, **members})


def test_a_manifest_says_how_to_answer_and_a_wrong_passcode_does_not(reader, share):
    answer = _manifest(reader, share).json
    assert answer["_reply"]["url"] == "http://localhost/shl/replies"
    assert set(answer) == {"status", "files", "_reply"}
    assert "_reply" not in _manifest(reader, share, passcode="000000").json


def test_an_answer_is_kept_and_the_person_reads_it(resident, reader, share):
    answer = _reply(reader, share, kind="acknowledgement", words=" We will\r\nknock\x00 ")
    assert (answer.status_code, answer.json) == (200, {"kept": True})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    (item,) = list_inbox(resident.wired.database, resident.passport)
    assert item.reply.given.words == "We will\nknock"
    assert item.reply.reader.recipient == "Nurse, Ward 7"


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        ({}, "kind"),
        ({"kind": "praise"}, "kind"),
        ({"kind": "message"}, "words"),
        ({"kind": "message", "words": " \x00 "}, "words"),
        ({"kind": "message", "words": "x" * 2001}, "words"),
        ({"kind": "message", "words": ["x"]}, "words"),
        ({"kind": "suggestion", "words": "x"}, "section"),
        ({"kind": "suggestion", "words": "x", "section": "identity"}, "section"),
        ({"kind": "suggestion", "words": "x", "section": "no-such"}, "section"),
        ({"kind": "handover", "role": "Nurse"}, "team"),
        ({"kind": "acknowledgement", "thanksTo": "short"}, "thanksTo"),
    ],
)
def test_what_is_not_right_is_said_and_not_kept(resident, reader, share, members, wrong):
    answer = _reply(reader, share, **members)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert list(answer.json["errors"]) == [wrong]
    assert list_inbox(resident.wired.database, resident.passport) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 9999])
def test_what_is_no_object_is_refused(reader, body):
    answer = reader.post("/shl/replies", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_body_that_is_too_large_is_refused(reader):
    assert reader.post("/shl/replies", data=b" " * 40_000).status_code == 413


def test_words_in_any_script_fit(reader, share):
    assert _reply(reader, share, kind="message", words="😀" * 2000).status_code == 200


def test_a_share_that_ended_and_one_that_never_was_are_answered_alike(resident, reader, share):
    capability = _manifest(reader, share).json["_reply"]["capability"]
    revoke_share(resident.wired.database, resident.passport, share.share_id)
    sent = {"capability": capability, "kind": "message", "words": "Hello"}
    answer, never = reader.post("/shl/replies", json=sent), reader.post("/shl/" + "A" * 43, json={})
    assert answer.status_code == 404
    gone = reader.post("/shl/" + "A" * 43, json={"recipient": "Eve"})
    assert (answer.json, never.status_code) == (gone.json, 400)


def test_a_forged_capability_and_a_hand_over_that_is_not_allowed_are_forbidden(reader, share):
    forged = {"capability": "AAAA.AAAA", "kind": "message", "words": "Hello"}
    assert reader.post("/shl/replies", json=forged).status_code == 403
    answer = _reply(reader, share, kind="handover", role="Nurse", team="Ward 7")
    assert answer.status_code == 403


def test_an_eleventh_answer_to_one_reading_has_to_wait(reader, share):
    capability = _manifest(reader, share).json["_reply"]["capability"]
    sent = {"capability": capability, "kind": "message", "words": "Hello"}
    within_a_minute(5)
    codes = [reader.post("/shl/replies", json=sent).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    assert int(reader.post("/shl/replies", json=sent).headers["Retry-After"]) > 0


def test_nobody_is_thanked_by_guessing(reader):
    assert reader.post("/shl/thanks", json={"secret": "A" * 43}).json == {"thanks": []}
    assert reader.post("/shl/thanks", json={"secret": "A"}).status_code == 400


def test_other_sites_may_ask_first(reader):
    answer = reader.options("/shl/replies", headers={"Origin": "https://reader.example"})
    assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type, Authorization"
