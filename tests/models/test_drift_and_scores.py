import cv2
import numpy as np
import pytest

from calibration.int8.drift import drift
from edge.errors import PictureError
from edge.pose.landmarker import POINTS, Reading
from edge.pose.landmarks import COUNT, Joint
from edge.pose.region import Region
from models.silhouette.compare import pairs
from models.silhouette.scores import score

SQUARE = Region(100.0, 100.0, 180.0)


def standing() -> np.ndarray:
    points = np.zeros((POINTS, 3))
    points[:, :2] = 100.0
    for joint, x, y in (
        *((Joint.LEFT_SHOULDER, 60, 50), (Joint.RIGHT_SHOULDER, 140, 50)),
        *((Joint.LEFT_HIP, 80, 170), (Joint.RIGHT_HIP, 120, 170)),
    ):
        points[joint, :2] = x, y
    return points


def reading(points: np.ndarray) -> Reading:
    return Reading(points, np.zeros((COUNT, 3)), np.ones(COUNT))


def test_no_change_is_no_drift() -> None:
    found = drift(reading(standing()), reading(standing()))
    assert (found.shift, found.shoulders_deg, found.pelvis_deg, found.trunk_deg) == (0.0, 0.0, 0.0, 0.0)


def test_a_raised_shoulder_is_told_in_degrees() -> None:
    moved = standing()
    moved[Joint.LEFT_SHOULDER, 1] -= 80 * np.tan(np.radians(5))
    found = drift(reading(standing()), reading(moved))
    assert found.shoulders_deg == pytest.approx(5.0)
    assert found.pelvis_deg == 0.0
    assert 0 < found.shift < 1


def test_a_shift_is_told_in_shares_of_the_torso() -> None:
    moved = standing()
    moved[:, 0] += 0.1 * np.hypot(60, 120)
    assert drift(reading(standing()), reading(moved)).shift == pytest.approx(10.0)


def circle(radius: int, x: int = 100) -> np.ndarray:
    return cv2.circle(np.zeros((200, 200), np.uint8), (x, 100), radius, 1, -1) > 0


def test_the_truth_scores_full_marks() -> None:
    found = score(circle(50), circle(50), SQUARE)
    assert (found.overlap, found.boundary_px) == (1.0, 0.0)


def test_a_wider_outline_is_off_by_what_it_is_wider() -> None:
    found = score(circle(55), circle(50), SQUARE)
    assert found.overlap == pytest.approx(50**2 / 55**2, abs=0.01)
    assert found.boundary_px == pytest.approx(5.0, abs=0.4)


def test_what_lies_outside_the_square_does_not_count() -> None:
    stray = circle(50)
    stray[195:, :] = True
    assert score(stray, circle(50), SQUARE).boundary_px == 0.0


def test_an_empty_outline_is_infinitely_wrong() -> None:
    found = score(np.zeros((200, 200), np.bool_), circle(50), SQUARE)
    assert found.overlap == 0.0
    assert found.boundary_px == float("inf")


def test_a_folder_without_pairs_says_what_is_missing(tmp_path) -> None:
    with pytest.raises(PictureError, match=r"no NAME.mask.png"):
        list(pairs(tmp_path))


def test_a_mask_of_another_size_is_refused(tmp_path) -> None:
    cv2.imwrite(str(tmp_path / "back_1.jpg"), np.zeros((20, 30, 3), np.uint8))
    cv2.imwrite(str(tmp_path / "back_1.mask.png"), np.zeros((20, 20), np.uint8))
    with pytest.raises(PictureError, match="do not fit each other"):
        list(pairs(tmp_path))
