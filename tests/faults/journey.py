"""A resident's whole journey through the services, with unmistakable words in every field."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

import pytest
from sqlalchemy import insert

from config.secrets_file import load_secrets, make_secrets
from passport.accounts.errors import WrongCode, WrongNameOrPassphrase
from passport.accounts.help_tickets import new_ticket
from passport.accounts.helper_invitations import accept_helping, invite_helper
from passport.accounts.helping_back_in import help_back_in
from passport.accounts.preferences import change_quietly
from passport.accounts.recover import recover
from passport.accounts.recovery_helpers import confirm_helper, list_helpers
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.sign_up import sign_up
from passport.accounts.slots import confirm_recovery_code, unconfirmed_recovery_code
from passport.crypto import hybrid_box
from passport.crypto.inbox import InboxSealer
from passport.crypto.pepper import Pepper
from passport.crypto.recovery_code import decode
from passport.crypto.share_file import decode_key
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing import create_share as create_share_module
from passport.sharing.answer_reply import accept_suggestion, thank
from passport.sharing.change_share import pause_share, resume_share, revoke_share
from passport.sharing.create_share import create_share
from passport.sharing.errors import NoLongerActive, WrongPasscode
from passport.sharing.inbox import list_inbox, mark_seen
from passport.sharing.leave_reply import leave_reply
from passport.sharing.read_at_once import Addressees
from passport.sharing.read_share import (
    Services,
    read_direct_file,
    read_location,
    read_manifest,
)
from passport.sharing.receipts import Reader, list_receipts
from passport.sharing.reply import Given
from passport.sharing.reply_capability import capability_for
from passport.sharing.save_attachment import describe_attachment, save_attachment
from passport.sharing.save_section import save_other_language, save_section
from passport.sharing.share import Share, ShareTerms
from passport.sharing.still_true import say_still_true
from passport.sharing.thanks import fetch_thanks, lookup_of_secret
from passport.sharing.told_again import day_of, keep_answer
from passport.sharing.unfinished import keep_choices
from passport.storage import migrate, tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.story.attachment import Attachment
from passport.story.catalogue import CATALOGUE, IDENTITY, Part
from passport.story.drafts import others_words, save_draft
from passport.story.errors import SavedElsewhere, SectionTooLong
from passport.story.section import SectionDraft
from passport.story.uploads import begin_upload, keep_part
from passport.trusts.grant_share import share_with_organisation
from passport.trusts.organisations import list_organisations
from tests.residents import CHEAP

BASE_URL = "https://passport.example"


class Words:
    """Makes words that are nowhere by chance, and remembers all of them."""

    def __init__(self) -> None:
        self.planted: list[str | bytes] = []

    def one(self, kind: str) -> str:
        return self.keep(f"Quibble{uuid4().hex[:8]}-{kind}")

    def keep(self, word: str) -> str:
        self.planted.append(word)
        return word

    def keep_secret(self, secret: bytes) -> bytes:
        self.planted.append(secret)
        return secret


@dataclass
class Instance:
    """A stolen instance: its folder, and what the thief must not find in it."""

    folder: Path
    words: Words
    database: Database
    pepper: Pepper
    passport: UnlockedPassport


@contextmanager
def instance_after_a_journey(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    """The instance while it still runs, so that the write-ahead log is there too."""
    make_secrets(folder)
    with _logging_everything(folder / "service.log"):
        pepper = Pepper(load_secrets(folder, {}).pepper)
        database = Database(f"sqlite:///{folder}/passport.sqlite", sqlite_synchronous="NORMAL")
        migrate.upgrade(database)
        journey = Journey(database, pepper, Words(), monkeypatch)
        passport = journey.go()
        yield Instance(folder, journey.words, database, pepper, passport)
        database.close()


@contextmanager
def _logging_everything(log: Path) -> Iterator[None]:
    handler, root = logging.FileHandler(log), logging.getLogger()
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    noisy = [root, *(logging.getLogger(f"sqlalchemy.{name}") for name in ("engine", "pool"))]
    levels = [logger.level for logger in noisy]
    root.addHandler(handler)
    for logger in noisy:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for logger, level in zip(noisy, levels, strict=True):
            logger.setLevel(level)
        root.removeHandler(handler)
        handler.close()


class Journey:
    """Everything that a resident and her readers can do, once each."""

    def __init__(
        self,
        database: Database,
        pepper: Pepper,
        words: Words,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.database, self.pepper, self.words = database, pepper, words
        self.reading = Services(database, pepper, InboxSealer(), Addressees())
        # Six digits are in any database by chance: this one is unmistakable.
        monkeypatch.setattr(create_share_module, "new_passcode", lambda: words.one("passcode"))

    def go(self) -> UnlockedPassport:
        """Sign up, write, share, be read, take back, recover; then look at what is left."""
        name, passphrase = self.words.one("name"), self.words.one("passphrase and more")
        passport = self._sign_up(name, passphrase)
        self._write_everything(passport)
        self._add_files(passport)
        self._share_and_be_read(passport)
        cookie = self._recover(name, passphrase)
        self.words.keep(cookie)
        again = open_session(self.database, cookie)
        assert again is not None
        assert len(list_receipts(self.database, again)) == 6
        self.words.keep_secret(again.key._secret)
        self._be_helped(again)
        return again

    def _be_helped(self, passport: UnlockedPassport) -> None:
        """Name a recovery helper, and let help be under way when the thief comes."""
        sam = sign_up(self.database, self.pepper, CHEAP, "sam", self.words.one("sam's passphrase"))
        helper = open_session(self.database, self.words.keep(sam))
        assert helper is not None
        name, called = self.words.one("helper"), self.words.one("owner's own name")
        code = invite_helper(self.database, passport, name, called).code
        self.words.keep(code)
        self.words.keep_secret(decode(code))
        accept_helping(self.database, helper, code)
        (found,) = list_helpers(self.database, passport).helpers
        confirm_helper(self.database, passport, found.helper_id, found.check_number)
        ticket = new_ticket(self.database, self.pepper)
        help_back_in(self.database, self.pepper, helper, found.helper_id, ticket.number)
        for word in (ticket.number, ticket.to_code()):
            self.words.keep(word)
        for secret in (ticket.secret, ticket.private_key, helper.key._secret):
            self.words.keep_secret(secret)

    def _sign_up(self, name: str, passphrase: str) -> UnlockedPassport:
        sign_up(self.database, self.pepper, CHEAP, name, passphrase)
        namesake = self.words.one("namesake's passphrase")
        sign_up(self.database, self.pepper, CHEAP, name.upper(), namesake)
        with pytest.raises(WrongNameOrPassphrase):
            sign_in(self.database, self.pepper, CHEAP, name, self.words.one("wrong passphrase"))
        cookie = sign_in(self.database, self.pepper, CHEAP, name, passphrase)
        self.words.keep(cookie)
        passport = open_session(self.database, cookie)
        assert passport is not None
        return passport

    def _write_everything(self, passport: UnlockedPassport) -> None:
        drafts = [
            SectionDraft(kind.key, {part.key: self._answer(part) for part in kind.parts})
            for kind in (*CATALOGUE, IDENTITY)
        ]
        own = {"text": self.words.one("own words")}
        drafts.append(SectionDraft("own-4f", own, self.words.one("own title"), sensitive=True))
        for draft in drafts:
            save_section(self.database, passport, draft, 0)
        changed = SectionDraft("my-story", {"text": self.words.one("second version") * 30})
        save_section(self.database, passport, changed, 1)
        other = SectionDraft("my-story", {"text": self.words.one("other tab")})
        with pytest.raises(SavedElsewhere):
            save_section(self.database, passport, other, 1)
        too_long = SectionDraft("my-story", {"text": self.words.one("too long") * 1000})
        with pytest.raises(SectionTooLong):
            save_section(self.database, passport, too_long, 2)
        save_draft(self.database, passport, "my-story", [("part-text", self.words.one("draft"))])
        second = {"text": self.words.one("second language")}
        twice = SectionDraft("my-story", {}, other_language="cy", other_content=second)
        save_other_language(self.database, passport, twice, 2)
        kept = [("part-text", self.words.one("draft of the second language"))]
        save_draft(self.database, passport, others_words("my-story"), kept, "phone")
        change_quietly(self.database, passport, skipped=("home.text",), today="2026-03-27 low")
        self.words.keep("2026-03-27 low")
        say_still_true(self.database, passport, "home", 1)
        begun = [("recipient", self.words.one("unfinished share"))]
        keep_choices(self.database, passport, "0" * 32, (), begun)

    def _add_files(self, passport: UnlockedPassport) -> None:
        """A photo that is described later, a paper of a sensitive part, and a half-sent voice."""
        files = [
            save_attachment(
                self.database,
                passport,
                key,
                Attachment(
                    self.words.one("file name"),
                    "text/plain",
                    self.words.one("file bytes").encode() * 40,
                    self.words.one("caption"),
                    self.words.one("transcript"),
                ),
            )
            for key in ("please-do", "own-4f")
        ]
        later = (self.words.one("later caption"), self.words.one("later transcript"))
        describe_attachment(self.database, passport, files[0].attachment_id, *later)
        begun = begin_upload(self.database, passport, "home", self.words.one("upload name"))
        piece = self.words.one("half a voice").encode() * 50
        keep_part(self.database, passport, "home", begun.upload_id, 0, piece)

    def _answer(self, part: Part) -> object:
        if part.kind == "people":
            fields = ("name", "relationship", "phone", "when")
            return [{field: self.words.one(f"person's {field}") for field in fields}]
        if part.kind == "lines":
            return [self.words.one(part.key), self.words.one(part.key)]
        if part.kind == "choices":
            self.words.keep(part.choices[-1].label)
            return [self.words.keep(part.choices[-1].key)]
        return self.words.keep("1937-11-29") if part.kind == "date" else self.words.one(part.key)

    def _share_and_be_read(self, passport: UnlockedPassport) -> None:
        shares = [
            self._share(passport, with_passcode=True),
            self._share(passport, is_direct=True),
            self._share(passport, duration="until-stopped", may_hand_over=True, is_emergency=True),
            self._grant(passport),
        ]
        for share in shares:
            self._read(share)
        self._guess(shares[0])
        save_section(
            self.database, passport, SectionDraft("home", {"text": self.words.one("refresh")}), 1
        )
        pause_share(self.database, passport, shares[2].share_id)
        with pytest.raises(NoLongerActive):
            self._read(shares[2])
        resume_share(self.database, passport, shares[2].share_id)
        self._read(shares[2])
        revoke_share(self.database, passport, shares[3].share_id)
        self._be_answered(passport, shares[2])

    def _be_answered(self, passport: UnlockedPassport, share: Share) -> None:
        """Everything that a reader can give back, and what the resident does with it."""
        assert share.record.secrets is not None
        address, reader = share.record.secrets.address, Reader(self.words.one("answering reader"))
        secret = self.words.keep(token_urlsafe(32))
        capability = capability_for(self.pepper, address, new_id(), reader)
        role, team = self.words.one("colleague's role"), self.words.one("colleague's team")
        for given in (
            Given("acknowledgement", self.words.one("done"), thanks_to=lookup_of_secret(secret)),
            Given("message", self.words.one("message")),
            Given("suggestion", self.words.one("accepted"), section="home"),
            Given("handover", role=role, team=team),
        ):
            leave_reply(self.reading, capability, given)
        items = list_inbox(self.database, passport)
        mark_seen(self.database, passport, items)
        by_kind = {item.reply.given.kind: item.reply.reply_id for item in items}
        thank(self.database, passport, by_kind["acknowledgement"], self.words.one("thank you"))
        assert len(fetch_thanks(self.database, secret)) == 1
        accept_suggestion(self.database, passport, by_kind["suggestion"])
        newest = list_receipts(self.database, passport, share.share_id)[0]
        day = day_of(newest.read_at)
        answer = self.words.keep("rather-not-say")
        keep_answer(self.database, passport, share.share_id, day, answer)

    def _terms(self, **more: object) -> ShareTerms:
        every = tuple(kind.key for kind in CATALOGUE)
        facts = tuple(part.key for part in IDENTITY.parts)
        recipient = self.words.one("recipient")
        own = ("own-4f",)
        return ShareTerms(recipient, every + own, facts, own, **more)  # type: ignore[arg-type]

    def _share(self, passport: UnlockedPassport, **more: object) -> Share:
        return self._known(create_share(self.database, self.pepper, passport, self._terms(**more)))

    def _grant(self, passport: UnlockedPassport) -> Share:
        row = {
            "organisation_id": uuid4().hex,
            "name": "Rose Trust",
            "jwks": {"keys": []},
            "hpke_public_key": hybrid_box.generate_key_pair()[1],
            "last_grant": 0,
            "created_at": 1,
        }
        with self.database.write() as connection:
            connection.execute(insert(tables.organisations).values(row))
        (organisation,) = list_organisations(self.database)
        return self._known(
            share_with_organisation(
                self.database,
                self.pepper,
                passport,
                self._terms(),
                organisation.organisation_id,
                BASE_URL,
            )
        )

    def _known(self, share: Share) -> Share:
        assert share.record.secrets is not None
        self.words.keep(share.record.secrets.address)
        self.words.keep_secret(decode_key(share.record.secrets.share_key))
        return share

    def _read(self, share: Share) -> None:
        assert share.record.secrets is not None
        address, reader = share.record.secrets.address, Reader(self.words.one("reader"))
        if share.terms.is_direct:
            read_direct_file(self.reading, address, reader)
            return
        for file in read_manifest(self.reading, address, reader, share.passcode, 0):
            read_location(self.reading, self.words.keep(file.location or ""))

    def _guess(self, share: Share) -> None:
        assert share.record.secrets is not None
        with pytest.raises(WrongPasscode):
            read_manifest(
                self.reading,
                share.record.secrets.address,
                Reader(self.words.one("guesser")),
                self.words.one("wrong passcode"),
            )
        files = read_manifest(
            self.reading,
            share.record.secrets.address,
            Reader(self.words.one("late reader")),
            share.passcode,
            embedded_length_max=0,
        )
        assert len(files) == 3
        for file in files:
            self.words.keep(file.location or "")

    def _recover(self, name: str, passphrase: str) -> str:
        cookie = sign_in(self.database, self.pepper, CHEAP, name, passphrase)
        passport = open_session(self.database, cookie)
        assert passport is not None
        code = self._code(passport)
        confirm_recovery_code(self.database, passport)
        new_passphrase = self.words.one("new passphrase")
        recover(self.database, self.pepper, CHEAP, code, new_passphrase)
        with pytest.raises(WrongCode):
            recover(self.database, self.pepper, CHEAP, code, new_passphrase)
        cookie = sign_in(self.database, self.pepper, CHEAP, name, new_passphrase)
        passport = open_session(self.database, cookie)
        assert passport is not None
        self._code(passport)
        return cookie

    def _code(self, passport: UnlockedPassport) -> str:
        code = unconfirmed_recovery_code(self.database, passport)
        assert code is not None
        self.words.keep(code)
        self.words.keep(code.replace("-", ""))
        self.words.keep_secret(decode(code))
        return code
