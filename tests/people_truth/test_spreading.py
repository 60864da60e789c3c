"""Work on many processes, some of which die."""

import os

import pytest

from edge.errors import ConfigError, PlumblineError
from models.people.cluster import on_cluster
from models.people.pool import on_cores
from models.people.whole_file import without_leftovers, write_whole
from tests.people_truth.chores import Chore, always_deadly, chore


def chores(folder, count=12, deadly=()):
    return [Chore(number, str(folder), number in deadly) for number in range(count)]


def written(folder):
    return sorted(int(path.stem) for path in folder.glob("*.txt"))


def test_every_job_is_done_once_on_the_cores(tmp_path):
    assert sorted(on_cores(chore, chores(tmp_path), 2)) == list(range(12))
    assert written(tmp_path) == list(range(12))


def test_a_killed_process_costs_no_job_and_doubles_none(tmp_path):
    assert sorted(on_cores(chore, chores(tmp_path, deadly=(5,)), 2)) == list(range(12))
    assert written(tmp_path) == list(range(12))
    assert (tmp_path / "killed").exists()


def test_a_job_that_always_kills_is_given_up_with_what_to_do(tmp_path):
    with pytest.raises(PlumblineError, match="memory"):
        list(on_cores(always_deadly, chores(tmp_path, 2), 1))


def test_a_killed_worker_of_a_cluster_costs_no_job_and_doubles_none(tmp_path):
    pytest.importorskip("distributed")
    assert sorted(on_cluster(chore, chores(tmp_path, deadly=(5,)), "local", 2)) == list(range(12))
    assert written(tmp_path) == list(range(12))
    assert (tmp_path / "killed").exists()


def test_a_cluster_that_does_not_answer_is_named():
    pytest.importorskip("distributed")
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1:9"):
        list(on_cluster(chore, [], "tcp://127.0.0.1:9", patience_s=0.5))


def test_a_half_written_file_is_never_found_and_is_cleared_away(tmp_path):
    write_whole(tmp_path / "a.txt", b"whole")
    (tmp_path / ".b.txt.999999999.part").write_bytes(b"ha")
    assert [path.name for path in without_leftovers(tmp_path).iterdir()] == ["a.txt"]


def test_the_part_of_a_living_run_is_left_alone(tmp_path):
    part = tmp_path / f".b.txt.{os.getppid()}.part"
    part.write_bytes(b"ha")
    without_leftovers(tmp_path)
    assert part.exists()
