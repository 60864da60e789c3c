from dataclasses import dataclass, field

import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.errors import ModelError
from edge.pose.body_view import BodyView
from edge.pose.estimator import LONGEST_GAP_S, Estimate
from edge.pose.landmarks import Joint, Landmarks
from edge.selftest.known_person import KnownPerson, perfect
from edge.selftest.self_test import Check, require_self_test, run_self_test
from tests.people import Person, standing

TILTS_DEG = (6.0, -5.0)


def _known(tilt_deg: float) -> KnownPerson:
    joints = standing(shoulder_tilt_deg=tilt_deg, pelvis_tilt_deg=-tilt_deg, lean_deg=2.0).xyz_px[:, :2]
    return KnownPerson(f"tilted {tilt_deg:+g}", np.zeros((1280, 720, 3), np.uint8), joints.astype(float), BodyView.BACK)


PEOPLE = tuple(_known(tilt) for tilt in TILTS_DEG)


@dataclass
class SimulatedEstimator:
    """Gives what it is told, picture after picture."""

    answers: list[Landmarks | None]
    times_s: list[float] = field(default_factory=list)
    resets: int = 0

    def estimate(self, frame: Frame) -> Estimate:
        self.times_s.append(frame.time_s)
        return Estimate(self.answers[len(self.times_s) - 1], 1)

    def reset(self) -> None:
        self.resets += 1


def _reading(**changed: float) -> SimulatedEstimator:
    return SimulatedEstimator(
        [
            Person(
                **{"shoulder_tilt_deg": tilt, "pelvis_tilt_deg": -tilt, "lean_deg": 2.0, "jitter_px": 2.0} | changed
            ).landmarks()
            for tilt in TILTS_DEG
        ]
    )


def test_a_network_that_reads_rightly_passes_and_says_what_it_read():
    found = run_self_test(_reading(), PEOPLE)
    assert found.ok
    tilt = next(check for check in found.checks if check.what == "shoulder tilt")
    assert tilt.truth == pytest.approx(6.0, abs=0.01)
    assert "truth +6.0°, read +" in str(tilt)


@pytest.mark.parametrize("changed", [{"shoulder_tilt_deg": 0.0}, {"pelvis_tilt_deg": 0.0}, {"lean_deg": 5.0}])
def test_a_network_that_sees_everybody_alike_fails(changed):
    assert not run_self_test(_reading(**changed), PEOPLE).ok


def test_left_and_right_exchanged_fail():
    answers = []
    for person in PEOPLE:
        joints = person.joints_px.copy()
        for joint in Joint:
            if joint.name.startswith("LEFT_"):
                right = Joint[joint.name.replace("LEFT_", "RIGHT_")]
                joints[[joint, right]] = joints[[right, joint]]
        answers.append(perfect(joints))
    found = run_self_test(SimulatedEstimator(answers), PEOPLE)
    assert not any(check.ok for check in found.checks if check.what == "joints off by")


def test_a_person_read_elsewhere_fails_though_every_angle_is_right():
    answers = [perfect(person.joints_px + np.array([80.0, 0.0])) for person in PEOPLE]
    wrong = [check.what for check in run_self_test(SimulatedEstimator(answers), PEOPLE).checks if not check.ok]
    assert wrong == ["joints off by", "joints off by"]


def test_nobody_found_fails_and_is_said():
    found = run_self_test(SimulatedEstimator([None, None]), PEOPLE)
    assert not any(check.ok for check in found.checks)
    assert "read nothing" in str(found.checks[0])


def test_nobody_to_look_at_is_no_passed_test():
    assert not run_self_test(SimulatedEstimator([]), ()).ok
    with pytest.raises(ModelError, match="nobody to look at"):
        require_self_test(SimulatedEstimator([]), ())


def test_every_picture_is_looked_at_afresh_and_nothing_is_remembered():
    estimator = _reading()
    run_self_test(estimator, PEOPLE)
    assert estimator.resets == len(PEOPLE) + 1
    assert estimator.times_s[1] - estimator.times_s[0] > LONGEST_GAP_S


def test_a_station_with_a_broken_network_is_told_what_was_read_wrongly():
    assert require_self_test(_reading(), PEOPLE).ok
    with pytest.raises(ModelError, match=r"shoulder tilt truth \+6.0°.*build them again"):
        require_self_test(_reading(shoulder_tilt_deg=-6.0), PEOPLE)


def test_a_reading_on_the_bound_is_within():
    assert Check("a", "b", 1.0, 4.0, 3.0, "°").ok
    assert not Check("a", "b", 1.0, 4.1, 3.0, "°").ok
