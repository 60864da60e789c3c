"""SIGKILL while saving takes nothing that was reported saved, and doubles nothing that is saved again."""

import json
import subprocess
import sys
from pathlib import Path

from tests.wire import folder_in_memory


def test_two_hundred_kills_while_saving_lose_and_double_nothing():
    with folder_in_memory() as folder:
        command = [sys.executable, "-m", "tests.store.kill_saves", str(folder), "200"]
        ended = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    outcome = json.loads(ended.stdout)
    assert (outcome["lost"], outcome["doubled"], outcome["damaged"]) == (0, 0, 0)
    assert outcome["reported"] > 100
    assert outcome["cut_short"] > 20, "the kills must hit saves, or this proves nothing"
