"""One owner's passport, and everybody who may or may not get at it: for the table of routes."""

import re
import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask, g
from sqlalchemy import insert, select
from werkzeug.test import Client, TestResponse

from config.secrets_file import InstanceSecrets
from passport import clock
from passport.accounts.helper_invitations import invite_helper
from passport.accounts.invitations import invite
from passport.accounts.owner_cards import make_card
from passport.accounts.sessions import open_session
from passport.crypto import hybrid_box
from passport.sharing.inbox import list_inbox
from passport.sharing.leave_reply import leave_reply
from passport.sharing.receipts import Reader
from passport.sharing.reply import Given
from passport.sharing.reply_capability import capability_for
from passport.sharing.save_attachment import save_attachment
from passport.sharing.share import Share
from passport.storage import tables
from passport.storage.identifiers import new_id
from passport.story.attachment import Attachment
from passport.story.uploads import begin_upload
from passport.trusts.tokens import SCOPES, keep_token, new_token
from passport.web.owner_mark import owner_mark
from passport.wiring import wiring
from tests.accounts.helped import name_helper
from tests.applications import make_app
from tests.residents import CHEAP, PEPPER, PEPPER_SECRET, Resident, new_resident, reading
from tests.supporters import rosa_in, some_terms, supporter_of

ROLES = ("stranger", "owner", "other", "read", "write", "share", "organisation")
GRANTED = frozenset({"please-do", "home"})
# What is touched by looking alone: when a session was last used, and until when it stays.
_TOUCHED = {"sessions": {"last_seen_at"}}


@dataclass
class World:
    """An application with Rosa's passport in it, and who comes to it."""

    app: Flask
    folder: Path
    rosa: Resident
    cookies: dict[str, str]
    values: dict[str, object]
    token: str

    def asks(
        self, role: str, method: str, address: str, data: dict[str, object] | None = None
    ) -> TestResponse:
        """What one role is answered. What it sends carries a right token and a right mark."""
        client = self.app.test_client()
        if role in self.cookies:
            client.set_cookie("session", self.cookies[role])
        headers = {"Authorization": f"Bearer {self.token}"} if role == "organisation" else {}
        if address.startswith("/shl/"):
            values = {"recipient": "Eve", **(data or {})}
            sent = {"query_string" if method == "GET" else "json": values}
            return client.open(address, method=method, headers=headers, **sent)
        if method == "GET":
            return client.get(address, headers=headers)
        fields = {"csrf_token": self._form_token(client), "owner": self._mark(role), **(data or {})}
        return client.open(address, method=method, data=fields, headers=headers)

    def digest(self) -> str:
        """Everything in every table, but what is touched by looking."""
        with self.rosa.database.read() as connection:
            rows = [
                (table.name, sorted(repr(row) for row in connection.execute(select(*columns))))
                for table in tables.metadata.sorted_tables
                if (columns := [c for c in table.c if c.name not in _TOUCHED.get(table.name, ())])
            ]
        return sha256(repr(rows).encode()).hexdigest()

    def keeps(self) -> dict[str, sqlite3.Connection]:
        """A copy of all that is stored, for `restores`."""
        return {name: _copied(self.folder / name) for name in ("passport", "erasure")}

    def restores(self, kept: dict[str, sqlite3.Connection]) -> None:
        """Put everything stored back to what `keeps` found."""
        for name, copy in kept.items():
            with sqlite3.connect(self.folder / f"{name}.sqlite", timeout=5) as live:
                copy.backup(live)
            live.close()

    def _form_token(self, client: Client) -> str:
        # Whoever is signed in finds a token in the header's form, a stranger in that to sign in.
        text = client.get("/").text + client.get("/sign-in").text
        found = re.search(r'name="csrf_token"(?: type="hidden")? value="([^"]+)"', text)
        assert found
        return found[1]

    def _mark(self, role: str) -> str:
        if role not in self.cookies:
            return ""
        with self.app.test_request_context():
            g.passport = open_session(self.rosa.database, self.cookies[role])
            return owner_mark()


def _reply(rosa: Resident, share: Share) -> str:
    """A suggestion that Rosa may accept, decline or thank for. Returns its id."""
    assert share.record.secrets is not None
    nurse = Reader("Nurse, Ward 7")
    capability = capability_for(PEPPER, share.record.secrets.address, new_id(), nurse)
    given = Given("suggestion", "Offer tea", section="please-do", thanks_to="A" * 43)
    leave_reply(reading(rosa.database), capability, given)
    return list_inbox(rosa.database, rosa.passport)[0].reply.reply_id


def make_world(folder: Path) -> World:
    """Rosa with a story, a share, a supporter and an invitation; and the others."""
    app = make_app(folder, secrets=InstanceSecrets(b"s" * 32, PEPPER_SECRET))
    # An error of ours is an answer like any other here, and never the one expected.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        database = wiring().database
    rosa = rosa_in(database)
    share = rosa.share("please-do", with_passcode=True)
    cookies = {"owner": rosa.cookie, "other": new_resident(database).cookie}
    for permission in ("read", "write", "share"):
        sam = supporter_of(rosa, some_terms(permission, sections=GRANTED))
        sam.begins()
        cookies[permission] = sam.own.cookie
    made = invite(database, rosa.passport, some_terms())
    ada, edie = new_resident(database), new_resident(database)
    values = {
        "share_id": share.share_id,
        "invitation_id": made.invitation_id,
        "reply_id": _reply(rosa, share),
        "supporter_id": sam.supporter_id,
        "supported_id": sam.supporter_id,
        "code": made.code,
        "attachment_id": _attachment(rosa),
        "upload_id": begin_upload(database, rosa.passport, "home", "voice").upload_id,
        "slot_id": _slot(rosa),
        "asked_id": invite_helper(database, rosa.passport, "Jo", "Rosa").invitation_id,
        "helper_id": name_helper(rosa, ada, "Ada"),
        "helped_id": name_helper(edie, rosa, "Rosa"),
    }
    return World(app, folder, rosa, cookies, values, _token(rosa))


def _copied(stem: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    with sqlite3.connect(f"{stem}.sqlite", timeout=5) as live:
        live.backup(copy)
    live.close()
    return copy


def _attachment(rosa: Resident) -> str:
    words = Attachment("plan.txt", "text/plain", b"The ramp is behind the house", "My plan")
    return save_attachment(rosa.database, rosa.passport, "home", words).attachment_id


def _slot(rosa: Resident) -> str:
    return make_card(rosa.database, CHEAP, rosa.passport, "8362", "In my purse")


def _token(rosa: Resident) -> str:
    """An access token of a registered organisation."""
    organisation_id, token = "0" * 31 + "1", new_token()
    with rosa.database.write() as connection:
        connection.execute(
            insert(tables.organisations).values(
                organisation_id=organisation_id,
                name="A trust",
                jwks={"keys": []},
                hpke_public_key=hybrid_box.generate_key_pair()[1],
                last_grant=0,
                created_at=clock.epoch(),
            )
        )
    keep_token(rosa.database, organisation_id, token, " ".join(SCOPES))
    return token
