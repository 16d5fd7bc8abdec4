"""Passkeys: what a device keeps opens the passport, and nothing else that comes the same way."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, select, update

from passport import clock
from passport.access import Access, NotPermitted
from passport.accounts.passkey_answers import PasskeyAnswer, PasskeySite
from passport.accounts.passkey_errors import (
    PasskeyAnswerDamaged,
    PasskeyCantLock,
    PasskeyFromElsewhere,
    PasskeyKnown,
    PasskeyTooLate,
    WrongPasskey,
)
from passport.accounts.passkey_sign_in import (
    prove_with_passkey,
    sign_in_with_passkey,
    signing_in_options,
)
from passport.accounts.passkeys import add_passkey, adding_options
from passport.accounts.prove import session_to_prove
from passport.accounts.sessions import PROOF_SECONDS, open_session
from passport.crypto import labels
from passport.storage import tables
from passport.storage.database import Database
from tests.accounts.software_authenticator import Device, bytes_of, text_of
from tests.residents import Resident, new_resident

SITE = PasskeySite("passport.example", "https://passport.example")


def phone(resident: Resident, **habits: object) -> Device:
    """A device with a passkey for this resident's passport."""
    device = Device(SITE.origin, **habits)
    adds(resident, device)
    return device


def adds(resident: Resident, device: Device, name: str = "My phone") -> None:
    database, passport = resident.database, resident.passport
    options = adding_options(database, passport, SITE, name)
    add_passkey(database, passport, SITE, name, device.makes(options))


def signs_in(database: Database, device: Device) -> str:
    options = signing_in_options(database, SITE)
    return sign_in_with_passkey(database, SITE, device.signs(options))


def everything_about(resident: Resident) -> list[object]:
    """All rows that a passkey's ceremony could change, but for challenges and times of use."""
    mine = resident.passport.passport_id
    with resident.database.read() as connection:
        return [
            tuple(row)
            for table in (tables.key_slots, tables.passkeys, tables.sessions, tables.activity)
            for row in connection.execute(select(table).where(table.c.passport_id == mine))
        ]


def refused(resident: Resident, error: type[Exception], action: Callable[[], object]) -> None:
    before = everything_about(resident)
    with pytest.raises(error):
        action()
    assert everything_about(resident) == before


def test_a_passkey_opens_the_same_story_with_no_name_asked(database):
    maud = new_resident(database)
    section = maud.write("most-important", "My knees hurt.")
    opened = open_session(database, signs_in(database, phone(maud)))
    assert opened.passport_id == maud.passport.passport_id
    sealed = maud.passport.seal(labels.SECTION, "x", section.title.encode())
    assert opened.open(labels.SECTION, "x", sealed) == section.title.encode()


def test_two_devices_open_one_passport_each_with_a_key_of_its_own(database):
    maud = new_resident(database)
    devices = [phone(maud), phone(maud)]
    for device in [*devices, *devices]:
        opened = open_session(database, signs_in(database, device))
        assert opened.passport_id == maud.passport.passport_id
    devices[0].prf_secret = devices[1].prf_secret
    with pytest.raises(WrongPasskey):
        signs_in(database, devices[0])


def test_a_device_whose_count_stays_at_zero_signs_in_again_and_again(database):
    device = phone(new_resident(database), counts=False)
    assert all(signs_in(database, device) for _ in range(3))


def test_the_device_learns_no_name_and_each_passkey_gets_another_handle(database):
    maud = new_resident(database)
    asked = [json.loads(adding_options(database, maud.passport, SITE, "Phone")) for _ in "12"]
    assert asked[0]["user"]["id"] != asked[1]["user"]["id"]
    assert maud.name not in json.dumps(asked)
    assert maud.passport.passport_id not in json.dumps(asked)
    assert asked[0]["authenticatorSelection"]["userVerification"] == "required"
    assert asked[0]["authenticatorSelection"]["residentKey"] == "required"


def test_a_device_that_has_a_passkey_is_asked_for_no_second(database):
    maud = new_resident(database)
    device = phone(maud)
    asked = json.loads(adding_options(database, maud.passport, SITE, "Again"))
    assert [found["id"] for found in asked["excludeCredentials"]] == [text_of(device.credential_id)]
    refused(maud, PasskeyKnown, lambda: adds(maud, device))


def test_signing_in_asks_everybody_the_same(database):
    phone(new_resident(database))
    asked = [json.loads(signing_in_options(database, SITE)) for _ in "12"]
    challenges = {one.pop("challenge") for one in asked}
    assert len(challenges) == 2
    assert asked[0] == asked[1]
    assert not asked[0].get("allowCredentials")


def test_an_answer_works_once(database):
    maud = new_resident(database)
    answer = phone(maud).signs(signing_in_options(database, SITE))
    assert sign_in_with_passkey(database, SITE, answer)
    refused(maud, PasskeyTooLate, lambda: sign_in_with_passkey(database, SITE, answer))


def test_of_one_answer_sent_many_times_at_once_one_counts(database):
    device = phone(new_resident(database), counts=False)
    answer = device.signs(signing_in_options(database, SITE))

    def try_it(_: int) -> bool:
        try:
            return bool(sign_in_with_passkey(database, SITE, answer))
        except PasskeyTooLate:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, range(16))) == 1


def test_a_new_passkeys_answer_works_once(database):
    maud = new_resident(database)
    answer = Device(SITE.origin).makes(adding_options(database, maud.passport, SITE, "Phone"))
    add_passkey(database, maud.passport, SITE, "Phone", answer)
    refused(
        maud,
        PasskeyTooLate,
        lambda: add_passkey(database, maud.passport, SITE, "Phone", answer),
    )


@pytest.mark.parametrize("minutes", [5, -10])
def test_a_challenge_ends_after_five_minutes_also_when_the_clock_is_set_back(
    database, monkeypatch, minutes
):
    maud = new_resident(database)
    device, real = phone(maud), clock.now
    answer = device.signs(signing_in_options(database, SITE))
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(minutes=minutes))
    if minutes > 0:
        refused(maud, PasskeyTooLate, lambda: sign_in_with_passkey(database, SITE, answer))
    else:
        assert sign_in_with_passkey(database, SITE, answer)


def test_a_challenge_is_for_one_passport_and_one_purpose(database):
    maud, other = new_resident(database), new_resident(database)
    device = Device(SITE.origin)
    answer = device.makes(adding_options(database, other.passport, SITE, "Phone"))
    refused(
        maud,
        PasskeyTooLate,
        lambda: add_passkey(database, maud.passport, SITE, "Phone", answer),
    )
    known = phone(maud)
    adding = json.loads(adding_options(database, maud.passport, SITE, "Phone"))
    asked = {**json.loads(signing_in_options(database, SITE)), "challenge": adding["challenge"]}
    swapped = known.signs(json.dumps(asked))
    refused(maud, PasskeyTooLate, lambda: sign_in_with_passkey(database, SITE, swapped))


@pytest.mark.parametrize(
    "habits",
    [
        {"recognises_its_owner": False},
        {"rp_id": "elsewhere.example"},
    ],
)
def test_a_device_that_does_not_recognise_its_owner_or_the_site_is_refused(database, habits):
    maud = new_resident(database)
    odd = Device(SITE.origin, **habits)
    refused(maud, PasskeyAnswerDamaged, lambda: adds(maud, odd))
    device = phone(maud)
    for name, value in habits.items():
        setattr(device, name, value)
    refused(maud, WrongPasskey, lambda: signs_in(database, device))


def test_an_answer_made_on_another_site_is_refused(database):
    maud = new_resident(database)
    device = phone(maud)
    device.origin = "https://passport.example.evil.example"
    refused(maud, PasskeyFromElsewhere, lambda: signs_in(database, device))
    refused(maud, PasskeyFromElsewhere, lambda: adds(maud, Device("http://passport.example")))


def test_a_count_that_goes_back_is_a_copy_of_the_device(database):
    maud = new_resident(database)
    device = phone(maud)
    signs_in(database, device)
    device.count = 0
    refused(maud, WrongPasskey, lambda: signs_in(database, device))


def test_nobody_signs_in_with_a_public_credential_and_another_key(database):
    maud = new_resident(database)
    device = phone(maud)
    forged = Device(SITE.origin, credential_id=device.credential_id, count=50)
    refused(maud, WrongPasskey, lambda: signs_in(database, forged))
    forged.private_key = device.private_key
    refused(maud, WrongPasskey, lambda: signs_in(database, forged))


def test_an_unknown_passkey_is_refused_in_the_words_of_a_wrong_one(database):
    device = phone(new_resident(database))
    wrong = replace(device, prf_secret=bytes(32))
    said = set()
    for each in (wrong, Device(SITE.origin)):
        with pytest.raises(WrongPasskey) as refusal:
            signs_in(database, each)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_the_passkey_of_an_erased_passport_opens_nothing(database):
    maud = new_resident(database)
    device = phone(maud)
    database.erasure_keys.destroy(maud.passport.passport_id)
    with pytest.raises(WrongPasskey):
        signs_in(database, device)
    with database.write() as connection:
        passports = tables.passports
        connection.execute(
            passports.delete().where(passports.c.passport_id == maud.passport.passport_id)
        )
    with pytest.raises(WrongPasskey):
        signs_in(database, device)


@pytest.mark.parametrize("prf", ["", "AAAA", "é" * 43, "A" * 44])
def test_a_device_without_a_prf_is_told_so_and_changes_nothing(database, prf):
    maud = new_resident(database)
    options = adding_options(database, maud.passport, SITE, "Phone")
    answer = replace(Device(SITE.origin).makes(options), prf=prf)
    refused(
        maud,
        PasskeyCantLock,
        lambda: add_passkey(database, maud.passport, SITE, "Phone", answer),
    )
    known = replace(phone(maud).signs(signing_in_options(database, SITE)), prf=prf)
    refused(maud, PasskeyCantLock, lambda: sign_in_with_passkey(database, SITE, known))


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "{", "[" * 5000, '{"id": 1}', "x" * 100_000, '{"id": "é", "rawId": "é"}'],
)
def test_what_is_no_passkeys_answer_is_refused_in_plain_words(database, credential):
    maud = new_resident(database)
    answer = PasskeyAnswer(credential, text_of(bytes(32)))
    refused(
        maud,
        PasskeyAnswerDamaged,
        lambda: add_passkey(database, maud.passport, SITE, "Phone", answer),
    )
    refused(maud, WrongPasskey, lambda: sign_in_with_passkey(database, SITE, answer))


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_no_answer_with_a_flipped_bit_opens_a_passport(sqlite_database, part):
    maud = new_resident(sqlite_database)
    device = phone(maud, counts=False)
    before = everything_about(maud)
    refusals = (WrongPasskey, PasskeyFromElsewhere, PasskeyTooLate)
    for bit in range(0, 8 * 37, 7):
        answer = device.signs(signing_in_options(sqlite_database, SITE))
        sent = json.loads(answer.credential)
        data = bytearray(bytes_of(sent["response"][part]))
        data[bit // 8] ^= 1 << bit % 8
        sent["response"][part] = text_of(bytes(data))
        with pytest.raises(refusals):
            sign_in_with_passkey(
                sqlite_database, SITE, replace(answer, credential=json.dumps(sent))
            )
    assert everything_about(maud) == before


def test_a_supporter_adds_no_passkey_of_his_own(database):
    maud = new_resident(database)
    helping = replace(maud.passport, access=Access("supporter", "Joe", frozenset({"write"})))
    options = adding_options(database, maud.passport, SITE, "Joe's phone")
    answer = Device(SITE.origin).makes(options)
    with pytest.raises(NotPermitted):
        adding_options(database, helping, SITE, "Joe's phone")
    refused(
        maud,
        NotPermitted,
        lambda: add_passkey(database, helping, SITE, "Joe's phone", answer),
    )


def test_a_removed_passkey_opens_nothing(database):
    maud = new_resident(database)
    device = phone(maud)
    with database.write() as connection:
        slots = tables.key_slots
        connection.execute(slots.delete().where(slots.c.kind == "passkey"))
    refused(maud, WrongPasskey, lambda: signs_in(database, device))


def test_a_passkey_proves_that_its_owner_is_still_there_and_nobody_else(database):
    maud, other = new_resident(database), new_resident(database)
    device, others = phone(maud), phone(other)

    def proves(with_device: Device, cookie: str) -> str:
        answer = with_device.signs(signing_in_options(database, SITE))
        return prove_with_passkey(database, SITE, cookie, answer)

    renewed = proves(device, maud.cookie)
    assert open_session(database, renewed).passport_id == maud.passport.passport_id
    assert open_session(database, maud.cookie) is None
    refused(maud, WrongPasskey, lambda: proves(others, renewed))
    refused(other, WrongPasskey, lambda: proves(others, renewed))
    refused(maud, WrongPasskey, lambda: proves(device, maud.cookie))


def test_a_passkey_makes_the_time_of_proof_now(database, monkeypatch):
    maud = new_resident(database)
    device = phone(maud)
    now = clock.epoch() + PROOF_SECONDS + 60
    monkeypatch.setattr(clock, "epoch", lambda: now)
    assert not session_to_prove(database, maud.cookie).is_proved
    answer = device.signs(signing_in_options(database, SITE))
    assert session_to_prove(
        database, prove_with_passkey(database, SITE, maud.cookie, answer)
    ).is_proved


def test_the_name_of_a_passkey_is_sealed_and_its_prf_output_kept_nowhere(database):
    maud = new_resident(database)
    device = Device(SITE.origin)
    answer = device.makes(adding_options(database, maud.passport, SITE, "Maud's red phone"))
    add_passkey(database, maud.passport, SITE, "Maud's red phone", answer)
    kept = repr(everything_about(maud)).encode()
    assert b"red phone" not in kept
    for secret in (answer.prf_output(), device.prf_secret):
        assert repr(secret).encode()[2:-1] not in kept
        assert secret.hex().encode() not in kept


def test_somebody_who_writes_the_database_gets_no_further_with_a_key_of_his_own(database):
    maud, thief = new_resident(database), new_resident(database)
    hers, his = phone(maud), phone(thief)
    table = tables.passkeys

    def row_of(resident: Resident) -> ColumnElement[bool]:
        return table.c.passport_id == resident.passport.passport_id

    with database.write() as connection:
        his_key = connection.execute(select(table.c.public_key).where(row_of(thief))).scalar_one()
        connection.execute(update(table).where(row_of(maud)).values(public_key=his_key))
    his.credential_id = hers.credential_id
    with pytest.raises(WrongPasskey):
        signs_in(database, his)
