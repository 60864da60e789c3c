"""The estimator gives left and right on as they were, however the network exchanges them."""

import math

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.estimator import PoseEstimator
from edge.pose.landmarks import COUNT
from edge.pose.second_look import CROPS
from edge.pose.sides import WHOLE, Part, exchange
from tests.people import Person
from tests.pose.markers import MarkerDetector, MarkerLandmarker, drawn

HIP, TOP = (300, 260), (310, 130)


class StandingLandmarker(MarkerLandmarker):
    """Finds a person who stands with their back to the camera; exchanges some parts in some of its runs."""

    def __init__(self, parts, runs):
        super().__init__()
        self.parts, self.wrong_runs = parts, runs

    def run(self, inputs):
        outputs = super().run(inputs)
        person = Person(px_per_m=100.0, size_px=(256, 256)).landmarks()
        if self.runs in self.wrong_runs:
            person = exchange(person, self.parts)
        rows = outputs["landmarks"].reshape(39, 5)
        rows[:COUNT, :3] = person.xyz_px
        world = outputs["world"].reshape(39, 3)
        world[:COUNT] = person.world_m
        return outputs


def across(landmarks):
    """How far each right joint stands to the right of its left one: shoulders, hips and knees."""
    x = landmarks.xyz_px[:, 0]
    return np.array([x[12] - x[11], x[24] - x[23], x[26] - x[25]])


@pytest.mark.parametrize("parts", [WHOLE, (Part.LEGS,), (Part.HIPS, Part.LEGS)], ids=["whole", "legs", "lower"])
@pytest.mark.parametrize("smoothing", [True, False])
def test_an_exchange_in_the_network_does_not_reach_the_station(parts, smoothing):
    network = StandingLandmarker(parts, range(5, 12))
    pose = PoseEstimator(MarkerDetector(), network, smoothing=smoothing, count_people_every_s=math.inf)
    widths = [across(pose.estimate(drawn((HIP, TOP), time_s=k / 30)).landmarks) for k in range(20)]
    assert network.runs == 20
    assert (np.array(widths) > 0).all()
    assert np.ptp(np.array(widths), axis=0).max() < 1.0


def test_a_person_who_was_lost_is_believed_anew():
    network = StandingLandmarker(WHOLE, range(4, 100))
    pose = PoseEstimator(MarkerDetector(), network, count_people_every_s=math.inf)
    for k in range(3):
        assert (across(pose.estimate(drawn((HIP, TOP), time_s=k / 30)).landmarks) > 0).all()
    assert pose.estimate(drawn(time_s=0.1)).landmarks is None
    assert (across(pose.estimate(drawn((HIP, TOP), time_s=4 / 30)).landmarks) < 0).all()


def test_a_back_that_was_asked_for_and_taken_for_a_front_at_first_is_right_from_the_first_right_frame_on():
    wrong_in_two_frames = (*range(1, 3 + len(CROPS)), 9 + len(CROPS))
    network = StandingLandmarker(WHOLE, wrong_in_two_frames)
    pose = PoseEstimator(MarkerDetector(), network, count_people_every_s=math.inf)
    pose.ask(BodyView.BACK)
    seen = [across(pose.estimate(drawn((HIP, TOP), time_s=k / 30)).landmarks) for k in range(12)]
    assert (np.array(seen[:2]) < 0).all()
    assert (np.array(seen[2:]) > 0).all()
