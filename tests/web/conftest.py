"""Residents in front of the pages: a browser without scripts, and one with."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from config.secrets_file import InstanceSecrets
from passport.storage.database import Database
from passport.wiring import wiring
from tests.applications import make_app
from tests.residents import PASSPHRASE, PEPPER_SECRET, Resident, new_resident
from tests.servers import free_port
from tests.web.visitor import Visitor


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path, secrets=InstanceSecrets(b"s" * 32, PEPPER_SECRET))


@pytest.fixture
def database(app: Flask) -> Database:
    with app.app_context():
        return wiring().database


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """A browser that nobody has signed in with."""
    return Visitor(app)


@pytest.fixture
def maud(database: Database) -> Resident:
    """A resident with a few words in her story."""
    resident = new_resident(database)
    resident.write("please-do", ["Warm your hands first"])
    resident.write("most-important", "My knees hurt.")
    resident.write("crisis", {"helps": ["Quiet, please"]}, sensitive=True)
    resident.write("identity", {"called": "Maudie", "birth-date": "1941-03-27"})
    return resident


@pytest.fixture
def signed_in(app: Flask, maud: Resident) -> Visitor:
    """Maud's browser, signed in."""
    return Visitor(app, maud.cookie)


@pytest.fixture
def other(app: Flask, database: Database) -> Visitor:
    """The browser of another resident, signed in."""
    return Visitor(app, new_resident(database).cookie)


@dataclass(frozen=True)
class Served:
    """An application that a real browser can reach."""

    app: Flask
    base_url: str
    maud: Resident
    passphrase: str = PASSPHRASE


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: object = "-", size: object = "-") -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The pages on a port of this machine, with Maud's story."""
    port = free_port()
    secrets = InstanceSecrets(b"s" * 32, PEPPER_SECRET)
    app = make_app(tmp_path, base_url=f"http://127.0.0.1:{port}", secrets=secrets)
    with app.app_context():
        resident = new_resident(wiring().database)
    resident.write("please-do", ["Warm your hands first"])
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(app, f"http://127.0.0.1:{port}", resident)
    server.shutdown()
    thread.join()
