"""A back that the network takes for a front is looked at again; a front is left alone."""

import math

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.estimator import CONTRADICTORY, PoseEstimator
from edge.pose.landmarker import Landmarker
from edge.pose.landmarks import COUNT, Joint
from edge.pose.region import Region
from edge.pose.second_look import CROPS, ENOUGH, MOST, SecondLook
from edge.pose.sides import WHOLE, Part, exchange
from tests.people import Person
from tests.pose.markers import MarkerDetector, MarkerLandmarker, drawn

HIP, TOP = (300, 260), (310, 130)
REGION = Region(300.0, 260.0, 330.0)


class MistakenLandmarker(MarkerLandmarker):
    """Reads a person from behind in the runs it is told and their front, or another mistake, in every other."""

    def __init__(self, right_runs, parts=WHOLE):
        super().__init__()
        self.right_runs, self.parts = right_runs, parts

    def run(self, inputs):
        outputs = super().run(inputs)
        person = Person(px_per_m=100.0, size_px=(256, 256)).landmarks()
        if self.runs not in self.right_runs:
            person = exchange(person, self.parts)
        rows, world = outputs["landmarks"].reshape(39, 5), outputs["world"].reshape(39, 3)
        hip, top = rows[COUNT, :2], rows[COUNT + 1, :2]
        rows[:COUNT, :2] = _stood_on(person, hip, top)
        rows[:COUNT, 2], world[:COUNT] = person.xyz_px[:, 2], person.world_m
        return outputs


def _stood_on(person, hip, top):
    """(33, 2): the person with mid-hip on one point and upright towards another: the same place in every crop."""
    x, y = (person.xyz_px[:, :2] - person.xyz_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2].mean(axis=0)).T
    up = (top - hip) / 100.0
    return hip + np.stack([-y * up[0] - x * up[1], -y * up[1] + x * up[0]], axis=1)


def looked(network, times=1, asked=BodyView.BACK):
    pose = PoseEstimator(MarkerDetector(), network, smoothing=False, count_people_every_s=math.inf)
    if asked:
        pose.ask(asked)
    return [pose.estimate(drawn((HIP, TOP), time_s=k / 30)) for k in range(times)]


def is_back(estimate):
    x = estimate.landmarks.xyz_px[:, 0]
    return bool(x[12] > x[11] and x[24] > x[23] and x[26] > x[25])


def test_a_back_that_two_other_crops_show_is_right_in_the_very_first_frame():
    network = MistakenLandmarker(right_runs=(3, 5))
    estimates = looked(network, 10)
    assert all(is_back(estimate) for estimate in estimates)
    assert network.runs == 10 + 4  # once it is known, nobody looks again


def test_one_crop_alone_turns_nobody_round():
    network = MistakenLandmarker(right_runs=(3,))
    assert not is_back(looked(network)[0])
    assert network.runs == 1 + len(CROPS)


@pytest.mark.parametrize("asked", [BodyView.FRONT, None])
def test_nobody_looks_again_at_a_front_that_may_be_one(asked):
    network = MistakenLandmarker(right_runs=())
    looked(network, 20, asked)
    assert network.runs == 20


def test_somebody_who_keeps_facing_the_camera_is_looked_at_again_a_few_times_and_no_more():
    network = MistakenLandmarker(right_runs=())
    estimates = looked(network, 90)
    assert not any(is_back(estimate) for estimate in estimates)
    assert network.runs == 90 + MOST * len(CROPS)


def test_looks_are_some_time_apart():
    look = SecondLook(Landmarker(MistakenLandmarker(right_runs=range(1 + len(CROPS), 100))))
    frames = [drawn((HIP, TOP), time_s=time_s) for time_s in (0.0, 0.2, 0.4)]
    assert [look.back(frame, REGION) is not None for frame in frames] == [False, False, True]
    look.reset()
    assert look.back(frames[0], REGION) is not None


def test_every_crop_still_holds_the_middle_of_the_person():
    for crop in CROPS:
        region = crop.of(REGION)
        assert abs(region.y_px - REGION.y_px) < 0.1 * REGION.side_px
        assert 0.8 <= region.side_px / REGION.side_px < 1.6  # larger crops turn fronts round
    assert ENOUGH >= 2


def test_a_frame_whose_halves_contradict_each_other_is_given_away_as_hidden_with_the_reason():
    (estimate,) = looked(MistakenLandmarker((), (Part.HIPS, Part.LEGS)), asked=None)
    assert estimate.reason == CONTRADICTORY
    assert not estimate.landmarks.known.any()
    assert np.isfinite(estimate.landmarks.xyz_px).all()
    (asked,) = looked(MistakenLandmarker((), (Part.HIPS, Part.LEGS)))
    assert asked.reason is None
    assert is_back(asked)
