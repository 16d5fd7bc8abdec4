"""Reading: passcodes with an exact budget, locations for once, and a receipt for each read."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Row, func, select, update

from passport import clock
from passport.crypto.envelope import CannotOpen
from passport.crypto.pepper import Pepper
from passport.crypto.share_file import seal_file
from passport.sharing.addresses import lookup_of
from passport.sharing.change_share import extend_share, get_share, revoke_share
from passport.sharing.errors import NoLongerActive, WrongPasscode
from passport.sharing.read_at_once import Addressee, Addressees
from passport.sharing.read_share import (
    LOCATION_SECONDS,
    read_direct_file,
    read_location,
    read_manifest,
)
from passport.sharing.receipts import DAMAGED, Reader, list_receipts
from passport.sharing.share import PASSCODE_ATTEMPTS, Share
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import PEPPER_SECRET, Resident, new_resident, reading
from tests.sharing.clinician import (
    NURSE,
    address_of,
    at_location,
    decrypted,
    jwe_of,
    location_of,
    read,
)


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with a story."""
    resident = new_resident(database)
    resident.write("my-story", "Told once.")
    return resident


@pytest.fixture
def shared(bee: Resident) -> Share:
    """A share without passcode."""
    return bee.share("my-story", duration="month")


@pytest.fixture(params=["never read", "read before"])
def locked(bee: Resident, request: pytest.FixtureRequest) -> Share:
    """A share with a passcode; one that was read before is read another way on PostgreSQL."""
    share = bee.share("my-story", duration="month", with_passcode=True)
    if request.param == "read before":
        lookup = lookup_of(address_of(share))
        reading(bee.database).addressees.remember(lookup, _addressee(bee, share))
    return share


def _addressee(bee: Resident, share: Share) -> Addressee:
    query = select(tables.passports.c.inbox_public_key).where(
        tables.passports.c.passport_id == bee.passport.passport_id
    )
    with bee.database.read() as connection:
        public_key = connection.execute(query).scalar_one()
    return Addressee(bee.passport.passport_id, share.share_id, public_key)


def _wrong(share: Share) -> str:
    assert share.passcode is not None
    return f"{(int(share.passcode) + 1) % 10**6:06d}"


def _left(bee: Resident, share: Share) -> int | None:
    return get_share(bee.database, bee.passport, share.share_id).attempts_left


def test_a_right_passcode_opens_and_spends_nothing(bee: Resident, locked: Share) -> None:
    for typed in (locked.passcode, f" {locked.passcode} ", " ".join(locked.passcode or "")):
        assert "Told once." in read(bee.database, locked, typed)
    assert _left(bee, locked) == PASSCODE_ATTEMPTS


def test_a_wrong_passcode_spends_one_attempt_and_says_how_many_are_left(
    bee: Resident, locked: Share
) -> None:
    for left in range(PASSCODE_ATTEMPTS - 1, -1, -1):
        with pytest.raises(WrongPasscode) as raised:
            read(bee.database, locked, _wrong(locked))
        assert raised.value.attempts_left == left == _left(bee, locked)
    with pytest.raises(NoLongerActive):
        read(bee.database, locked, locked.passcode)


def test_a_missing_passcode_is_an_error_and_spends_nothing(bee: Resident, locked: Share) -> None:
    with pytest.raises(WrongPasscode) as raised:
        read(bee.database, locked)
    assert raised.value.attempts_left == PASSCODE_ATTEMPTS == _left(bee, locked)


@pytest.mark.parametrize("typed", ["", "0", "\ud800", "x" * 10_000, "\x00", "' or 1=1 --"])
def test_any_other_text_is_a_wrong_passcode(bee: Resident, locked: Share, typed: str) -> None:
    with pytest.raises(WrongPasscode):
        read(bee.database, locked, typed)


def test_a_passcode_for_a_share_without_one_is_ignored(bee: Resident, shared: Share) -> None:
    assert "Told once." in read(bee.database, shared, "123456")


def test_another_shares_passcode_is_wrong(bee: Resident, locked: Share) -> None:
    other = bee.share("my-story", with_passcode=True)
    if other.passcode != locked.passcode:
        with pytest.raises(WrongPasscode):
            read(bee.database, locked, other.passcode)


def test_sixty_parallel_wrong_passcodes_get_exactly_the_budget(
    bee: Resident, locked: Share
) -> None:
    def guess(_: int) -> int | None:
        try:
            read(bee.database, locked, _wrong(locked))
        except WrongPasscode as error:
            return error.attempts_left
        except NoLongerActive:
            return None
        raise AssertionError("a wrong passcode opened a share")

    with ThreadPoolExecutor(20) as threads:
        answers = Counter(threads.map(guess, range(60)))
    assert answers == {None: 60 - PASSCODE_ATTEMPTS, **dict.fromkeys(range(PASSCODE_ATTEMPTS), 1)}
    with pytest.raises(NoLongerActive):
        read(bee.database, locked, locked.passcode)
    assert list_receipts(bee.database, bee.passport, locked.share_id) == []


class _CountingPepper(Pepper):
    """Counts comparisons: each is a guess that could have been right."""

    compared = 0

    def passcode_hash(self, share_id: str, passcode: str) -> bytes:
        self.compared += 1
        return super().passcode_hash(share_id, passcode)


def test_no_more_guesses_are_compared_than_the_budget_has(bee: Resident, locked: Share) -> None:
    """A guess that is compared beyond the budget is a free try, even if it is then refused."""
    pepper = _CountingPepper(PEPPER_SECRET)
    # Where one statement compares and spends, it is the database that compares.
    services = replace(reading(bee.database), pepper=pepper, addressees=Addressees())

    def guess(_: int) -> None:
        with pytest.raises((WrongPasscode, NoLongerActive)):
            read_manifest(services, address_of(locked), NURSE, _wrong(locked))

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(guess, range(60)))
    assert pepper.compared == PASSCODE_ATTEMPTS


def test_a_right_passcode_among_parallel_wrong_ones_gets_no_extra_try(
    bee: Resident, locked: Share
) -> None:
    def guess(n: int) -> str:
        try:
            read(bee.database, locked, locked.passcode if n >= 40 else _wrong(locked))
        except WrongPasscode:
            return "wrong"
        except NoLongerActive:
            return "not active"
        return "read"

    with ThreadPoolExecutor(20) as threads:
        answers = Counter(threads.map(guess, range(60)))
    assert answers["wrong"] == PASSCODE_ATTEMPTS
    assert answers["read"] == len(list_receipts(bee.database, bee.passport, locked.share_id))


def test_right_passcodes_in_parallel_all_succeed(bee: Resident, locked: Share) -> None:
    with ThreadPoolExecutor(12) as threads:
        texts = list(threads.map(lambda _: read(bee.database, locked, locked.passcode), range(24)))
    assert all("Told once." in text for text in texts)
    assert _left(bee, locked) == PASSCODE_ATTEMPTS
    assert len(list_receipts(bee.database, bee.passport, locked.share_id)) == 24


@pytest.mark.parametrize("address", ["", "x", "A" * 43, "A" * 5000, "é\x00"])
def test_an_address_that_never_was_is_not_active(bee: Resident, address: str) -> None:
    services = reading(bee.database)
    with pytest.raises(NoLongerActive):
        read_manifest(services, address, NURSE)
    with pytest.raises(NoLongerActive):
        read_direct_file(services, address, NURSE)
    with pytest.raises(NoLongerActive):
        read_location(services, address)


def test_a_direct_share_answers_direct_reads_only(bee: Resident, shared: Share) -> None:
    direct = bee.share("my-story", is_direct=True)
    assert "Told once." in read(bee.database, direct)
    services = reading(bee.database)
    with pytest.raises(NoLongerActive):
        read_manifest(services, address_of(direct), NURSE)
    with pytest.raises(NoLongerActive):
        read_direct_file(services, address_of(shared), NURSE)


@pytest.mark.parametrize("spare", [-1, 0, 1, None])
def test_nothing_longer_is_embedded_than_the_reader_asked(
    bee: Resident, shared: Share, spare: int | None
) -> None:
    length = len(jwe_of(bee.database, shared))
    most = None if spare is None else length + spare
    (file,) = read_manifest(
        reading(bee.database), address_of(shared), NURSE, embedded_length_max=most
    )
    is_embedded = spare is None or spare >= 0
    assert (file.embedded is not None) == is_embedded
    assert (file.location is None) == is_embedded


def test_a_location_gives_the_newest_file_once(bee: Resident, shared: Share) -> None:
    location = location_of(bee.database, shared)
    bee.write("my-story", "Told anew.")
    assert "Told anew." in decrypted(shared, at_location(bee.database, location))
    with pytest.raises(NoLongerActive):
        at_location(bee.database, location)


def test_of_many_who_ask_at_a_location_one_gets_the_file(bee: Resident, shared: Share) -> None:
    location = location_of(bee.database, shared)

    def ask(_: int) -> bool:
        try:
            return bool(at_location(bee.database, location))
        except NoLongerActive:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(ask, range(16))) == 1


def test_a_location_expires_before_its_share(
    bee: Resident, shared: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LOCATION_SECONDS <= 60 * 60
    location = location_of(bee.database, shared)
    moment = clock.now() + timedelta(seconds=LOCATION_SECONDS)
    monkeypatch.setattr(clock, "now", lambda: moment)
    with pytest.raises(NoLongerActive):
        at_location(bee.database, location)
    assert "Told once." in read(bee.database, shared)


def test_a_location_dies_with_its_link(
    bee: Resident, locked: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_up, expired = location_of(bee.database, locked, locked.passcode), bee.share("my-story")
    for _ in range(PASSCODE_ATTEMPTS):
        with pytest.raises(WrongPasscode):
            read(bee.database, locked, "wrong")
    with pytest.raises(NoLongerActive):
        at_location(bee.database, used_up)
    moment = clock.now() + timedelta(seconds=2 * 24 * 60 * 60 - 60)
    monkeypatch.setattr(clock, "now", lambda: moment)
    location = location_of(bee.database, expired)
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(seconds=61))
    with pytest.raises(NoLongerActive):
        at_location(bee.database, location)
    extend_share(bee.database, bee.passport, expired.share_id, "month")
    revoked = location_of(bee.database, expired)
    revoke_share(bee.database, bee.passport, expired.share_id)
    with pytest.raises(NoLongerActive):
        at_location(bee.database, revoked)


def test_old_locations_are_swept(
    bee: Resident, shared: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        location_of(bee.database, shared)
    moment = clock.now() + timedelta(seconds=LOCATION_SECONDS)
    monkeypatch.setattr(clock, "now", lambda: moment)
    location_of(bee.database, shared)
    mine = tables.share_locations.c.share_id == shared.share_id
    with bee.database.read() as connection:
        count = select(func.count()).select_from(tables.share_locations).where(mine)
        assert connection.execute(count).scalar_one() == 1


def test_each_read_leaves_a_receipt_that_says_who_and_when(
    bee: Resident, shared: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, services = bee.share("my-story"), reading(bee.database)
    start = clock.now()
    readers = [Reader("Nurse Ann 💉"), Reader("Rose ward", verified_as="Rose Trust")]
    for n, reader in enumerate(readers):
        moment = start + timedelta(minutes=n)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        read_manifest(services, address_of(shared), reader)
    read(bee.database, other)
    receipts = list_receipts(bee.database, bee.passport, shared.share_id)
    assert [receipt.reader for receipt in receipts] == readers[::-1]
    assert abs(receipts[0].read_at - start - timedelta(minutes=1)) < timedelta(milliseconds=1)
    assert len(list_receipts(bee.database, bee.passport)) == 3


def test_a_refused_read_leaves_no_receipt(bee: Resident, locked: Share) -> None:
    with pytest.raises(WrongPasscode):
        read(bee.database, locked, "wrong")
    assert list_receipts(bee.database, bee.passport) == []


def test_a_direct_read_leaves_a_receipt_too(bee: Resident) -> None:
    direct = bee.share("my-story", is_direct=True)
    read(bee.database, direct)
    assert [r.reader for r in list_receipts(bee.database, bee.passport)] == [NURSE]


def test_only_the_owner_opens_her_receipts(bee: Resident, shared: Share) -> None:
    read(bee.database, shared)
    other = new_resident(bee.database)
    assert list_receipts(bee.database, other.passport) == []
    mine = tables.receipts.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        kept = connection.execute(select(tables.receipts).where(mine)).one()
    assert b"Nurse" not in kept.sealed
    moved = {"passport_id": other.passport.passport_id}
    with bee.database.write() as connection:
        connection.execute(update(tables.receipts).where(mine).values(**moved))
    (receipt,) = list_receipts(bee.database, other.passport)
    assert receipt.reader == DAMAGED


@pytest.mark.parametrize("change", ["share_id", "receipt_id"])
def test_a_receipt_moved_to_another_row_does_not_open(
    bee: Resident, shared: Share, change: str
) -> None:
    read(bee.database, shared)
    mine = tables.receipts.c.passport_id == bee.passport.passport_id
    with bee.database.write() as connection:
        connection.execute(update(tables.receipts).where(mine).values({change: "0" * 32}))
    (receipt,) = list_receipts(bee.database, bee.passport)
    assert receipt.reader == DAMAGED


def test_receipts_of_long_and_short_names_look_alike(bee: Resident, shared: Share) -> None:
    for name in ("A", "A rather long name for a reader, on Rose ward"):
        read_manifest(reading(bee.database), address_of(shared), Reader(name))
    mine = tables.receipts.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        rows = connection.execute(select(tables.receipts.c.sealed).where(mine)).scalars().all()
    assert len(rows) == 2
    assert len({len(sealed) for sealed in rows}) == 1


@pytest.mark.parametrize("change", ["passport", "share", "version"])
def test_a_share_record_moved_elsewhere_does_not_open(
    bee: Resident, shared: Share, change: str
) -> None:
    shares, mine = tables.shares, tables.shares.c.share_id == shared.share_id
    reader, moved = bee, {"record_version": 2}
    if change == "passport":
        reader = new_resident(bee.database)
        moved = {"passport_id": reader.passport.passport_id}  # type: ignore[dict-item]
    with bee.database.write() as connection:
        if change == "share":
            sealed = connection.execute(select(shares.c.sealed_record).where(mine)).scalar_one()
    if change == "share":
        other = bee.share("my-story")
        mine, moved = shares.c.share_id == other.share_id, {"sealed_record": sealed}
        shared = other
    with bee.database.write() as connection:
        connection.execute(update(shares).where(mine).values(**moved))
    with pytest.raises(CannotOpen):
        get_share(bee.database, reader.passport, shared.share_id)


def test_a_file_put_into_another_share_is_not_handed_out(bee: Resident, shared: Share) -> None:
    other = bee.share("my-story")
    _replace_file(bee, other, _file_row(bee, shared).sealed_jwe)
    with pytest.raises(NoLongerActive):
        read(bee.database, other)


def test_a_file_sealed_anew_for_another_share_does_not_open_with_its_key(
    bee: Resident, shared: Share
) -> None:
    other, stolen = bee.share("my-story"), jwe_of(bee.database, shared)
    place = (other.share_id, _file_row(bee, other).file_id)
    _replace_file(bee, other, seal_file(bee.passport.key.erasure_key, stolen, *place))
    assert jwe_of(bee.database, other) == stolen
    with pytest.raises(CannotOpen):
        read(bee.database, other)


def _file_row(bee: Resident, share: Share) -> Row:  # type: ignore[type-arg]
    files = tables.share_files
    with bee.database.read() as connection:
        return connection.execute(select(files).where(files.c.share_id == share.share_id)).one()


def _replace_file(bee: Resident, share: Share, sealed: bytes) -> None:
    mine = tables.share_files.c.share_id == share.share_id
    with bee.database.write() as connection:
        connection.execute(update(tables.share_files).where(mine).values(sealed_jwe=sealed))
