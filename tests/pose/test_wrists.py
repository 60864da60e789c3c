"""A wrist the landmark network doubts counts as seen where another network sees it in the same place."""

import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.guidance.figure import arms_hang
from edge.pose.landmarker import Reading, landmarks_of
from edge.pose.landmarks import MIN_SCORE, Joint
from edge.pose.wrists import EVERY_S, TOGETHER, Wrists
from tests.people import Person

LEFT, RIGHT = Joint.LEFT_WRIST, Joint.RIGHT_WRIST


class SimulatedArbiter:
    """Sees wrists where it is told; counts how often it was asked."""

    def __init__(self, wrists_px):
        self.wrists_px, self.asked = wrists_px, 0

    def facing(self, frame, landmarks):
        return 0

    def wrists(self, frame, landmarks):
        self.asked += 1
        return self.wrists_px


def frame(time_s=0.0):
    return Frame(np.zeros((16, 9, 3), np.uint8), time_s, 0)


def reading(scores=(0.15, 0.9), **posture):
    person = Person(**posture).landmarks()
    score = person.score.astype(np.float64)
    score[[LEFT, RIGHT]] = scores
    points = np.concatenate([person.xyz_px, np.zeros((2, 3), np.float32)]).astype(np.float64)
    return Reading(points, person.world_m.astype(np.float64), score)


def wrists_of(read, off_px=0.0):
    return read.xyz_px[[LEFT, RIGHT], :2] + [off_px, 0.0]


def trunk_px(read):
    middle = read.xyz_px[[11, 12], :2].mean(axis=0) - read.xyz_px[[23, 24], :2].mean(axis=0)
    return float(np.linalg.norm(middle))


def hangs(read):
    return arms_hang(landmarks_of(read, 0.0), 0.0, 150.0, 30.0)


def test_a_hanging_arm_with_a_doubtful_wrist_hangs_once_both_networks_agree():
    doubtful = reading()
    assert not hangs(doubtful)
    confirmed = Wrists(SimulatedArbiter(wrists_of(doubtful))).confirmed(doubtful, frame())
    assert hangs(confirmed)
    assert confirmed.score[LEFT] == MIN_SCORE
    assert np.array_equal(np.delete(confirmed.score, LEFT), np.delete(doubtful.score, LEFT))
    assert np.array_equal(confirmed.xyz_px, doubtful.xyz_px)


@pytest.mark.parametrize("others", [None, np.full((2, 2), np.nan)])
def test_a_wrist_the_other_network_does_not_see_stays_doubtful(others):
    doubtful = reading()
    assert Wrists(SimulatedArbiter(others)).confirmed(doubtful, frame()).score[LEFT] == 0.15
    assert Wrists().confirmed(doubtful, frame()) is doubtful


def test_a_wrist_the_other_network_sees_elsewhere_stays_doubtful():
    doubtful = reading()
    limit = TOGETHER * trunk_px(doubtful)
    near, far = (SimulatedArbiter(wrists_of(doubtful, share * limit)) for share in (0.95, 1.05))
    assert Wrists(near).confirmed(doubtful, frame()).score[LEFT] == MIN_SCORE
    assert Wrists(far).confirmed(doubtful, frame()).score[LEFT] == 0.15


def test_a_bent_arm_does_not_hang_though_both_networks_agree():
    bent = reading(elbow_deg=90.0)
    assert not hangs(Wrists(SimulatedArbiter(wrists_of(bent))).confirmed(bent, frame()))


def test_wrists_that_are_well_seen_cost_nothing():
    arbiter = SimulatedArbiter(None)
    seen = reading(scores=(0.6, 0.9))
    assert Wrists(arbiter).confirmed(seen, frame()) is seen
    assert arbiter.asked == 0


def test_the_other_network_is_asked_now_and_then_and_its_word_holds_in_between():
    doubtful = reading()
    arbiter = SimulatedArbiter(wrists_of(doubtful))
    wrists = Wrists(arbiter)
    confirmed = [wrists.confirmed(doubtful, frame(k / 30)).score[LEFT] for k in range(31)]
    assert confirmed == [MIN_SCORE] * 31
    assert arbiter.asked == 1 + int(1.0 / EVERY_S)
    moved = reading(shift_m=-0.3)
    assert wrists.confirmed(moved, frame(1.01)).score[LEFT] == 0.15  # not where it was said to be


def test_another_person_is_asked_about_anew():
    doubtful = reading()
    arbiter = SimulatedArbiter(wrists_of(doubtful))
    wrists = Wrists(arbiter)
    wrists.confirmed(doubtful, frame())
    wrists.reset()
    wrists.confirmed(doubtful, frame(0.1))
    assert arbiter.asked == 2
