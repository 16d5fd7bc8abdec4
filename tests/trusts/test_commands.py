"""What the service's operator and an organisation type."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from passport.crypto import hybrid_box
from passport.trusts import make_keys
from passport.trusts.organisations import find_organisation
from tests.trusts.trust import parts_of


@pytest.fixture
def keys(app: Flask, tmp_path: Path) -> Path:
    """A folder with an organisation's keys."""
    assert flask(app, "keygen", "--out", str(tmp_path / "keys")).exit_code == 0
    return tmp_path / "keys"


def flask(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["trusts", *arguments])


def add(app: Flask, keys: Path, name: str = "Marlbrook Trust", **files: str) -> Result:
    names = {"jwks": make_keys.JWKS, "hpke_public_key": make_keys.HPKE_PUBLIC} | files
    return flask(
        app,
        *("add", "--name", name),
        *("--jwks", str(keys / names["jwks"])),
        *("--hpke-public-key", str(keys / names["hpke_public_key"])),
    )


def test_only_their_owner_may_read_private_keys(keys):
    modes = {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()}
    assert modes[make_keys.PRIVATE_JWK] == modes[make_keys.HPKE_PRIVATE] == 0o600
    assert len(modes) == 4
    assert keys.stat().st_mode & 0o777 == 0o700


def test_the_halves_of_the_keys_belong_together(keys):
    private_jwk = json.loads((keys / make_keys.PRIVATE_JWK).read_text())
    (public_jwk,) = json.loads((keys / make_keys.JWKS).read_text())["keys"]
    assert public_jwk == {k: v for k, v in private_jwk.items() if k != "d"}
    private = make_keys.from_base64url((keys / make_keys.HPKE_PRIVATE).read_text().strip())
    public = make_keys.from_base64url((keys / make_keys.HPKE_PUBLIC).read_text().strip())
    assert hybrid_box.public_key_of(private) == public


def test_keys_are_never_written_over(app, keys):
    before = (keys / make_keys.HPKE_PRIVATE).read_text()
    again = flask(app, "keygen", "--out", str(keys))
    assert again.exit_code == 1
    assert "choose another folder" in again.output
    assert (keys / make_keys.HPKE_PRIVATE).read_text() == before


def test_an_added_organisation_is_registered_and_listed(app, keys):
    added = add(app, keys)
    assert added.exit_code == 0
    client_id = added.output.strip()
    assert find_organisation(parts_of(app).database, client_id).name == "Marlbrook Trust"
    assert f"{client_id}  Marlbrook Trust" in flask(app, "list").output


def test_adding_the_same_name_again_says_what_to_do(app, keys):
    add(app, keys)
    again = add(app, keys)
    assert again.exit_code == 1
    assert "Choose another name" in again.output


@pytest.mark.parametrize(
    "files",
    [
        {"jwks": make_keys.PRIVATE_JWK},
        {"jwks": make_keys.HPKE_PUBLIC},
        {"hpke_public_key": make_keys.HPKE_PRIVATE},
        {"hpke_public_key": make_keys.JWKS},
    ],
    ids=str,
)
def test_the_wrong_file_is_refused_without_a_trace_of_what_it_holds(app, keys, files):
    answer = add(app, keys, **files)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
    secrets = json.loads((keys / make_keys.PRIVATE_JWK).read_text())
    assert secrets["d"] not in answer.output
