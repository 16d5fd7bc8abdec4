"""Whether answers to a stranger take longer for somebody who is known, and a guesser with haste.

Known and unknown are asked in turn, in pairs whose order is drawn, so that a machine that slows
down slows both.
"""

import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from config.secrets_file import load_secrets
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.limits import SIGN_IN_NAME
from passport.storage.database import Database
from tests import live_service
from tests.guesser import Guessing, guess
from tests.strangers import Somebody, Typed, Way, ways, without_echo
from tests.web.visitor import ShownForm, forms_on

TRIES = 200
MEMORY_KIB = 16384
GUESSING_SECONDS, CONNECTIONS = 60, 50


@dataclass
class _Answers:
    milliseconds: list[float] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)


def report() -> list[dict[str, object]]:
    """One line for each way to ask, and one for a minute of guessing."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"RATE_LIMITS": "off", "ARGON2_MEMORY_KIB": str(MEMORY_KIB)}
        with live_service.running(Path(folder) / "instance", env) as service:
            somebody = Somebody(*_parts(service))
            lines = [_compare(service.base_url, *item) for item in ways(somebody).items()]
        with live_service.running(Path(folder) / "limited", {"TRUSTED_PROXIES": "1"}) as service:
            return [*lines, _guessed(guess(service, CONNECTIONS, GUESSING_SECONDS))]


def _parts(service: live_service.LiveService) -> tuple[Database, Pepper, Argon2Parameters]:
    database = Database(
        f"sqlite:///{service.instance_path}/passport.sqlite",
        erasure_url=f"sqlite:///{service.instance_path}/erasure.sqlite",
    )
    pepper = Pepper(load_secrets(service.instance_path, {}).pepper)
    return database, pepper, Argon2Parameters(memory_kib=MEMORY_KIB)


def _compare(base_url: str, name: str, way: Way) -> dict[str, object]:
    known, unknown = _Answers(), _Answers()
    for _ in range(TRIES):
        pair = [(way.known(), known), (way.unknown(), unknown)]
        for typed, answers in random.sample(pair, 2):
            # A browser of its own each time: signing up ends the form's session.
            session = requests.Session()
            form = _form(session, base_url + way.address)
            _ask(session, base_url + way.address, form.filled(dict(typed)), typed, answers)
    medians = [statistics.median(answers.milliseconds) for answers in (known, unknown)]
    return {
        "bench": "stranger asks",
        "way": name,
        "tries": TRIES,
        "known_ms": round(medians[0], 2),
        "unknown_ms": round(medians[1], 2),
        "medians_differ_percent": round(100 * abs(medians[0] / medians[1] - 1), 2),
        "same_status_and_length": known.seen == unknown.seen,
    }


def _form(session: requests.Session, address: str) -> ShownForm:
    page = session.post(address, data={"typed": "words"}, timeout=30)
    if page.status_code != 401:
        page = session.get(address, timeout=30)
    return next(form for form in forms_on(page) if form.action == "")


def _ask(
    session: requests.Session,
    address: str,
    sent: dict[str, list[str]],
    typed: Typed,
    answers: _Answers,
) -> None:
    start = time.perf_counter()
    got = session.post(address, data=sent, timeout=30, allow_redirects=False)
    answers.milliseconds.append((time.perf_counter() - start) * 1000)
    answers.seen.add((got.status_code, len(without_echo(got.text, typed))))


def _guessed(guessing: Guessing) -> dict[str, object]:
    return {
        "bench": "guesser",
        "connections": CONNECTIONS,
        "seconds": GUESSING_SECONDS,
        "requests": guessing.tried + guessing.kept_waiting,
        "tries": guessing.tried,
        "limit": SIGN_IN_NAME,
        "owner_got_in_by_code": guessing.owner_got_in,
    }
