"""The receiving program: from an organisation's two private keys to stories as FHIR JSON.

    python -m passport.trusts.client --help

It needs nothing of the service but its addresses. Read it as the example of what a trust's own
system does: token, grants, open each link, ask for its manifest, decrypt.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from authlib.oauth2.rfc7523.client import ASSERTION_TYPE
from joserfc.errors import JoseError
from joserfc.jwk import import_key

from passport.crypto.envelope import CannotOpen
from passport.crypto.hybrid_box import open_box
from passport.crypto.share_file import decode_key, decrypt_file
from passport.errors import PassportError
from passport.sharing.shlink import Shlink, parse
from passport.trusts.grant_place import grant_place
from passport.trusts.make_keys import from_base64url
from passport.trusts.web_client import AskingFailed, WebClient, origin_of

FHIR_JSON = "application/fhir+json"
_ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "Ed25519": "Ed25519", None: "RS256"}
# What Python raises when another program's JSON is not what it should be.
_MISSHAPEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass
class Receiver:
    """An organisation that collects what it was given. Keys as their files hold them."""

    token_url: str
    grants_url: str
    client_id: str
    private_jwk: dict[str, Any]
    hpke_private_key: bytes
    web: WebClient
    _token: str = field(default="", init=False, repr=False)
    _renew_at: float = field(default=0, init=False, repr=False)

    def token(self) -> str:
        """An access token that lasts a while yet. Raises AskingFailed."""
        if not self._token or time.monotonic() > self._renew_at:
            answer = self.web.ask_json("POST", self.token_url, data=self._token_request())
            self._token = answer["access_token"]
            self._renew_at = time.monotonic() + answer["expires_in"] / 2
        return self._token

    def _token_request(self) -> dict[str, str]:
        """Client credentials (RFC 6749 section 4.4) with an assertion (RFC 7523 section 2.2)."""
        key, curve = import_key(self.private_jwk), self.private_jwk.get("crv")
        assertion = private_key_jwt_sign(
            key,
            self.client_id,
            self.token_url,
            alg=self.private_jwk.get("alg") or _ALGORITHMS[curve],
            header={"kid": key.kid} if key.kid else {},
            expires_in=60,
        )
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }

    def pages(self, cursor: str | None = None) -> Iterator[dict[str, Any]]:
        """Pages of grants, oldest first, from a cursor on. Raises AskingFailed."""
        while True:
            query = {"cursor": cursor} if cursor else {}
            page = self.web.ask_json("GET", self.grants_url, self.token(), params=query)
            yield page
            if not page["has_more"]:
                return
            cursor = page["next_cursor"]

    def open_grant(self, grant: dict[str, Any]) -> Shlink:
        """The link that was sealed to us, as our grant of this number. Raises CannotOpen."""
        place = grant_place(self.client_id, grant["number"])
        sealed = from_base64url(grant["sealed_link"])
        return parse(open_box(self.hpke_private_key, sealed, place).decode())

    def read(self, link: Shlink, recipient: str) -> Iterator[dict[str, Any]]:
        """The FHIR documents behind a link. Raises AskingFailed, CannotOpen."""
        for jwe in self._files(link, recipient):
            document, _ = decrypt_file(decode_key(link.key), jwe)
            yield json.loads(document)

    def _files(self, link: Shlink, recipient: str) -> Iterator[str]:
        # The token proves who we are to our own service, and is nobody else's business.
        own = origin_of(link.url) == origin_of(self.grants_url)
        token, who = self.token() if own else None, {"recipient": recipient}
        if link.is_direct:
            yield self.web.ask("GET", link.url, token, params=who)
            return
        manifest = self.web.ask_json("POST", link.url, token, json=who)
        for file in manifest["files"]:
            if file["contentType"] == FHIR_JSON:
                yield file.get("embedded") or self.web.ask("GET", file["location"])


@click.command("fetch")
@click.option("--token-url", required=True, help="Where access tokens are given.")
@click.option("--grants-url", required=True, help="Where grants are listed.")
@click.option("--client-id", required=True, help="What the service calls you.")
@click.option("--private-jwk", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--hpke-private-key", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--recipient", help="Who reads, as the resident will see it. [your name there]")
@click.option("--cursor", help="Only grants after this; printed at the end of the last run.")
@click.option("--allow-origin", multiple=True, help="Also read shares on this server.")
def fetch(
    token_url: str,
    grants_url: str,
    client_id: str,
    private_jwk: Path,
    hpke_private_key: Path,
    recipient: str | None,
    cursor: str | None,
    allow_origin: tuple[str, ...],
) -> None:
    """Print every story you were given, as one FHIR document a line."""
    try:
        receiver = Receiver(
            token_url,
            grants_url,
            client_id,
            json.loads(private_jwk.read_text()),
            from_base64url(hpke_private_key.read_text().strip()),
            WebClient({origin_of(url) for url in (token_url, grants_url, *allow_origin)}),
        )
        all_read = _fetch_all(receiver, recipient, cursor)
    except (AskingFailed, JoseError, *_MISSHAPEN) as error:
        raise click.ClickException(str(error)) from error
    sys.exit(0 if all_read else 1)


def _fetch_all(receiver: Receiver, recipient: str | None, cursor: str | None) -> bool:
    all_read, go_on = True, f"--cursor {cursor}" if cursor else "no --cursor"
    for page in receiver.pages(cursor):
        for grant in page["grants"]:
            all_read &= _print_grant(receiver, grant, recipient or page["organisation"])
        # A cursor past something unread would lose it for good.
        go_on = f"--cursor {page['next_cursor']}" if all_read else go_on
    click.echo(f"Next time: {go_on}", err=True)
    return all_read


def _print_grant(receiver: Receiver, grant: dict[str, Any], recipient: str) -> bool:
    """Print a grant's documents, or say on standard error why not. False if something is wrong."""
    number = grant["number"]
    try:
        link = receiver.open_grant(grant)
        if link.needs_passcode:
            click.echo(f"Grant {number}: needs a passcode; ask the resident.", err=True)
            return True
        for document in receiver.read(link, recipient):
            click.echo(json.dumps(document, separators=(",", ":")))
    except AskingFailed as error:
        click.echo(f"Grant {number}: {error}", err=True)
        return error.status == 404  # paused or expired by its owner, which is as it should be
    except (CannotOpen, PassportError, *_MISSHAPEN) as error:
        click.echo(f"Grant {number}: can not be opened: {error}", err=True)
        return False
    return True


if __name__ == "__main__":
    fetch()
