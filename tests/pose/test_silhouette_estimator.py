import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.pose.landmarks import Joint
from edge.pose.silhouette_estimator import SilhouetteEstimator, only_on_trunk, trunk_region
from tests.people import standing

SIZE_PX = (720, 1280)


class BrightIsPerson:
    """A mask head for white people on black."""

    description = "simulated silhouette"

    def __init__(self):
        self.runs = 0

    def run(self, inputs):
        assert inputs["image"].shape == (1, 3, 256, 256)
        self.runs += 1
        return {"mask": 40 * (inputs["image"].mean(axis=1, keepdims=True) - 0.5)}

    def close(self):
        pass


def trunk_box(landmarks):
    joints = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]
    low, high = landmarks.xyz_px[joints, :2].min(axis=0), landmarks.xyz_px[joints, :2].max(axis=0)
    return [*low.astype(int).tolist(), *high.astype(int).tolist()]


def picture(landmarks, *, bystander=False, time_s=0.0):
    image = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    left, top, right, bottom = trunk_box(landmarks)
    image[top - 60 : bottom + 80, left:right] = 255
    if bystander:
        image[:, right + 60 : right + 100] = 255
    return Frame(image, time_s, 0)


def middle_px(silhouette):
    v, u = np.nonzero(silhouette.mask)
    return silhouette.to_picture @ [u.mean(), v.mean(), 1]


def test_the_outline_lies_where_the_person_is_in_the_picture():
    landmarks = standing()
    frame = picture(landmarks)
    silhouette = SilhouetteEstimator(BrightIsPerson()).estimate(frame, landmarks)
    v, u = np.nonzero(silhouette.mask)
    x, y = silhouette.to_picture @ np.stack([u, v, np.ones_like(u)])
    left, top, right, bottom = trunk_box(landmarks)
    pixel = silhouette.to_picture[0, 0]
    assert [x.min(), x.max()] == pytest.approx([left, right], abs=2 * pixel)
    assert [y.min(), y.max()] == pytest.approx([top - 60, bottom + 80], abs=2 * pixel)


def test_a_bystander_is_not_outlined():
    landmarks = standing()
    alone = SilhouetteEstimator(BrightIsPerson()).estimate(picture(landmarks), landmarks)
    together = SilhouetteEstimator(BrightIsPerson()).estimate(picture(landmarks, bystander=True), landmarks)
    assert np.array_equal(alone.mask, together.mask)


def test_an_empty_room_has_no_outline():
    frame = Frame(np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8), 0.0, 0)
    assert SilhouetteEstimator(BrightIsPerson()).estimate(frame, standing()) is None


def test_a_hidden_hip_means_no_outline():
    hidden = standing(hidden=(Joint.LEFT_HIP,))
    assert trunk_region(hidden) is None
    assert SilhouetteEstimator(BrightIsPerson()).estimate(picture(standing()), hidden) is None


def test_the_crop_holds_the_head_and_reaches_to_the_knees():
    landmarks = standing()
    region = trunk_region(landmarks)
    half = region.side_px / 2
    assert region.y_px - half < landmarks.xyz_px[Joint.NOSE, 1] - 20
    assert region.y_px + half == pytest.approx(landmarks.xyz_px[Joint.LEFT_KNEE, 1], abs=0.25 * half)


@pytest.mark.parametrize(("logit", "outlined"), [(-0.01, False), (0.0, True)])
def test_a_probability_of_one_half_is_enough(logit, outlined):
    class Undecided(BrightIsPerson):
        def run(self, inputs):
            return {"mask": np.full((1, 1, 256, 256), logit, np.float32)}

    assert (SilhouetteEstimator(Undecided()).estimate(picture(standing()), standing()) is not None) == outlined


def test_the_network_is_asked_about_ten_times_a_second():
    network, landmarks = BrightIsPerson(), standing()
    estimator = SilhouetteEstimator(network)
    outlines = [estimator.estimate(picture(landmarks, time_s=k / 30), landmarks) for k in range(30)]
    assert all(outline is not None for outline in outlines)
    assert network.runs == 10


def test_in_between_the_outline_goes_along_with_the_trunk():
    network, before, after = BrightIsPerson(), standing(), standing(shift_m=0.04)
    estimator = SilhouetteEstimator(network)
    first = estimator.estimate(picture(before), before)
    second = estimator.estimate(picture(after, time_s=0.033), after)
    moved_px = after.xyz_px[Joint.LEFT_HIP, :2] - before.xyz_px[Joint.LEFT_HIP, :2]
    assert network.runs == 1
    assert np.abs(moved_px).max() > 20
    assert middle_px(second) - middle_px(first) == pytest.approx(moved_px, abs=0.5)


def test_whoever_stands_elsewhere_never_gets_the_outline_of_the_last_one():
    network, one, other = BrightIsPerson(), standing(), standing(shift_m=0.25)
    estimator = SilhouetteEstimator(network)
    estimator.estimate(picture(one), one)
    empty = Frame(np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8), 0.033, 1)
    assert estimator.estimate(empty, other) is None
    assert network.runs == 2


def test_an_outline_from_a_later_frame_is_not_used():
    network, landmarks = BrightIsPerson(), standing()
    estimator = SilhouetteEstimator(network)
    estimator.estimate(picture(landmarks, time_s=9.0), landmarks)
    estimator.estimate(picture(landmarks, time_s=8.99), landmarks)
    assert network.runs == 2


def test_that_nobody_was_on_the_trunk_holds_as_long_as_an_outline():
    network, landmarks = BrightIsPerson(), standing()
    estimator = SilhouetteEstimator(network)
    empty = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    assert [estimator.estimate(Frame(empty, k / 30, k), landmarks) for k in range(3)] == [None] * 3
    assert network.runs == 1
    assert estimator.estimate(picture(landmarks, time_s=0.1), landmarks) is not None


def test_the_piece_with_most_of_the_trunk_is_kept():
    person = np.zeros((40, 40), bool)
    person[5:10, 18:22], person[12:30, 18:22], person[:, 35:] = True, True, True
    line = np.stack([np.full(21, 20), np.arange(8, 29)], axis=1)
    kept = only_on_trunk(person, line)
    assert kept[12:30, 18:22].all()
    assert kept.sum() == 18 * 4


def test_a_line_outside_the_crop_is_read_at_its_edge():
    person = np.ones((10, 10), bool)
    assert only_on_trunk(person, np.array([[-5, 50], [20, -3]])).all()
