"""Starting the service, the way `make run` does, on a machine where it never ran."""

import json
from base64 import urlsafe_b64decode
from urllib.parse import urlsplit

import requests


def manifest_path(link):
    """Where a health link's manifest is, without the site's own address."""
    payload = link.split("shlink:/")[1]
    address = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["url"]
    return urlsplit(address).path


def test_a_first_start_makes_secrets_that_only_their_owner_can_read(live_server):
    service = live_server()

    assert (service.instance_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert requests.get(service.base_url, timeout=10).status_code == 200


def test_a_second_start_keeps_the_secrets_and_the_shares(live_server):
    first = live_server()
    secrets = (first.instance_path / "secrets.json").read_bytes()
    path = manifest_path(json.loads(first.flask("demo", "--json"))["shares"]["open"]["link"])
    first.kill()

    second = live_server(instance_path=first.instance_path)

    assert (second.instance_path / "secrets.json").read_bytes() == secrets
    answer = requests.post(second.base_url + path, json={"recipient": "A ward"}, timeout=10)
    assert answer.status_code == 200
    assert answer.json()["files"]


def test_it_starts_on_an_empty_postgresql_database_too(live_server, fresh_postgres_url):
    service = live_server(DATABASE_URL=fresh_postgres_url)

    assert requests.get(f"{service.base_url}/readyz", timeout=10).status_code == 200
    assert not (service.instance_path / "passport.sqlite").exists()
