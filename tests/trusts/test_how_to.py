"""docs/how-to/connect-a-trust.md does what it says: its commands are run as they stand there."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.live_service import LiveService

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "connect-a-trust.md"


def test_the_commands_of_the_how_to_connect_a_trust(live_server, tmp_path):
    service: LiveService = live_server()
    script = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL))
    script = (
        script.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
        .replace("trust-keys", str(tmp_path / "trust-keys"))
        .replace("https://passport.example", service.base_url)
    )
    done = run(script, service)
    assert "Marlbrook Trust" in done.stdout
    assert "Next time: --cursor" in done.stderr


def test_the_demos_organisation_reads_the_story_it_was_given(live_server, tmp_path):
    service: LiveService = live_server()
    organisation = json.loads(service.flask("demo", "--json"))["organisation"]
    (tmp_path / "private.jwk").write_text(json.dumps(organisation["private_jwk"]))
    (tmp_path / "hpke.txt").write_text(organisation["hpke_private_key"])
    printed = service.flask(
        *("trusts", "fetch"),
        *("--token-url", organisation["token_url"]),
        *("--grants-url", organisation["grants_url"]),
        *("--client-id", organisation["client_id"]),
        *("--private-jwk", str(tmp_path / "private.jwk")),
        *("--hpke-private-key", str(tmp_path / "hpke.txt")),
    )
    (line,) = printed.splitlines()
    assert json.loads(line)["resourceType"] == "Bundle"


def run(script: str, service: LiveService) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=ROOT,
        env=service.env,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
