"""A back that the network takes for a front is looked at again; a front is left alone."""

import math
from dataclasses import replace

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.estimator import CONTRADICTORY, PoseEstimator
from edge.pose.landmarker import Landmarker, landmarks_of
from edge.pose.landmarks import COUNT, Joint
from edge.pose.region import Region
from edge.pose.second_look import CROPS, ENOUGH, MOST, SecondLook
from edge.pose.sides import WHOLE, Part, SideKeeper, exchange, shows
from tests.people import Person
from tests.pose.markers import MarkerDetector, MarkerLandmarker, drawn

HIP, TOP = (300, 260), (310, 130)
REGION = Region(300.0, 260.0, 330.0)
FRONT = Person(view=BodyView.FRONT).landmarks()
MIXED = (Part.SHOULDERS,)
HERE = (drawn((HIP, TOP)), REGION)


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


class SimulatedArbiter:
    """Is certain of the side it is told, or of none; counts how often it was asked."""

    def __init__(self, facing):
        self.says, self.asked = facing, 0

    def facing(self, frame, landmarks):
        self.asked += 1
        return self.says

    def wrists(self, frame, landmarks):
        return None


def looked(network, times=1, asked=BodyView.BACK, arbiter=None):
    pose = PoseEstimator(MarkerDetector(), network, smoothing=False, count_people_every_s=math.inf)
    if asked:
        pose.ask(asked, arbiter)
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
    assert [look.back(frame, REGION, FRONT) is not None for frame in frames] == [False, False, True]
    look.reset()
    assert look.back(frames[0], REGION, FRONT) is not None


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


def test_a_back_the_arbiter_is_certain_of_is_right_in_the_first_frame_though_no_crop_shows_it():
    network, arbiter = MistakenLandmarker(right_runs=()), SimulatedArbiter(1)
    estimates = looked(network, 10, arbiter=arbiter)
    assert all(is_back(estimate) for estimate in estimates)
    assert (network.runs, arbiter.asked) == (10, 1)


def test_a_front_the_arbiter_is_certain_of_stays_one_whatever_other_crops_show():
    network, arbiter = MistakenLandmarker(right_runs=range(2, 8)), SimulatedArbiter(-1)
    (estimate,) = looked(network, arbiter=arbiter)
    assert not is_back(estimate)
    assert (network.runs, arbiter.asked) == (1, 1)


def test_an_arbiter_that_is_not_certain_leaves_it_to_the_crops():
    arbiter = SimulatedArbiter(0)
    assert is_back(looked(MistakenLandmarker(right_runs=(3, 5)), arbiter=arbiter)[0])
    assert not is_back(looked(MistakenLandmarker(right_runs=(3,)), arbiter=arbiter)[0])


def test_the_arbiter_is_asked_again_of_somebody_who_turned_round_long_after_they_came():
    arbiter = SimulatedArbiter(0)
    pose = PoseEstimator(MarkerDetector(), MistakenLandmarker(()), smoothing=False, count_people_every_s=math.inf)
    pose.ask(BodyView.BACK, arbiter)
    for k in range(150):
        arbiter.says = int(k >= 100)
        seen = is_back(pose.estimate(drawn((HIP, TOP), time_s=k / 30)))
        assert seen or k < 100 + 0.4 * 30
    assert arbiter.asked <= 1 + 100 / 30 / 0.4 + 1


@pytest.mark.parametrize("arbiter", [None, SimulatedArbiter(0)])
def test_a_reading_that_mixes_both_is_replaced_by_one_of_another_crop_of_somebody_known_from_behind(arbiter):
    network = MistakenLandmarker(right_runs=(1, 2, 3, 6, *range(8, 20)), parts=MIXED)
    estimates = looked(network, 6, arbiter=arbiter)
    assert all(is_back(estimate) and estimate.reason is None for estimate in estimates)
    assert network.runs == 6 + 3  # the fourth frame has the third crop's reading, its own and two crops were mixed


@pytest.mark.parametrize(
    ("right_runs", "facing", "runs"), [((3,), 0, 7), ((3,), 1, 3), ((3, 5), 0, 5), ((3, 5), -1, 1)]
)
def test_of_somebody_never_seen_from_behind_two_crops_or_the_arbiter_have_to_tell(right_runs, facing, runs):
    network = MistakenLandmarker(right_runs, MIXED)
    looked(network, arbiter=SimulatedArbiter(facing))
    assert network.runs == runs  # all six in vain; the second is enough; the fourth is; certain of a front: none


def test_crops_that_do_not_help_are_not_looked_at_again_at_once():
    network = MistakenLandmarker(right_runs=(1,), parts=MIXED)
    looked(network, 13)
    assert network.runs == 13 + len(CROPS)  # from the second frame on; the next look were due 0.4 s later
    network = MistakenLandmarker(right_runs=(1,), parts=MIXED)
    looked(network, 15)
    assert network.runs == 15 + 2 * len(CROPS)


def test_another_crop_s_reading_counts_only_where_the_person_was_a_moment_ago():
    look = SecondLook(Landmarker(MistakenLandmarker(right_runs=range(100))))
    here = look.clear(drawn((HIP, TOP)), REGION, FRONT, None)
    assert here is not None
    last = landmarks_of(here, 0.0)
    elsewhere = replace(last, xyz_px=last.xyz_px + np.float32([60.0, 0.0, 0.0]))
    assert look.clear(drawn((HIP, TOP)), REGION, FRONT, last) is not None
    assert look.clear(drawn((HIP, TOP)), REGION, FRONT, elsewhere) is None


def test_a_crop_that_shows_the_whole_front_where_the_back_was_will_do():
    look = SecondLook(Landmarker(MistakenLandmarker(right_runs=())))
    back = landmarks_of(SecondLook(Landmarker(MistakenLandmarker(range(9)))).clear(*HERE, FRONT, None), 0.0)
    found = look.clear(*HERE, FRONT, back)
    assert found is not None
    assert shows(landmarks_of(found, 0.0)) == -1


class NarrowLandmarker(MistakenLandmarker):
    """Mixes both sides in its second run, and draws the shoulders together by shares of their width in later ones."""

    def __init__(self, widths):
        super().__init__({1, *range(3, 100)}, MIXED)
        self.widths = widths

    def run(self, inputs):
        outputs = super().run(inputs)
        points = outputs["landmarks"].reshape(39, 5)
        pair = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]
        middle = points[pair, :2].mean(axis=0)
        points[pair, :2] = middle + self.widths.get(self.runs, 1.0) * (points[pair, :2] - middle)
        return outputs


def width_px(estimate):
    left, right = estimate.landmarks.xyz_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER], 0]
    return right - left


def test_a_crop_that_draws_the_shoulders_together_is_passed_over_for_one_that_does_not():
    network = NarrowLandmarker({3: 0.7})
    first, second = looked(network, 2)
    assert width_px(second) == pytest.approx(width_px(first), rel=0.02)
    assert network.runs == 2 + 2


def test_where_every_crop_draws_the_shoulders_together_the_widest_counts():
    network = NarrowLandmarker({3 + k: share for k, share in enumerate((0.6, 0.7, 0.65, 0.85, 0.6, 0.7))})
    first, second = looked(network, 2)
    assert width_px(second) == pytest.approx(0.85 * width_px(first), rel=0.02)
    assert network.runs == 2 + len(CROPS)


class LopsidedLandmarker(MistakenLandmarker):
    """Reads every second run right and mixes both sides in the others, as a crop does that suits nobody."""

    def __init__(self):
        super().__init__({1, *range(3, 1000, 2)}, MIXED)


def test_the_crop_that_helped_is_tried_first_and_all_of_them_only_now_and_then():
    network = LopsidedLandmarker()
    estimates = looked(network, 31)
    assert is_back(estimates[-1])
    # Its own reading and the helping crop's for each frame, and a search of all every 0.4 s at the most.
    assert network.runs <= 2 * 31 + len(CROPS) * (1 + 31 / 30 / 0.4)


def test_crops_that_show_whole_fronts_of_a_known_back_cost_one_more_look_a_frame():
    back = landmarks_of(SecondLook(Landmarker(MistakenLandmarker(range(9)))).clear(*HERE, FRONT, None), 0.0)
    fronts = MistakenLandmarker(right_runs=())
    look = SecondLook(Landmarker(fronts))
    for k in range(30):
        assert look.clear(drawn((HIP, TOP), time_s=k / 30), REGION, FRONT, replace(back, time_s=k / 30)) is not None
    assert fronts.runs == len(CROPS) + 29


@pytest.mark.parametrize("hidden", [Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW])
def test_a_hidden_elbow_contradicts_nobody(hidden):
    keeper = SideKeeper(BodyView.BACK)
    back = Person().landmarks()
    keeper.keep(back)
    score = back.score.copy()
    score[hidden] = 0.0
    assert not keeper.is_mixed(replace(back, score=score))
    assert keeper.is_mixed(exchange(back, MIXED))
