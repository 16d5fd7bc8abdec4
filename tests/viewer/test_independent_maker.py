"""Links that kill-the-clipboard, which we did not write, makes and serves open in our viewer."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts.build_assets import with_node
from tests.viewer.demo import demo_bundle

MAKER = Path(__file__).with_name("independent_maker.mjs")


@contextmanager
def made_elsewhere(folder, *wishes):
    bundle = folder / "bundle.json"
    bundle.write_text(json.dumps(demo_bundle()))
    command = ["node", str(MAKER), str(bundle), *wishes]
    made = subprocess.Popen(command, env=with_node(os.environ), stdout=subprocess.PIPE, text=True)
    try:
        yield made.stdout.readline().strip()
    finally:
        made.terminate()
        made.wait(timeout=30)
        made.stdout.close()


@pytest.mark.parametrize(
    "wishes",
    [(), ("zip",), ("location",), ("zip", "location"), ("direct",), ("passcode=violet-7", "zip")],
    ids=" ".join,
)
def test_a_link_made_elsewhere_opens(reader, tmp_path, wishes):
    passcode = next((one.removeprefix("passcode=") for one in wishes if "passcode" in one), None)
    with made_elsewhere(tmp_path, *wishes) as link:
        reader.scan(link, "/view/elsewhere")
        if passcode:
            reader.press_open(passcode="wrong")
            expect(reader.summary).to_contain_text("Tries left: 4.")
        reader.press_open(passcode=passcode)
        expect(reader.story).to_contain_text("Do not touch my left arm")
        expect(reader.story).to_contain_text("Made elsewhere")
