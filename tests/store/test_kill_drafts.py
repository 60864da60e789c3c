"""A station killed in the movement tasks keeps what was measured before, and no session arrives twice or half first."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.wire import folder_in_memory

KILLS = 15


@pytest.fixture(scope="module")
def outcome():
    with folder_in_memory() as folder:
        command = [sys.executable, "-m", "tests.store.kill_drafts", str(folder), str(KILLS)]
        ended = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    return json.loads(ended.stdout)


def test_every_session_whose_standing_takes_were_over_arrives_with_its_numbers(outcome):
    assert outcome["promised"] == KILLS
    assert (outcome["lost"], outcome["without_numbers"]) == (0, 0)
    assert outcome["killed_in_tasks"] >= KILLS // 2, "the kills must hit the tasks, or this proves nothing"


def test_every_task_that_was_over_arrives_too(outcome):
    assert outcome["tasks_lost"] == 0
    assert outcome["with_tasks"] > 0


def test_no_session_arrives_twice_and_none_before_it_is_over(outcome):
    assert (outcome["doubled"], outcome["refused"], outcome["sent_early"]) == (0, 0, 0)
