"""What an organisation is given, and what it never sees."""

import time
from datetime import datetime

import pytest
from sqlalchemy import select

from passport.crypto import hybrid_box, labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.place import Place
from passport.sharing import change_share
from passport.sharing.create_share import create_share
from passport.sharing.errors import NothingChosen
from passport.sharing.share import ShareTerms
from passport.sharing.shlink import link_of
from passport.storage import tables
from passport.trusts.errors import UnknownOrganisation
from passport.trusts.grant_place import grant_place
from passport.trusts.grant_share import share_with_organisation
from passport.trusts.make_keys import from_base64url
from tests.trusts.trust import new_resident


def test_an_organisation_finds_the_link_that_it_was_given(trust, resident):
    share = trust.is_given(resident)
    (grant,) = trust.grants()
    assert trust.opened(grant) == link_of(share, trust.base_url)


def test_a_grant_says_when_it_was_given_and_what_it_belongs_to(trust, resident):
    share = trust.is_given(resident)
    answer = trust.ask_grants()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["organisation"] == "Marlbrook Trust"
    (grant,) = answer.get_json()["grants"]
    assert grant["number"] == 1
    assert grant["grant_id"].replace("-", "").endswith(share.share_id)
    assert abs(datetime.fromisoformat(grant["created_at"]).timestamp() - time.time()) < 60
    assert grant["place"] == ["story-passport/v1/grant", trust.client_id, "1", "1", ""]


def test_a_grant_tells_nothing_that_joins_two_shares_of_one_resident(trust, resident):
    trust.is_given(resident)
    trust.is_given(resident)
    answer = trust.ask_grants()
    assert resident.passport_id not in answer.get_data(as_text=True)
    for grant in answer.get_json()["grants"]:
        assert set(grant) == {"number", "grant_id", "sealed_link", "place", "created_at"}


def test_an_organisation_never_sees_what_another_was_given(trust, other_trust, resident):
    trust.is_given(resident)
    assert other_trust.grants() == []
    assert len(trust.grants()) == 1


def test_shares_handed_over_by_hand_are_in_no_list(trust, resident):
    wired = trust.wired
    create_share(wired.database, wired.pepper, resident, ShareTerms("Ward 7", ("please-do",)))
    assert trust.grants() == []


def test_a_sealed_link_opens_with_its_own_key_only(trust, other_trust, resident):
    trust.is_given(resident)
    (grant,) = trust.grants()
    sealed, place = from_base64url(grant["sealed_link"]), grant_place(trust.client_id, 1)
    with pytest.raises(CannotOpen):
        hybrid_box.open_box(other_trust.hpke_private_key, sealed, place)


def test_a_sealed_link_opens_in_its_own_place_only(trust, other_trust, resident):
    trust.is_given(resident)
    (grant,) = trust.grants()
    sealed = from_base64url(grant["sealed_link"])
    for place in (
        grant_place(trust.client_id, 2),
        grant_place(other_trust.client_id, 1),
        Place(labels.RECEIPT, trust.client_id, "1"),
        Place(labels.GRANT, trust.client_id, "1", version=2),
    ):
        with pytest.raises(CannotOpen):
            hybrid_box.open_box(trust.hpke_private_key, sealed, place)


def test_the_service_keeps_no_link_that_it_could_open(trust, resident):
    share = trust.is_given(resident)
    with trust.wired.database.read() as connection:
        (row,) = connection.execute(select(tables.grants)).all()
    secrets = share.record.secrets
    for word in (secrets.address, secrets.share_key, "shlink:/"):
        assert word.encode() not in row.sealed_link


def test_a_revoked_grant_is_gone(trust, resident):
    share, kept = trust.is_given(resident), trust.is_given(resident)
    change_share.revoke_share(trust.wired.database, resident, share.share_id)
    (grant,) = trust.grants()
    assert trust.opened(grant) == link_of(kept, trust.base_url)
    assert grant["number"] == 2


def test_the_number_of_a_revoked_grant_is_never_given_again(trust, resident):
    share = trust.is_given(resident)
    change_share.revoke_share(trust.wired.database, resident, share.share_id)
    trust.is_given(resident)
    assert [grant["number"] for grant in trust.grants()] == [2]


def test_paused_and_expired_shares_stay_in_the_list_because_they_can_come_back(
    trust, resident, monkeypatch
):
    paused, _expired = trust.is_given(resident), trust.is_given(resident, duration="visit")
    change_share.pause_share(trust.wired.database, resident, paused.share_id)
    token, later = trust.token(), int(time.time()) + 3 * 24 * 60 * 60
    with trust.wired.database.write() as connection:
        connection.execute(tables.access_tokens.update().values(expires_at=later + 60))
    monkeypatch.setattr("passport.clock.epoch", lambda: later)
    assert len(trust.ask_grants(token).get_json()["grants"]) == 2


def test_a_grant_has_no_passcode(trust, resident):
    share = trust.is_given(resident, with_passcode=True)
    assert share.passcode is None
    (grant,) = trust.grants()
    assert not trust.opened(grant).needs_passcode


def test_the_owner_sees_which_organisation_a_share_is_for(trust, resident):
    share = trust.is_given(resident, recipient="")
    found = change_share.get_share(trust.wired.database, resident, share.share_id)
    assert found.record.organisation == "Marlbrook Trust"
    assert found.terms.recipient == "Marlbrook Trust"


@pytest.mark.parametrize("organisation_id", ["0" * 32, "", "x\0", "\ud800"])
def test_sharing_with_an_organisation_that_is_not_there_shares_nothing(
    trust, resident, organisation_id
):
    wired, terms = trust.wired, ShareTerms("Somebody", ("please-do",))
    with pytest.raises(UnknownOrganisation):
        share_with_organisation(
            wired.database, wired.pepper, resident, terms, organisation_id, trust.base_url
        )
    assert change_share.list_shares(wired.database, resident) == []


def test_a_share_that_is_refused_leaves_no_grant(trust, resident):
    with pytest.raises(NothingChosen):
        trust.is_given(resident, sections=())
    assert trust.grants() == []


def test_a_failure_after_the_share_was_made_undoes_it(trust, resident, monkeypatch):
    def fail(*_: object) -> bytes:
        raise RuntimeError("the power went")

    monkeypatch.setattr("passport.trusts.grant_share.seal_to", fail)
    with pytest.raises(RuntimeError):
        trust.is_given(resident)
    assert change_share.list_shares(trust.wired.database, resident) == []
    monkeypatch.undo()
    trust.is_given(resident)
    assert [grant["number"] for grant in trust.grants()] == [1]


def test_pages_follow_each_other_by_cursor(trust, resident):
    for _ in range(7):
        trust.is_given(resident)
    token, cursor, numbers = trust.token(), None, []
    for more in (True, True, False):
        page = trust.ask_grants(token, limit=3, **{"cursor": cursor} if cursor else {}).get_json()
        numbers += [grant["number"] for grant in page["grants"]]
        cursor = page["next_cursor"]
        assert page["has_more"] is more
    assert numbers == [1, 2, 3, 4, 5, 6, 7]


def test_the_last_cursor_brings_only_what_is_new(app, trust, resident):
    trust.is_given(resident)
    cursor = trust.ask_grants().get_json()["next_cursor"]
    page = trust.ask_grants(cursor=cursor).get_json()
    assert (page["grants"], page["next_cursor"]) == ([], cursor)
    trust.is_given(new_resident(app, "Idris Vale"))
    page = trust.ask_grants(cursor=cursor).get_json()
    assert [grant["number"] for grant in page["grants"]] == [2]


def test_a_page_has_fifty_grants_unless_asked_otherwise(trust, resident):
    for _ in range(51):
        trust.is_given(resident)
    page = trust.ask_grants().get_json()
    assert (len(page["grants"]), page["has_more"]) == (50, True)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"cursor": "x"}, "cursor"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "Z3JhbnRzOi0x"}, "cursor"),
        ({"cursor": "Z3JhbnRzOjE="}, "cursor"),
        ({"cursor": "Z3JhbnRzOiAx"}, "cursor"),
        ({"cursor": "Z3JhbnRzOjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"}, "cursor"),
        ({"cursor": "é\0"}, "cursor"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": "9" * 5000}, "limit"),
        ({"limit": ""}, "limit"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_question_that_makes_no_sense_is_answered_with_what_is_wrong(trust, query, named):
    answer = trust.ask_grants(**query)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert list(answer.get_json()["errors"]["query"]) == [named]


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Bearer \xff", "Bearer a b"]
)
def test_without_a_good_token_nothing_is_listed(trust, header):
    answer = trust.client.get(
        "/api/trusts/v1/grants",
        query_string={"cursor": "nonsense"},
        headers={} if header is None else {"Authorization": header},
        base_url=trust.base_url,
    )
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="story-passport"')


def test_a_token_for_reading_shares_does_not_list_grants(trust):
    answer = trust.ask_grants(trust.token(scope="shares.read"))
    assert answer.status_code == 403
    assert answer.content_type == "application/problem+json"
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_grants_are_only_for_reading(trust, method):
    answer = trust.client.open("/api/trusts/v1/grants", method=method, base_url=trust.base_url)
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_the_api_description_says_how_to_sign_in(trust):
    described = trust.client.get("/api/openapi.json", base_url=trust.base_url).get_json()
    scheme = described["components"]["securitySchemes"]["organisation"]
    flow = scheme["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "/api/trusts/v1/token"
    assert set(flow["scopes"]) == {"grants.read", "shares.read"}
    grants = described["paths"]["/api/trusts/v1/grants"]["get"]
    assert grants["security"] == [{"organisation": ["grants.read"]}]
