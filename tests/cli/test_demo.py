"""The demo makes what it promises, each link behaves as its name says, and never in production."""

import json
import sys
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from passport.sharing.shlink import parse
from passport.wiring import wiring
from tests.applications import make_app

ACTIVE = ["open", "passcode", "throwaway", "throwaway2", "throwaway3"]
OVER = ["expired", "revoked", "paused"]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return make_app(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def made(app, tmp_path_factory):
    keys = tmp_path_factory.mktemp("keys") / "made"
    done = app.test_cli_runner().invoke(args=["demo", "--json", "--keys-into", str(keys)])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout) | {"keys": keys}


def ask(app, share):
    link = parse(share["link"])
    path = urlsplit(link.url).path
    if link.is_direct:
        return app.test_client().get(f"{path}?recipient=Ward").status_code
    body = {"recipient": "Ward", "passcode": share.get("passcode")}
    body = {name: value for name, value in body.items() if value}
    return app.test_client().post(path, json=body).status_code


@pytest.mark.parametrize("name", ACTIVE)
def test_what_is_active_opens(name, app, made):
    assert ask(app, made["shares"][name]) == 200


@pytest.mark.parametrize("name", OVER)
def test_what_is_over_does_not(name, app, made):
    assert ask(app, made["shares"][name]) == 404


def test_direct_links_are_direct(app, made):
    shares = made["shares"]
    direct = [shares[name] for name in ("direct", "expired_direct", "revoked_direct")]
    assert all("U" in parse(share["link"]).flag for share in direct)
    assert [ask(app, share) for share in direct] == [200, 404, 404]


def test_the_resident_can_sign_in(app, made):
    client, resident = app.test_client(), made["resident"]
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    fields = {"name": resident["sign_in_name"], "passphrase": resident["passphrase"]}
    assert client.post("/sign-in", data=fields | {"csrf_token": token}).status_code == 303
    assert "Rosalind" in client.get("/story/identity").text
    assert len(resident["recovery_code"].split("-")) == 8


def test_the_organisation_has_all_it_needs_to_collect(made):
    organisation = made["organisation"]
    assert set(organisation) >= {
        "name",
        "client_id",
        "token_url",
        "grants_url",
        "private_jwk",
        "hpke_private_key",
    }
    assert (
        organisation["hpke_private_key"] == (made["keys"] / "hpke-private.txt").read_text().strip()
    )
    assert organisation["private_jwk"]["d"]


def test_it_has_no_place_in_production(app, monkeypatch):
    with app.app_context():
        wired = wiring()
    production = replace(wired, settings=replace(wired.settings, environment="production"))
    # By name, since the package's own `demo` is the command, not the module.
    monkeypatch.setattr(sys.modules["passport.cli.demo"], "wiring", lambda: production)
    done = app.test_cli_runner().invoke(args=["demo", "--json"])
    assert done.exit_code != 0
    assert "production" in done.output
