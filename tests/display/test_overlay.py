import numpy as np
import pytest

from edge.display.overlay import Brush, draw_head, draw_measuring_lines, draw_outline, draw_overlay, draw_skeleton
from edge.pose.landmarks import Joint
from edge.pose.observation import Observation
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_points import SpinePoint
from tests.people import SIZE_PX, Person, nobody, standing
from tests.stick import Camera, Stick

GREY = 90


@pytest.fixture
def brush():
    return Brush(np.full((SIZE_PX[1] // 2, SIZE_PX[0] // 2, 3), GREY, np.uint8), 0.5, 2.0)


def drawn(brush):
    return (brush.pixels != GREY).any(axis=2)


def near(brush, landmarks, joint):
    x, y = (round(v) for v in brush.point(landmarks, joint))
    return drawn(brush)[y - 2 : y + 3, x - 2 : x + 3].any()


def test_a_joint_is_drawn_where_it_is(brush):
    person = standing()
    draw_skeleton(brush, person)
    assert all(near(brush, person, joint) for joint in (Joint.LEFT_KNEE, Joint.RIGHT_WRIST, Joint.LEFT_SHOULDER))


def test_an_unknown_joint_is_not_drawn(brush):
    person = standing(hidden=(Joint.LEFT_KNEE, Joint.LEFT_ANKLE, Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX))
    draw_skeleton(brush, person)
    assert not near(brush, person, Joint.LEFT_KNEE)
    assert not near(brush, person, Joint.LEFT_ANKLE)


def test_a_recovered_joint_looks_different_from_a_seen_one(brush):
    other = Brush(brush.pixels.copy(), 0.5, 2.0)
    draw_skeleton(brush, standing())
    draw_skeleton(other, standing(recovered=(Joint.LEFT_KNEE,)))
    hip, knee, ankle = (
        np.array(brush.point(standing(), joint)) for joint in (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)
    )
    difference = np.abs(brush.pixels.astype(int) - other.pixels).sum(axis=2)
    assert difference[round(knee[1]), round(knee[0])] > 100
    rows, columns = difference.nonzero()
    changed = np.stack([columns, rows], axis=1)
    assert all(_from_line(at, hip, knee) < 5 or _from_line(at, knee, ankle) < 5 for at in changed)


def _from_line(point, start, end):
    along = np.clip(np.dot(point - start, end - start) / np.dot(end - start, end - start), 0, 1)
    return np.linalg.norm(point - (start + along * (end - start)))


def _holes(brush, start, end):
    """Whether a line between two points shows the ground somewhere."""
    places = [np.asarray(start) + k / 400 * (np.asarray(end) - start) for k in range(60, 340)]
    return any((brush.pixels[round(y), round(x)] == GREY).all() for x, y in places)


def test_a_bone_to_a_recovered_joint_is_dashed(brush):
    person = standing(recovered=(Joint.LEFT_KNEE,))
    draw_skeleton(brush, person)
    hip, knee, right_hip, right_knee = (
        brush.point(person, joint) for joint in (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.RIGHT_HIP, Joint.RIGHT_KNEE)
    )
    assert _holes(brush, hip, knee)
    assert not _holes(brush, right_hip, right_knee)


def test_a_measuring_line_on_a_recovered_joint_is_dashed(brush):
    seen, tilt = Brush(brush.pixels.copy(), 0.5, 2.0), {"shoulder_tilt_deg": 20.0}
    draw_measuring_lines(brush, standing(recovered=(Joint.LEFT_SHOULDER,), **tilt))
    draw_measuring_lines(seen, standing(**tilt))
    ends = [brush.point(standing(**tilt), joint) for joint in (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)]
    assert _holes(brush, *ends)
    assert not _holes(seen, *ends)


def test_a_head_with_a_recovered_ear_is_a_dotted_ring(brush):
    seen = Brush(brush.pixels.copy(), 0.5, 2.0)
    draw_head(brush, standing(recovered=(Joint.LEFT_EAR,)))
    draw_head(seen, standing())
    assert 0 < drawn(brush).sum() < 0.7 * drawn(seen).sum()


def test_without_a_shoulder_there_is_no_shoulder_line(brush):
    anchors = draw_measuring_lines(brush, standing(hidden=(Joint.LEFT_SHOULDER,)))
    assert set(anchors) == {"C4"}


def test_without_shoulders_and_hips_nothing_is_drawn(brush):
    hidden = (Joint.LEFT_SHOULDER, Joint.LEFT_HIP)
    assert draw_measuring_lines(brush, standing(hidden=hidden)) == {}
    assert not drawn(brush).any()


def test_the_label_of_a_tilted_line_stands_at_its_higher_right_end(brush):
    level = draw_measuring_lines(brush, standing())["C1"]
    tilted = draw_measuring_lines(brush, standing(shoulder_tilt_deg=8.0))["C1"]
    assert level[0] > brush.point(standing(), Joint.RIGHT_SHOULDER)[0]
    assert tilted[1] < level[1]


@pytest.mark.parametrize(("roll_deg", "towards"), [(6.0, -1), (-6.0, 1)])
def test_the_plumb_line_hangs_along_gravity_when_the_camera_is_rolled(brush, roll_deg, towards):
    """A camera rolled clockwise sees the world turned the other way: up points to the picture's left."""
    person = standing(camera_roll_deg=roll_deg)
    straight = Brush(brush.pixels.copy(), 0.5, 2.0)
    draw_measuring_lines(brush, person, roll_deg)
    draw_measuring_lines(straight, person, 0.0)
    teal = [(one.pixels[:, :, 0].astype(int) - one.pixels[:, :, 2] > 60).nonzero() for one in (brush, straight)]
    tops = [columns[rows <= rows.min() + 2].mean() for rows, columns in teal]
    assert (tops[0] - tops[1]) * towards > 5


def test_joints_outside_the_picture_are_no_trouble(brush):
    person = standing(px_per_m=2400.0)
    draw_skeleton(brush, person)
    draw_measuring_lines(brush, person)


def test_the_silhouette_lies_where_its_map_says(brush):
    mask = np.zeros((SIDE, SIDE), bool)
    mask[64:192, 64:192] = True
    draw_outline(brush, Silhouette(mask, np.array([[2.0, 0.0, 100.0], [0.0, 2.0, 200.0]])), filled=True)
    rows, columns = drawn(brush).nonzero()
    assert (columns.min(), columns.max()) == pytest.approx((114, 242), abs=2)
    assert (rows.min(), rows.max()) == pytest.approx((164, 292), abs=2)


def test_a_joint_that_is_nowhere_is_not_drawn_and_takes_nothing_with_it(brush):
    person = standing()
    for joint, value in ((Joint.LEFT_SHOULDER, np.nan), (Joint.RIGHT_KNEE, np.inf), (Joint.LEFT_WRIST, 1e9)):
        person.xyz_px[joint, 0] = value
    draw_skeleton(brush, person)
    anchors = draw_measuring_lines(brush, person)
    assert set(anchors) == {"C4"}
    assert near(brush, person, Joint.LEFT_KNEE)


def test_an_observation_of_nobody_leaves_the_picture_alone():
    image = np.full((64, 48, 3), GREY, np.uint8)
    draw_overlay(image, nobody(0.0))
    assert (image == GREY).all()


def test_an_observation_is_drawn_into_its_own_picture():
    image = np.full((SIZE_PX[1], SIZE_PX[0], 3), GREY, np.uint8)
    draw_overlay(image, Person().observation())
    assert near(Brush(image, 1.0, 2.0), Person().landmarks(), Joint.LEFT_KNEE)


def test_a_head_without_both_ears_is_not_guessed(brush):
    draw_head(brush, standing(hidden=(Joint.LEFT_EAR,)))
    assert not drawn(brush).any()


def test_a_head_is_a_ring_around_the_ears(brush):
    person = standing()
    draw_head(brush, person)
    (left, right) = (brush.point(person, joint) for joint in (Joint.LEFT_EAR, Joint.RIGHT_EAR))
    rows, columns = drawn(brush).nonzero()
    assert columns.min() < min(left[0], right[0])
    assert columns.max() > max(left[0], right[0])
    assert not drawn(brush)[round(left[1]), round((left[0] + right[0]) / 2)]
    assert rows.mean() == pytest.approx(left[1], abs=1.5)


def test_the_spine_is_a_line_through_the_points_that_are_known():
    person, camera = Stick(curve_m=0.02), Camera()
    spine = person.spine_seen(camera)
    spine.score[SpinePoint.C7] = 0.1
    spine.xy_px[SpinePoint.T8] = np.nan
    seen = Observation(0, 0.0, 0.0, None, 1, finer=person.seen(camera), spine=spine)
    image = np.full((SIZE_PX[1], SIZE_PX[0], 3), GREY, np.uint8)
    draw_overlay(image, seen)
    at = {point: tuple(np.nan_to_num(spine.xy_px[point]).round().astype(int)) for point in SpinePoint}
    for point in (SpinePoint.SACRUM, SpinePoint.T10, SpinePoint.T1):
        x, y = at[point]
        assert (image[y - 1 : y + 2, x - 1 : x + 2] != GREY).any(), point
    x, y = at[SpinePoint.C7]
    assert (image[y - 1 : y + 2, x - 1 : x + 2] == GREY).all()
