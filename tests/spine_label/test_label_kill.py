"""kill -9 at any moment: what was dropped before is there, whole, and the next one goes on from it."""

import os
import signal
import subprocess
import sys

import pytest

from models.people.whole_file import without_leftovers
from models.spine.label.folder import LabelFolder, pictures_of
from tests.repository import ROOT
from tests.spine_label.hand import C7, T8, site, sitting

STEP_PX = 10


def start(folder, *drops):
    command = [sys.executable, "-m", "tests.spine_label.killed", str(folder), *map(str, drops)]
    environment = os.environ | {"SDL_VIDEODRIVER": "dummy", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def labelled(folder):
    files = pictures_of(folder)
    found = [labels for file in files if (labels := LabelFolder(folder).load(file.sha256)) is not None]
    assert len(found) == 1
    return found[0]


def dropped_by_px(labels, scale):
    point = labels.points[C7]
    return (point.xy_px[0] - point.predicted_px[0]) * scale


@pytest.fixture
def scale(tmp_path):
    with sitting(site(tmp_path)) as hand:
        return hand.page.view.scale


def test_a_kill_in_the_middle_of_writing_a_drop_leaves_the_drop_before_it(tmp_path, scale):
    child = start(tmp_path, 4)
    said = child.communicate(timeout=100)[0].split()
    assert (child.returncode, said) == (-signal.SIGKILL, ["1", "2", "3"])
    assert list((tmp_path / "labels").glob(".*.part"))
    assert dropped_by_px(labelled(tmp_path), scale) == pytest.approx(STEP_PX, abs=0.01)  # to, fro and to
    without_leftovers(tmp_path / "labels")  # as the command does first
    assert not list((tmp_path / "labels").glob(".*.part"))
    with sitting(tmp_path) as hand:
        hand.desk.open(0)
        assert hand.point(C7).state == "corrected"
        hand.drag(T8, (20, 0))
    assert {point.state for point in (labelled(tmp_path).points[C7], labelled(tmp_path).points[T8])} == {"corrected"}


@pytest.mark.parametrize("wanted", [1, 2, 5, 9])
def test_a_kill_from_outside_loses_nothing_that_was_dropped(tmp_path, scale, wanted):
    child = start(tmp_path)
    for _ in range(wanted):
        assert child.stdout.readline().strip()
    child.kill()
    rest = child.communicate(timeout=60)[0].split()
    last = wanted + len(rest)
    # The drop after the last one it spoke of may have been written, too.
    by = dropped_by_px(labelled(tmp_path), scale)
    assert by == pytest.approx(0.0, abs=0.01) or by == pytest.approx(STEP_PX, abs=0.01)
    assert labelled(tmp_path).points[C7].state == "corrected"
    assert last >= wanted
