"""Limits, health, the published description, and a database that fails."""

import time
from urllib.parse import urlsplit

import pytest
import redis
from sqlalchemy import create_engine, text

from passport.sharing.receipts import list_receipts
from tests.app_residents import sign_up_resident
from tests.applications import make_app
from tests.minutes import within_a_minute
from tests.servers import redis_server


def read(client, path):
    return client.post(path, json={"recipient": "Ward 7"})


def test_too_many_reads_are_told_how_long_to_wait(tmp_path):
    app = make_app(tmp_path, rate_limits=True, read_limit="3 per minute")
    resident = sign_up_resident(app)
    first, second = (urlsplit(resident.link(resident.shares()).url).path for _ in range(2))
    client = app.test_client()
    within_a_minute(5)
    assert [read(client, first).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = read(client, first)
    assert refused.content_type == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert read(client, second).status_code == 200, "one share's limit is not another's"


def test_a_locked_database_is_a_503_and_nothing_was_acknowledged(app, resident, monkeypatch):
    monkeypatch.setattr("passport.storage.database.BUSY_SECONDS", 0)
    path = urlsplit(resident.link(resident.shares()).url).path
    resident.wired.database.close()
    blocker = create_engine(resident.wired.settings.database_url)
    with blocker.connect() as other:
        other.execute(text("PRAGMA journal_mode"))
        other.rollback()
        other.connection.driver_connection.isolation_level = None
        other.exec_driver_sql("BEGIN IMMEDIATE")
        answer = read(app.test_client(), path)
        other.exec_driver_sql("ROLLBACK")
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Retry-After"]
    assert list_receipts(resident.wired.database, resident.passport) == []


def test_a_database_that_is_gone_is_a_503(tmp_path):
    app = make_app(tmp_path / "there") if (tmp_path / "there").mkdir() is None else None
    resident = sign_up_resident(app)
    path = urlsplit(resident.link(resident.shares()).url).path
    resident.wired.database.close()
    (tmp_path / "there").rename(tmp_path / "gone")
    client = app.test_client()
    assert read(client, path).status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_ready_means_migrated(tmp_path):
    from config.secrets_file import InstanceSecrets
    from config.settings import Settings
    from passport import create_app

    settings = Settings(
        "testing",
        "http://localhost",
        f"sqlite:///{tmp_path}/empty.sqlite",
        tmp_path,
        InstanceSecrets(b"s" * 32, b"p" * 32),
    )
    assert create_app(settings).test_client().get("/readyz").status_code == 503
    assert make_app(tmp_path).test_client().get("/readyz").status_code == 200


def test_the_api_describes_itself(app):
    spec = app.test_client().get("/api/openapi.json").get_json()
    assert spec["openapi"].startswith("3.")
    assert {"/shl/{address}", "/api/trusts/v1/grants", "/api/trusts/v1/token"} <= set(spec["paths"])
    page = app.test_client().get("/api/docs")
    assert page.status_code == 200
    assert all(path in page.text for path in ("/shl/{address}", "/api/trusts/v1/grants"))


@pytest.mark.parametrize("path", ["/api/nothing", "/shl/a/b/c", "/api/trusts/v1/nothing"])
def test_an_api_address_that_is_not_there_is_a_problem_in_json(path, app):
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_failure_of_ours_shows_no_trace(app, resident, monkeypatch):
    path = urlsplit(resident.link(resident.shares()).url).path

    def fail(*_: object) -> None:
        raise RuntimeError("copper otter")

    monkeypatch.setattr("passport.api.shl.read_manifest", fail)
    answer = read(app.test_client(), path)
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "otter" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.redis
def test_a_counter_that_hangs_holds_up_nobody(tmp_path):
    with redis_server() as url:
        app = make_app(tmp_path, rate_limits=True, redis_url=url)
        client = redis.from_url(url)
        client.execute_command("CLIENT", "PAUSE", "10000")
        begun = time.monotonic()
        assert read(app.test_client(), f"/shl/{'A' * 43}").status_code == 404
        assert app.test_client().post("/api/trusts/v1/token").status_code == 400
        assert time.monotonic() - begun < 8


def test_no_log_holds_an_address_of_a_share(app, resident, caplog):
    path = urlsplit(resident.link(resident.shares()).url).path
    with caplog.at_level("DEBUG"):
        assert read(app.test_client(), path).status_code == 200
    assert path.rpartition("/")[2] not in caplog.text
