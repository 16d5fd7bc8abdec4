"""What an owner does with her shares, and what is left when she takes one back."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from passport import clock
from passport.crypto import hybrid_box
from passport.sharing.change_share import (
    extend_share,
    get_share,
    list_shares,
    pause_share,
    renew_passcode,
    resume_share,
    revoke_share,
)
from passport.sharing.errors import (
    NoLongerActive,
    NotAllowed,
    ShareChanged,
    UnknownShare,
    WrongPasscode,
)
from passport.sharing.receipts import list_receipts
from passport.sharing.share import PASSCODE_ATTEMPTS, Share, ShareTerms
from passport.sharing.shlink import link_of
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.trusts.grant_share import share_with_organisation
from tests import databases
from tests.residents import PEPPER, Resident, new_resident
from tests.sharing.clinician import address_of, at_location, location_of, read

DAY = 24 * 60 * 60


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with a story."""
    resident = new_resident(database)
    resident.write("my-story", "Told once.")
    return resident


@pytest.fixture
def shared(bee: Resident) -> Share:
    """A share with Rose ward, with passcode, for a visit."""
    return bee.share("my-story", with_passcode=True)


def _now(bee: Resident, share: Share) -> Share:
    return get_share(bee.database, bee.passport, share.share_id)


def _later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    moment = clock.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: moment)


def _can_read(bee: Resident, share: Share) -> bool:
    try:
        return "Told once." in read(bee.database, share, _now(bee, share).passcode)
    except NoLongerActive:
        return False


def test_every_share_is_listed_newest_first(bee: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bee.share("my-story", recipient="Rose ward")
    _later(monkeypatch, 60)
    second = bee.share("my-story", recipient="Dr Finch")
    found = list_shares(bee.database, bee.passport)
    assert [s.share_id for s in found] == [second.share_id, first.share_id]
    assert found == [second, first]


def test_a_share_shows_its_owner_its_passcode_and_link_again(bee: Resident, shared: Share) -> None:
    again = _now(bee, shared)
    assert again.passcode == shared.passcode
    assert link_of(again, "https://p.example") == link_of(shared, "https://p.example")


def test_a_paused_share_can_not_be_read_until_it_is_resumed(bee: Resident, shared: Share) -> None:
    location = location_of(bee.database, shared, shared.passcode)
    pause_share(bee.database, bee.passport, shared.share_id)
    assert _now(bee, shared).state == "paused"
    assert not _can_read(bee, shared)
    with pytest.raises(NoLongerActive):
        at_location(bee.database, location)
    bee.write("home", "Nothing to do with it.")
    resume_share(bee.database, bee.passport, shared.share_id)
    assert _now(bee, shared).state == "active"
    assert _can_read(bee, shared)


def test_an_edit_while_paused_is_there_after_resuming(bee: Resident, shared: Share) -> None:
    pause_share(bee.database, bee.passport, shared.share_id)
    bee.write("my-story", "Told twice.")
    resume_share(bee.database, bee.passport, shared.share_id)
    assert "Told twice." in read(bee.database, shared, shared.passcode)


@pytest.mark.parametrize(
    ("duration", "days"), [("visit", 2), ("month", 30), ("year", 365), ("until-stopped", None)]
)
def test_a_share_ends_by_itself_when_its_time_is_over(
    bee: Resident, duration: str, days: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = bee.share("my-story", duration=duration)
    _later(monkeypatch, (days or 9999) * DAY - 5)
    assert _can_read(bee, share)
    _later(monkeypatch, 10)
    assert _can_read(bee, share) == (days is None)
    assert _now(bee, share).state == ("active" if days is None else "expired")


def test_an_expired_share_that_is_extended_opens_with_the_same_link(
    bee: Resident, shared: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    _later(monkeypatch, 3 * DAY)
    assert not _can_read(bee, shared)
    extend_share(bee.database, bee.passport, shared.share_id, "month")
    assert _can_read(bee, shared)
    assert link_of(_now(bee, shared), "https://p.example") == link_of(shared, "https://p.example")
    assert _now(bee, shared).until is not None
    assert str(_now(bee, shared).until)[:10] in read(bee.database, shared, shared.passcode)
    extend_share(bee.database, bee.passport, shared.share_id, "until-stopped")
    assert _now(bee, shared).until is None


def test_a_share_can_not_be_extended_to_a_time_nobody_offers(bee: Resident, shared: Share) -> None:
    with pytest.raises(NotAllowed):
        extend_share(bee.database, bee.passport, shared.share_id, "for ever")  # type: ignore[arg-type]
    assert _now(bee, shared) == shared


def test_a_new_passcode_ends_the_old_one_and_brings_all_its_attempts(
    bee: Resident, shared: Share
) -> None:
    for _ in range(PASSCODE_ATTEMPTS):
        with pytest.raises(WrongPasscode):
            read(bee.database, shared, "wrong")
    assert _now(bee, shared).state == "locked"
    passcode = renew_passcode(bee.database, PEPPER, bee.passport, shared.share_id)
    assert _now(bee, shared).passcode == passcode != shared.passcode
    assert _now(bee, shared).attempts_left == PASSCODE_ATTEMPTS
    assert _can_read(bee, shared)
    with pytest.raises(WrongPasscode):
        read(bee.database, shared, shared.passcode)


def test_a_share_without_passcode_can_not_get_another(bee: Resident) -> None:
    share = bee.share("my-story")
    with pytest.raises(NotAllowed):
        renew_passcode(bee.database, PEPPER, bee.passport, share.share_id)


def test_revoking_a_share_leaves_nothing_to_read(bee: Resident, shared: Share) -> None:
    location = location_of(bee.database, shared, shared.passcode)
    revoke_share(bee.database, bee.passport, shared.share_id)
    with pytest.raises(NoLongerActive):
        read(bee.database, shared, shared.passcode)
    with pytest.raises(NoLongerActive):
        at_location(bee.database, location)
    for table in (tables.share_files, tables.share_locations):
        assert _count(bee.database, table, table.c.share_id == shared.share_id) == 0


def test_revoking_a_share_deletes_key_passcode_and_address(bee: Resident, shared: Share) -> None:
    revoke_share(bee.database, bee.passport, shared.share_id)
    shares = tables.shares
    with bee.database.read() as connection:
        row = connection.execute(select(shares).where(shares.c.share_id == shared.share_id)).one()
    assert (row.address_lookup, row.passcode_hash, row.attempts_left) == (None, None, None)
    remains = _now(bee, shared)
    assert remains.state == "revoked"
    assert remains.record.secrets is None
    assert link_of(remains, "https://p.example") is None
    assert remains.terms == shared.terms


def test_revoking_a_share_deletes_its_grants(bee: Resident) -> None:
    organisation_id, (_, public_key) = new_id(), hybrid_box.generate_key_pair()
    organisation = {
        "organisation_id": organisation_id,
        "name": f"Trust {organisation_id}",
        "jwks": {"keys": []},
        "hpke_public_key": public_key,
        "last_grant": 0,
        "created_at": 1,
    }
    with bee.database.write() as connection:
        connection.execute(insert(tables.organisations).values(organisation))
    share = share_with_organisation(
        bee.database,
        PEPPER,
        bee.passport,
        ShareTerms("a trust", ("my-story",)),
        organisation_id,
        "https://p.example",
    )
    its_grants = tables.grants.c.share_id == share.share_id
    assert _count(bee.database, tables.grants, its_grants) == 1
    revoke_share(bee.database, bee.passport, share.share_id)
    assert _count(bee.database, tables.grants, its_grants) == 0


def test_the_file_of_a_revoked_share_is_overwritten_on_the_disk(tmp_path: Path) -> None:
    database = databases.sqlite(tmp_path)
    bee = new_resident(database)
    bee.write("my-story", "Told once.")
    share = bee.share("my-story")
    middle = _kept_file(database, share)[200:400]
    assert middle in _checkpointed(database, tmp_path)
    revoke_share(database, bee.passport, share.share_id)
    assert middle not in _checkpointed(database, tmp_path)


def _kept_file(database: Database, share: Share) -> bytes:
    files = tables.share_files
    with database.read() as connection:
        query = select(files.c.sealed_jwe).where(files.c.share_id == share.share_id)
        return bytes(connection.execute(query).scalar_one())


def _checkpointed(database: Database, folder: Path) -> bytes:
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (folder / "passport.sqlite").read_bytes()


def test_receipts_outlive_the_share(bee: Resident, shared: Share) -> None:
    read(bee.database, shared, shared.passcode)
    revoke_share(bee.database, bee.passport, shared.share_id)
    assert len(list_receipts(bee.database, bee.passport, shared.share_id)) == 1


def test_revoking_twice_is_the_same_as_once(bee: Resident, shared: Share) -> None:
    revoke_share(bee.database, bee.passport, shared.share_id)
    once = _now(bee, shared)
    revoke_share(bee.database, bee.passport, shared.share_id)
    assert _now(bee, shared) == once


def test_a_revoked_share_can_not_be_brought_back(bee: Resident, shared: Share) -> None:
    revoke_share(bee.database, bee.passport, shared.share_id)
    once = _now(bee, shared)
    mine = (bee.database, bee.passport, shared.share_id)
    with pytest.raises(ShareChanged):
        pause_share(*mine)
    with pytest.raises(ShareChanged):
        resume_share(*mine)
    with pytest.raises(ShareChanged):
        extend_share(*mine, "year")
    with pytest.raises(ShareChanged):
        renew_passcode(bee.database, PEPPER, bee.passport, shared.share_id)
    bee.write("my-story", "Told again.")
    assert _now(bee, shared) == once
    assert _count(bee.database, tables.share_files, _file_of(shared)) == 0


def test_nobody_changes_anothers_share(bee: Resident, shared: Share) -> None:
    other = new_resident(bee.database)
    theirs = (bee.database, other.passport, shared.share_id)
    for change in (get_share, pause_share, resume_share, revoke_share):
        with pytest.raises(UnknownShare):
            change(*theirs)
    with pytest.raises(UnknownShare):
        extend_share(*theirs, "year")
    with pytest.raises(UnknownShare):
        renew_passcode(bee.database, PEPPER, other.passport, shared.share_id)
    assert list_shares(bee.database, other.passport) == []
    assert _can_read(bee, shared)


def test_the_database_holds_no_address_key_or_passcode_in_clear(
    bee: Resident, shared: Share
) -> None:
    assert shared.record.secrets is not None
    with bee.database.read() as connection:
        row = connection.execute(
            select(tables.shares).where(tables.shares.c.share_id == shared.share_id)
        ).one()
    kept = repr(tuple(row))
    for secret in (address_of(shared), shared.record.secrets.share_key, "Rose", shared.passcode):
        assert secret is not None
        assert secret not in kept


def _file_of(share: Share):  # type: ignore[no-untyped-def]
    return tables.share_files.c.share_id == share.share_id


def _count(database: Database, table, where) -> int:  # type: ignore[no-untyped-def]
    with database.read() as connection:
        query = select(func.count()).select_from(table).where(where)
        return int(connection.execute(query).scalar_one())


@pytest.mark.parametrize("share_id", ["", "\0", "x" * 9000, "\ud800", "0" * 32, "0" * 32 + "\n"])
def test_what_is_no_id_of_a_share_names_none(database: Database, share_id: str) -> None:
    with pytest.raises(UnknownShare):
        get_share(database, new_resident(database).passport, share_id)


def test_a_resident_with_too_many_shares_is_told_to_stop_one(sqlite_database, monkeypatch):
    monkeypatch.setattr("passport.sharing.create_share.MOST_SHARES", 2)
    resident = new_resident(sqlite_database)
    resident.write("my-story", "Told once.")
    first, _ = resident.share("my-story"), resident.share("my-story")
    with pytest.raises(NotAllowed, match="Stop one"):
        resident.share("my-story")
    revoke_share(sqlite_database, resident.passport, first.share_id)
    resident.share("my-story")
