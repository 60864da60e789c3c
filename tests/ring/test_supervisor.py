from collections.abc import Iterator

import pytest

from edge.camera.state import CameraState
from edge.errors import DeviceError
from edge.ring.orders import EXIT_FAILED
from edge.ring.supervisor import Health, VisionState, patience_for
from tests.ring.nursery import POLL_S, Nursery


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.supervisor.close()
    for child in nursery.children:
        child.close()


def test_vision_is_running_when_the_first_pose_has_come(nursery: Nursery):
    assert nursery.run(1.0).state is VisionState.STARTING
    nursery.child.ring.change_status(running=True)
    assert nursery.run(1.0).state is VisionState.STARTING
    nursery.child.pose()
    health = nursery.run(30.0)
    assert health == Health(VisionState.RUNNING, None, CameraState.FINE, 0)
    assert len(nursery.children) == 1


def test_a_slow_start_is_no_fault_but_an_endless_one_is(nursery: Nursery):
    nursery.run(0.1)
    nursery.child.captures = nursery.child.poses = False
    assert nursery.run(14.5).state is VisionState.STARTING
    health = nursery.run(1.0)
    assert (health.state, health.reason) == (VisionState.LOST, "Vision does not start in time.")
    assert nursery.children[0].killed


@pytest.mark.parametrize(("loop", "reason"), [("captures", "The camera hangs."), ("poses", "The pose network hangs.")])
def test_a_loop_that_stands_still_is_noticed_within_a_second_and_killed(nursery: Nursery, loop: str, reason: str):
    nursery.run_well()
    setattr(nursery.child, loop, False)
    assert nursery.time_to_notice_s() <= 1.0
    assert nursery.run(0.0).reason == reason
    assert nursery.children[0].killed
    nursery.run(1.0)
    nursery.run_well()
    assert len(nursery.children) == 2


def test_a_child_that_dies_is_noticed_at_once_and_lost_until_the_next_pose(nursery: Nursery):
    nursery.run_well()
    nursery.child.code = -9
    assert nursery.run(0.0) == Health(VisionState.LOST, "Vision has ended by itself (-9).", CameraState.OPENING, 0)
    assert nursery.supervisor.reader is None
    health = nursery.run(2.0)
    assert len(nursery.children) == 2
    assert (health.state, health.restarts) == (VisionState.LOST, 1)
    assert health.reason == "Vision has ended by itself (-9)."
    nursery.run_well()
    assert nursery.supervisor.reader is nursery.children[1].reader
    assert nursery.children[0].closed


def test_a_child_that_gives_up_is_quoted(nursery: Nursery):
    nursery.run(0.1)
    nursery.child.ring.change_status(reason="pose_full.int8.onnx has been altered, build it again")
    nursery.child.code = EXIT_FAILED
    assert nursery.run(0.0).reason == "pose_full.int8.onnx has been altered, build it again"


@pytest.mark.parametrize("camera", [CameraState.LOST, CameraState.FROZEN])
def test_a_camera_that_vision_reports_lost_is_passed_on_without_a_restart(nursery: Nursery, camera: CameraState):
    nursery.run_well()
    nursery.child.ring.change_status(camera=camera, reason="plug it in")
    assert nursery.run(5.0) == Health(VisionState.LOST, "plug it in", camera, 0)
    nursery.child.ring.change_status(camera=CameraState.OPENING)
    assert nursery.run(0.0).state is VisionState.LOST
    nursery.child.pose()
    assert nursery.run(0.0).state is VisionState.RUNNING
    assert len(nursery.children) == 1


def test_a_camera_lost_for_long_gets_a_new_process(nursery: Nursery):
    nursery.run_well()
    nursery.child.ring.change_status(camera=CameraState.LOST, reason="plug it in")
    health = nursery.run(14.0)
    assert len(nursery.children) == 1
    health = nursery.run(2.0)
    assert len(nursery.children) == 2
    assert (health.state, health.reason) == (VisionState.LOST, "plug it in")


@pytest.mark.parametrize("camera", [CameraState.DARK, CameraState.BRIGHT, CameraState.SLOW])
def test_a_poor_picture_is_told_and_vision_goes_on(nursery: Nursery, camera: CameraState):
    nursery.run_well()
    nursery.child.ring.change_status(camera=camera, reason="look at the camera")
    assert nursery.run(60.0) == Health(VisionState.RUNNING, "look at the camera", camera, 0)


def test_a_recording_that_has_ended_is_no_fault(nursery: Nursery):
    nursery.run_well()
    nursery.child.ring.change_status(camera=CameraState.ENDED, reason="the recording has ended")
    health = nursery.run(120.0)
    assert health == Health(VisionState.ENDED, "the recording has ended", CameraState.ENDED, 0)
    assert len(nursery.children) == 1


def test_it_tries_for_ever_and_waits_no_longer_than_four_seconds(nursery: Nursery):
    def die(health: Health) -> bool:
        if nursery.children:
            nursery.child.code = 1
        return False

    nursery.run(60.0, die)
    waits = [later - sooner for sooner, later in zip(nursery.start_s, nursery.start_s[1:], strict=False)]
    assert waits[:4] == pytest.approx([0.0, 0.5, 1.0, 2.0], abs=2.5 * POLL_S)
    assert len(waits) > 12
    assert waits[4:] == pytest.approx([4.0] * len(waits[4:]), abs=2.5 * POLL_S)


def test_a_pose_makes_the_next_restart_quick_again(nursery: Nursery):
    for _ in range(6):
        nursery.run_well()
        nursery.child.code = 1
        nursery.run(0.7)
    waits = [later - sooner for sooner, later in zip(nursery.start_s, nursery.start_s[1:], strict=False)]
    assert max(waits) < 1.0
    assert len(nursery.children) == 7


def test_a_process_that_cannot_be_started_is_tried_again(nursery: Nursery):
    nursery.error = DeviceError("vision does not start (Cannot allocate memory), check the installation")
    health = nursery.run(1.0)
    assert health.state is VisionState.LOST
    assert health.reason == "vision does not start (Cannot allocate memory), check the installation"
    nursery.error = None
    nursery.run(5.0)
    nursery.run_well()


def test_a_station_that_was_held_up_itself_does_not_blame_vision(nursery: Nursery):
    nursery.run_well()
    nursery.clock.sleep(30.0)  # the whole machine stood still
    for _ in range(10):  # and vision has not had its turn yet
        assert nursery.supervisor.poll().state is VisionState.RUNNING
        nursery.clock.sleep(POLL_S)
    assert nursery.run(1.0).state is VisionState.RUNNING
    assert len(nursery.children) == 1


def test_a_station_that_is_always_slow_still_sees_a_hang(nursery: Nursery):
    nursery.run_well()
    nursery.child.captures = nursery.child.poses = False
    for _ in range(5):
        nursery.clock.sleep(0.5)
        health = nursery.supervisor.poll()
    assert health.state is VisionState.LOST


def test_a_recording_slower_than_the_settings_is_not_taken_for_hanging(nursery: Nursery):
    nursery.run_well()
    nursery.child.ring.change_status(camera_hz=1.0)
    nursery.child.captures = nursery.child.poses = False
    health = nursery.run(2.0)
    assert (health.state, health.camera_hz) == (VisionState.RUNNING, 1.0)
    assert nursery.time_to_notice_s() <= 1.0


def test_slow_cameras_need_more_patience():
    assert patience_for(30.0) == 0.8
    assert patience_for(1.0) == 2.5


def test_the_wish_for_silhouettes_outlives_a_restart(nursery: Nursery):
    nursery.run_well()
    nursery.supervisor.want_silhouette(True)
    assert nursery.child.ring.silhouette_wanted
    nursery.child.code = 1
    nursery.run(1.0)
    assert len(nursery.children) == 2
    assert nursery.child.ring.silhouette_wanted


def test_closing_ends_vision_and_is_fine_twice(nursery: Nursery):
    nursery.run_well()
    nursery.supervisor.close()
    assert nursery.child.closed
    assert nursery.supervisor.reader is None
    nursery.supervisor.close()
