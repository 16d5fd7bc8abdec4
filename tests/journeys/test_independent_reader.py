"""A reader that we did not write opens our links: kill-the-clipboard, from npm."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from scripts.build_assets import with_node

READER = Path(__file__).with_name("independent_reader.mjs")
OUR_WORDS = "Do not touch my left arm: the joint is inflamed and it hurts for days"


@pytest.fixture(scope="module")
def demo(shared_live_server):
    return json.loads(shared_live_server.flask("demo", "--json"))


def read(share: dict[str, str], passcode: str = "", longest: str = "") -> dict:
    command = ["node", str(READER), share["link"], "Ward 7", passcode, longest]
    done = subprocess.run(
        command, env=with_node(os.environ), capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


def words(answer: dict) -> str:
    assert "resources" in answer, answer
    (bundle,) = answer["resources"]
    assert bundle["type"] == "document"
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    return json.dumps(answer, ensure_ascii=False)


def test_it_reads_a_link_without_passcode(demo):
    assert OUR_WORDS in words(read(demo["shares"]["open"]))


def test_it_reads_a_link_with_passcode(demo):
    share = demo["shares"]["passcode"]
    assert OUR_WORDS in words(read(share, share["passcode"]))


def test_it_reads_a_file_by_location(demo):
    assert OUR_WORDS in words(read(demo["shares"]["open"], longest="10"))


def test_it_reads_a_direct_link(demo):
    assert OUR_WORDS in words(read(demo["shares"]["direct"]))


def test_it_understands_our_refusals(demo):
    shares = demo["shares"]
    assert read(shares["throwaway"], "000000x")["error"] == "SHLInvalidPasscodeError"
    assert read(shares["revoked"])["error"] == "SHLManifestNotFoundError"
    assert read(shares["expired"], shares["expired"]["passcode"])["error"] == (
        "SHLManifestNotFoundError"
    )
