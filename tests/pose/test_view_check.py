import dataclasses

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.view_check import seen_view, sides_may_be_swapped


def person(*, yaw_deg=0.0, face_deg=None, upside_down_head=False):
    """
    A standing person turned about the vertical: 0 shows the front, 180 the back, 90 their right side to the camera.
    The face may look elsewhere than the chest.
    """
    face_deg = yaw_deg if face_deg is None else face_deg
    body = np.zeros((COUNT, 3))
    for joint, half_m, y_m in (("SHOULDER", 0.18, -0.5), ("HIP", 0.12, 0.0), ("EAR", 0.08, -0.7)):
        turned = np.radians(face_deg if joint == "EAR" else yaw_deg)
        across = np.array([np.cos(turned), 0.0, np.sin(turned)])
        body[Joint[f"LEFT_{joint}"]], body[Joint[f"RIGHT_{joint}"]] = half_m * across, -half_m * across
        body[[Joint[f"LEFT_{joint}"], Joint[f"RIGHT_{joint}"]], 1] = y_m
    turned = np.radians(face_deg)
    body[Joint.NOSE] = [0.12 * np.sin(turned), -0.65, -0.12 * np.cos(turned)]
    if upside_down_head:
        body[[Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR], 1] += 0.4
    picture = body * 500 + [360, 640, 0]
    known = np.full(COUNT, 0.9, np.float32)
    return Landmarks(picture.astype(np.float32), body.astype(np.float32), known, np.zeros(COUNT, bool), 0.0)


def without(landmarks, *joints):
    score = landmarks.score.copy()
    score[list(joints)] = 0.1
    return dataclasses.replace(landmarks, score=score)


@pytest.mark.parametrize(
    ("yaw_deg", "view"),
    [
        (0, BodyView.FRONT),
        (40, BodyView.FRONT),
        (-40, BodyView.FRONT),
        (180, BodyView.BACK),
        (140, BodyView.BACK),
        (-140, BodyView.BACK),
        (90, BodyView.RIGHT),
        (75, BodyView.RIGHT),
        (-90, BodyView.LEFT),
        (-105, BodyView.LEFT),
        (62, None),
        (-118, None),
    ],
)
def test_the_view_follows_how_the_person_is_turned(yaw_deg, view):
    assert seen_view(person(yaw_deg=yaw_deg)) is view


@pytest.mark.parametrize("joint", [Joint.LEFT_SHOULDER, Joint.RIGHT_HIP])
def test_a_hidden_shoulder_or_hip_leaves_the_view_open(joint):
    assert seen_view(without(person(), joint)) is None


def test_a_recovered_shoulder_is_as_good_as_a_seen_one():
    hidden = without(person(yaw_deg=180), Joint.LEFT_SHOULDER)
    recovered = np.zeros(COUNT, bool)
    recovered[Joint.LEFT_SHOULDER] = True
    assert seen_view(dataclasses.replace(hidden, recovered=recovered)) is BodyView.BACK


@pytest.mark.parametrize("yaw_deg", [0, 180, 90])
def test_a_face_that_looks_against_the_chest_means_the_sides_may_be_swapped(yaw_deg):
    swapped = person(yaw_deg=yaw_deg, face_deg=yaw_deg + 180)
    assert sides_may_be_swapped(swapped)
    assert seen_view(swapped) is None


@pytest.mark.parametrize("face_deg", [110, -110, 180])
def test_a_glance_over_the_shoulder_is_no_swap(face_deg):
    assert seen_view(person(yaw_deg=180, face_deg=face_deg)) is BodyView.BACK


def test_a_hidden_face_contradicts_nothing():
    back = without(person(yaw_deg=180, face_deg=0), Joint.NOSE)
    assert seen_view(back) is BodyView.BACK


def test_a_head_hanging_down_contradicts_nothing():
    assert seen_view(person(yaw_deg=0, face_deg=180, upside_down_head=True)) is BodyView.FRONT


def test_shoulders_against_hips_mean_the_sides_may_be_swapped():
    landmarks = person()
    world = landmarks.world_m.copy()
    world[[Joint.LEFT_HIP, Joint.RIGHT_HIP]] = world[[Joint.RIGHT_HIP, Joint.LEFT_HIP]]
    assert sides_may_be_swapped(dataclasses.replace(landmarks, world_m=world))


def test_depth_against_the_picture_means_the_sides_may_be_swapped():
    landmarks = person(yaw_deg=180)
    mirrored = landmarks.xyz_px.copy()
    mirrored[:, 0] = 720 - mirrored[:, 0]
    assert sides_may_be_swapped(dataclasses.replace(landmarks, xyz_px=mirrored))


def test_landmarks_all_in_one_point_have_no_view():
    flat = person()
    nowhere = np.zeros((COUNT, 3), np.float32)
    assert seen_view(dataclasses.replace(flat, world_m=nowhere, xyz_px=nowhere)) is None
