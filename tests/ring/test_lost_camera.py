"""What the supervisor says of a camera that is opened over and over."""

from collections.abc import Iterator

import pytest

from edge.camera.state import CameraState
from edge.ring.supervisor import Health, VisionState
from tests.ring.nursery import Nursery


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.supervisor.close()
    for child in nursery.children:
        child.close()


def test_a_lost_camera_that_is_opened_over_and_over_stays_lost(nursery: Nursery):
    nursery.run_well()
    seen = set()
    for _ in range(80):  # as the capture loop does it: four times a second, past the restart of the process
        for state in (CameraState.LOST, CameraState.OPENING):
            nursery.child.ring.change_status(running=True, camera=state, reason="plug it in")
            health = nursery.run(0.125)
            seen.add((health.state, health.camera, health.reason))
    assert seen == {(VisionState.LOST, CameraState.LOST, "plug it in")}
    assert len(nursery.children) > 1
    nursery.child.pose()
    assert nursery.run(0.0).camera is CameraState.FINE


def test_a_camera_that_is_set_up_wrong_gets_no_new_process(nursery: Nursery):
    nursery.run_well()
    for _ in range(80):
        for state in (CameraState.UNUSABLE, CameraState.OPENING):
            nursery.child.ring.change_status(camera=state, reason="no such file")
            assert nursery.run(0.125) == Health(VisionState.LOST, "no such file", CameraState.UNUSABLE, 0)
