import numpy as np
import pytest

from edge.accuracy.sides import LIMBS, Sides, exchanged, share_of
from edge.pose.landmarks import Landmarks
from tests.people import standing


def _with(landmarks: Landmarks, xyz_px: np.ndarray) -> Landmarks:
    return Landmarks(xyz_px, landmarks.world_m, landmarks.score, landmarks.recovered, landmarks.time_s)


def _truth(landmarks: Landmarks) -> np.ndarray:
    return landmarks.xyz_px[:, :2].astype(np.float64)


def _crossed(landmarks: Landmarks) -> Landmarks:
    xyz = landmarks.xyz_px.copy()
    for left, right in LIMBS:
        xyz[[left, right]] = xyz[[right, left]]
    return _with(landmarks, xyz)


def test_limbs_on_the_wrong_sides_are_noticed_and_right_ones_are_not():
    person = standing(shoulder_tilt_deg=4.0, jitter_px=6.0)
    truth = _truth(standing(shoulder_tilt_deg=4.0))
    assert not exchanged(person, truth)
    assert exchanged(_crossed(person), truth)


def test_joints_without_a_truth_do_not_count():
    person = standing()
    truth = _truth(person)
    truth[[joint for pair in LIMBS[1:] for joint in pair]] = np.nan
    assert exchanged(_crossed(person), truth)
    with pytest.raises(ValueError, match="no limb"):
        exchanged(person, np.full((33, 2), np.nan))


def test_shares_are_of_all_frames_and_a_spoilt_frame_is_a_wrong_correction():
    found = share_of([Sides(True, False), Sides(True, True, refused=True), Sides(False, True), Sides(False, False)])
    assert (found.frames, found.before, found.after, found.wrongly_corrected) == (4, 0.5, 0.5, 0.25)
    assert found.unnoticed == 0.25
    assert share_of([]) is None
