"""What a command prints is its own: no library greets in between."""

import os
import subprocess
import sys

import pytest

from tests.repository import ROOT, sources

PAINTERS = [path for path in sources("edge") if "\nimport pygame" in path.read_text(encoding="utf-8")]


def name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_pygame_is_imported_by_more_than_the_display():
    assert {path.relative_to(ROOT).parts[1] for path in PAINTERS} == {"demo", "display", "picture"}


@pytest.mark.parametrize("module", ["edge.demo.capture", "edge.picture.drawing", "edge.display.pygame"])
def test_pygame_does_not_greet_whichever_module_comes_first(module):
    assert module in {name(path) for path in PAINTERS}
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYGAME")}
    run = subprocess.run(
        [sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=True, cwd=ROOT, env=plain
    )
    assert (run.stdout, run.stderr) == ("", "")
