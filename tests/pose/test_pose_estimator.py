import math

import numpy as np
import pytest

from edge.errors import ModelError
from edge.pose.estimator import PoseEstimator
from tests.pose.markers import MarkerDetector, MarkerLandmarker, drawn, expected_xy

HIP, TOP = (300, 260), (310, 130)
OTHER = ((520, 260), (520, 140))


def estimator(**settings):
    parts = MarkerDetector(), MarkerLandmarker()
    return PoseEstimator(*parts, **settings), *parts


def test_a_person_is_found_and_then_followed_without_the_detector():
    pose, detector, network = estimator(count_people_every_s=math.inf)
    for k in range(20):
        hip, top = (HIP[0] + 4 * k, HIP[1]), (TOP[0] + 4 * k, TOP[1])
        estimate = pose.estimate(drawn((hip, top), time_s=k / 30, index=k))
        assert estimate.landmarks.time_s == k / 30
        assert estimate.landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(hip, top), abs=12.0)
    assert (detector.runs, network.runs) == (1, 20)


def test_landmarks_without_smoothing_lie_on_the_person():
    pose, *_ = estimator(smoothing=False)
    for k in range(10):
        hip, top = (HIP[0] + 6 * k, HIP[1]), (TOP[0] + 6 * k, TOP[1])
        landmarks = pose.estimate(drawn((hip, top), time_s=k / 30)).landmarks
        assert landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(hip, top), abs=1.0)
        assert landmarks.xyz_px.dtype == landmarks.score.dtype == np.float32
        assert not landmarks.recovered.any()


def test_nobody_is_none_and_zero_people():
    pose, detector, network = estimator()
    for k in range(3):
        estimate = pose.estimate(drawn(time_s=k / 30))
        assert (estimate.landmarks, estimate.people) == (None, 0)
    assert (detector.runs, network.runs) == (3, 0)


def test_a_person_who_left_is_gone_at_once_and_searched_for_in_the_next_frame():
    pose, detector, _ = estimator(count_people_every_s=math.inf)
    pose.estimate(drawn((HIP, TOP), time_s=0.0))
    assert pose.estimate(drawn(time_s=1 / 30)).landmarks is None
    assert detector.runs == 1
    estimate = pose.estimate(drawn(time_s=2 / 30))
    assert (estimate.landmarks, estimate.people, detector.runs) == (None, 0, 2)
    assert pose.estimate(drawn((HIP, TOP), time_s=3 / 30)).landmarks is not None


def test_who_comes_back_is_not_smoothed_with_who_left():
    pose, *_ = estimator()
    pose.estimate(drawn((HIP, TOP), time_s=0.0))
    pose.estimate(drawn(time_s=1 / 30))
    landmarks = pose.estimate(drawn(OTHER, time_s=2 / 30)).landmarks
    assert landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(*OTHER), abs=1.0)


def test_people_are_counted_while_one_is_followed():
    pose, detector, _ = estimator(count_people_every_s=0.5)
    counts = []
    for k in range(31):
        people = [(HIP, TOP)] + ([OTHER] if k >= 10 else [])
        counts.append(pose.estimate(drawn(*people, time_s=k / 30)).people)
    assert counts[:15] == [1] * 15  # looked at 0.0 s, next at 0.5 s
    assert counts[15:] == [2] * 16
    assert detector.runs == 3


def test_counting_does_not_disturb_the_following():
    often, _, _ = estimator(count_people_every_s=0.0)
    never, _, _ = estimator(count_people_every_s=math.inf)
    for k in range(20):
        frame = drawn((HIP, TOP), ((OTHER[0][0] - 5 * k, 260), (OTHER[1][0] - 5 * k, 140)), time_s=k / 30)
        one, two = often.estimate(frame).landmarks, never.estimate(frame).landmarks
        assert np.array_equal(one.xyz_px, two.xyz_px)


def test_the_person_followed_counts_even_where_the_detector_misses_them():
    pose, detector, _ = estimator(count_people_every_s=0.1)
    pose.estimate(drawn((HIP, TOP), time_s=0.0))
    detector.blind = True
    assert pose.estimate(drawn((HIP, TOP), time_s=0.2)).people == 1


def test_every_frame_is_searched_when_not_tracking():
    pose, detector, _ = estimator(tracking=False)
    for k in range(3):
        hip, top = (HIP[0] + 60 * k, HIP[1]), (TOP[0] + 60 * k, TOP[1])
        landmarks = pose.estimate(drawn((hip, top), time_s=k / 30)).landmarks
        assert landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(hip, top), abs=1.0)
    assert detector.runs == 3


@pytest.mark.parametrize("next_s", [10.51, 9.9])
def test_after_a_gap_or_a_step_back_in_time_everything_starts_afresh(next_s):
    pose, detector, _ = estimator(count_people_every_s=math.inf)
    pose.estimate(drawn((HIP, TOP), time_s=10.0))
    moved = (HIP[0] + 40, HIP[1]), (TOP[0] + 40, TOP[1])
    landmarks = pose.estimate(drawn(moved, time_s=next_s)).landmarks
    assert detector.runs == 2
    assert landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(*moved), abs=1.0)


def test_a_pause_of_half_a_second_is_bridged():
    pose, detector, _ = estimator(count_people_every_s=math.inf)
    pose.estimate(drawn((HIP, TOP), time_s=10.0))
    pose.estimate(drawn((HIP, TOP), time_s=10.5))
    assert detector.runs == 1


def test_reset_forgets_the_person_and_the_count():
    pose, detector, _ = estimator(count_people_every_s=math.inf)
    pose.estimate(drawn((HIP, TOP), time_s=0.0))
    pose.reset()
    assert pose.estimate(drawn(time_s=1 / 30)).people == 0
    assert detector.runs == 2


@pytest.mark.parametrize("size_px", [(160, 120), (3840, 2160), (720, 1280)])
def test_a_picture_of_any_size_is_read_in_its_own_pixels(size_px):
    width, height = size_px
    hip, top = (width // 2, round(height * 0.55)), (width // 2 + 3, round(height * 0.25))
    radius_px = max(2, max(size_px) // 120)
    pose, *_ = estimator(smoothing=False)
    for k in range(2):
        frame = drawn((hip, top), size_px=size_px, radius_px=radius_px, time_s=k / 30)
        landmarks = pose.estimate(frame).landmarks
    assert landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(hip, top), abs=max(1.5, max(size_px) / 500))


@pytest.mark.parametrize("angle_deg", [0, 60, 120, 180, 240, 300])
def test_a_turned_person_is_read_like_an_upright_one(angle_deg):
    hip = (320, 240)
    top = (
        round(320 + 120 * math.sin(math.radians(angle_deg))),
        round(240 - 120 * math.cos(math.radians(angle_deg))),
    )
    pose, *_ = estimator(smoothing=False)
    for k in range(3):
        landmarks = pose.estimate(drawn((hip, top), time_s=k / 30)).landmarks
    assert landmarks.xyz_px[:, :2] == pytest.approx(expected_xy(hip, top), abs=1.5)


def test_a_network_that_fails_once_says_so_and_the_next_frame_goes_on():
    class FailsOnce(MarkerLandmarker):
        def run(self, inputs):
            outputs = super().run(inputs)
            if self.runs == 2:
                raise ModelError("pose_full: the outputs are not finite, run plumbline self-test")
            return outputs

    pose = PoseEstimator(MarkerDetector(), FailsOnce())
    pose.estimate(drawn((HIP, TOP), time_s=0.0))
    with pytest.raises(ModelError):
        pose.estimate(drawn((HIP, TOP), time_s=1 / 30))
    assert pose.estimate(drawn((HIP, TOP), time_s=2 / 30)).landmarks is not None
