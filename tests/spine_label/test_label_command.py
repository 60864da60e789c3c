"""The command: what it refuses in one sentence, and that it runs from the first question to the last key."""

import contextlib
import subprocess
import sys
import threading

import pygame
import pytest
import typer
from typer.testing import CliRunner

from edge.store.lock import StoreLock
from models.spine.label.command import label
from models.spine.label.folder import LabelFolder, pictures_of
from tests.repository import ROOT
from tests.spine_label.hand import agree, site, write_picture

APP = typer.Typer()
APP.command()(label)


def run(*words):
    return CliRunner().invoke(APP, [str(word) for word in words])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--operator", "Jane"), "never a name"),
        (("--operator", "nurse-2", "--consent", "yesterday"), "YYYY-MM-DD"),
        (("--operator", "nurse-2", "--consent", "9999-01-01"), "still to come"),
        (("--operator", "nurse-2", "--withdraw", "nobody.png"), "no picture nobody.png"),
        (("--operator", "nurse-2", "--network", "spine_nowhere"), "spine_nowhere is not built"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_code_one(tmp_path, words, sentence):
    write_picture(tmp_path / "0.png")
    done = run(tmp_path, *words)
    assert done.exit_code == 1
    assert sentence in " ".join(done.output.split())
    assert "Traceback" not in done.output


def test_a_folder_that_is_not_there_is_said(tmp_path):
    done = run(tmp_path / "nowhere", "--operator", "nurse-2")
    assert (done.exit_code, "no such folder" in done.output) == (1, True)


def test_two_tools_never_share_a_folder(tmp_path):
    site(tmp_path)
    lock = StoreLock(tmp_path / "labels" / "labels.lock", "another labelling tool")
    try:
        done = run(tmp_path, "--operator", "nurse-2", "--simulated")
        assert (done.exit_code, "another labelling tool" in done.output) == (1, True)
    finally:
        lock.release()


def test_a_withdrawal_opens_no_window(tmp_path, monkeypatch):
    monkeypatch.delenv("SDL_VIDEODRIVER", raising=False)
    site(tmp_path)
    done = run(tmp_path, "--operator", "nurse-2", "--withdraw", "1.png")
    assert done.exit_code == 0, done.output
    refused = next(file.sha256 for file in pictures_of(tmp_path) if file.path.name == "1.png")
    assert LabelFolder(tmp_path).manifest.consent(refused).given == "no"


def test_without_a_screen_it_says_so(tmp_path, monkeypatch):
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    site(tmp_path)
    program = "import typer; from models.spine.label.command import label; typer.run(label)"
    words = [str(tmp_path), "--operator", "nurse-2", "--simulated"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 1
    assert "screen" in done.stderr
    assert "Traceback" not in done.stderr


def test_leftovers_of_a_killed_tool_are_cleared_away(tmp_path):
    write_picture(tmp_path / "0.png")
    agree(tmp_path)
    left = tmp_path / "labels" / ".0123456789abcdef.json.4194303.part"
    left.write_bytes(b"{half")
    run(tmp_path, "--operator", "nurse-2", "--withdraw", "nobody.png")
    assert not left.exists()


def test_the_command_asks_opens_and_ends_when_somebody_quits(tmp_path):
    site(tmp_path)
    write_picture(tmp_path / "9.png", 75)
    ended = threading.Event()

    def keep_asking() -> None:
        while not ended.wait(0.2):
            with contextlib.suppress(pygame.error):  # the window is not there yet, or no more
                pygame.event.post(pygame.event.Event(pygame.QUIT))

    somebody = threading.Thread(target=keep_asking)
    somebody.start()
    try:
        done = run(tmp_path, "--operator", "nurse-2", "--simulated", "--consent", "2026-11-02")
    finally:
        ended.set()
        somebody.join()
    assert done.exit_code == 0, done.output
    assert "4 pictures" in done.output
    assert len(LabelFolder(tmp_path).manifest.consents) == 4
