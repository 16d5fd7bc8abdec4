"""Settings: what works is taken, what can't work is refused in words that help."""

import json
from pathlib import Path
from typing import Any

import pytest

from config.secrets_file import FILE_NAME, NoSecrets, load_secrets, make_secrets
from config.settings import Settings, SettingsError, load_settings

PRODUCTION = {"PASSPORT_ENV": "production", "BASE_URL": "https://passport.example"}
KEY = "A" * 43 + "="


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance folder with secrets in it."""
    make_secrets(tmp_path)
    return tmp_path


def _load(instance: Path, **environ: str) -> Settings:
    return load_settings({"INSTANCE_PATH": str(instance), **environ})


def test_without_an_environment_it_runs_for_a_developer(instance: Path) -> None:
    settings = _load(instance)
    assert settings.environment == "development"
    assert settings.base_url == settings.origin == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{instance}/passport.sqlite"
    assert settings.argon2_memory_kib == 65536
    assert settings.sqlite_synchronous == "FULL"
    assert settings.rate_limits


def test_the_environment_is_honoured(instance: Path) -> None:
    settings = _load(
        instance,
        **PRODUCTION,
        DATABASE_URL="postgresql+psycopg://db/passport",
        REDIS_URL="redis://cache",
        TRUSTED_PROXIES="2",
        SQLITE_SYNCHRONOUS="normal",
    )
    assert settings.is_production
    assert settings.is_https
    assert settings.database_url == "postgresql+psycopg://db/passport"
    assert settings.redis_url == "redis://cache"
    assert settings.trusted_proxies == 2
    assert settings.sqlite_synchronous == "NORMAL"


def test_the_port_is_part_of_the_default_address(instance: Path) -> None:
    assert _load(instance, PORT="9000").base_url == "http://127.0.0.1:9000"
    assert _load(instance, PORT="9000", BASE_URL="https://a.example/").base_url == (
        "https://a.example"
    )


@pytest.mark.parametrize(
    "environ",
    [
        {"PASSPORT_ENV": "staging"},
        {"BASE_URL": "passport.example"},
        {"BASE_URL": "ftp://passport.example"},
        {"BASE_URL": "https://passport.example/?a=1"},
        {"BASE_URL": "https://passport.example/#a"},
        {"BASE_URL": "https://"},
        {"BASE_URL": "http://["},
        {"BASE_URL": "https://:443"},
        {"BASE_URL": "https://passport.example:port"},
        {"BASE_URL": f"https://{'a' * 73}"},
        {"PORT": "eight thousand"},
        {"TRUSTED_PROXIES": "one"},
        {"TRUSTED_PROXIES": "-1"},
        {"TRUSTED_PROXIES": "²"},
        {"ARGON2_MEMORY_KIB": "64 MB"},
        {"SQLITE_SYNCHRONOUS": "OFF"},
        {**PRODUCTION, "BASE_URL": "http://passport.example"},
        {**PRODUCTION, "ARGON2_MEMORY_KIB": "64"},
        {**PRODUCTION, "RATE_LIMITS": "off"},
    ],
    ids=str,
)
def test_what_can_not_work_is_refused_in_words(instance: Path, environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"[A-Z_]{4,}.*(must|can't|use|such as)"):
        _load(instance, **environ)


def test_secrets_are_in_no_printed_settings(instance: Path) -> None:
    settings = _load(instance)
    for text in json.loads((instance / FILE_NAME).read_text()).values():
        assert text not in repr(settings)
    assert repr(settings.secrets.pepper) not in repr(settings)


def test_fresh_secrets_are_for_their_owner_only(tmp_path: Path) -> None:
    assert make_secrets(tmp_path / "instance")
    file = tmp_path / "instance" / FILE_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    found = load_secrets(file.parent, {})
    assert len(found.pepper) == len(found.secret_key) == 32
    assert found.pepper != found.secret_key
    assert [path.name for path in file.parent.iterdir()] == [FILE_NAME]


def test_secrets_in_use_are_never_written_over(instance: Path) -> None:
    before = (instance / FILE_NAME).read_text()
    assert not make_secrets(instance)
    assert (instance / FILE_NAME).read_text() == before


def test_secrets_may_come_from_the_environment(tmp_path: Path) -> None:
    assert load_secrets(tmp_path, {"SECRET_KEY": KEY, "PEPPER": KEY}).pepper == bytes(32)


def test_one_secret_from_the_environment_goes_with_the_other_from_the_file(instance: Path) -> None:
    found = load_secrets(instance, {"PEPPER": KEY})
    assert found.pepper == bytes(32)
    assert found.secret_key == load_secrets(instance, {}).secret_key


@pytest.mark.parametrize("content", ["", "{", "[1]", "7", "{}", '{"pepper": 7}'])
def test_a_damaged_file_of_secrets_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(NoSecrets):
        load_secrets(tmp_path, {})


@pytest.mark.parametrize("environ", [{}, {"PEPPER": KEY}, {"PEPPER": "short", "SECRET_KEY": KEY}])
def test_without_usable_secrets_it_says_how_to_make_them(
    tmp_path: Path, environ: dict[str, Any]
) -> None:
    with pytest.raises(NoSecrets, match=r"python -m config|base64url|at least 32 bytes"):
        load_secrets(tmp_path, environ)
