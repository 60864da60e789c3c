"""
Every measure of the station against the truth of posed bodies, whose formulas are somebody else's.

Points are projected along parallel lines at a known scale: what is left is a difference of definitions, and there is
none. Then through a camera at three metres, where depth makes the difference.
"""

import functools

import cv2
import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_points import SPINE_COUNT, SpinePoint, SpinePoints
from edge.spine.measures import RECIPES, measure
from edge.spine.setup import Setup
from models.people.asset import load_bodies
from models.people.person import Person
from models.people.posture import Curve, Posture
from models.people.truth.measures import measures as true_measures
from models.people.truth.points import Pointer
from tests.stick import Camera

PX_PER_M = 500.0
POSTURES = 30
WAISTS = 24
LEVEL = {"SACRUM": "S", "T12_L1": "T12/L1", "C3_C4": "C3/4"}
TURN = {BodyView.BACK: 0, BodyView.LEFT: 90, BodyView.FRONT: 180, BodyView.RIGHT: 270}
LIMIT = {"deg": 0.2, "mm": 1.0}
BY_SILHOUETTE = {"C10", "C10_left", "C10_right", "C10_height", "C10_gap"}


@functools.cache
def bodies():
    return load_bodies()


@functools.cache
def person(index):
    one = Person(bodies(), index)
    return one, Pointer(one)


def posture(number):
    """Thirty people who stand crookedly in every way at once; every third has a straight spine."""
    rng = np.random.default_rng(number)
    curve = Curve(angle_deg=rng.uniform(5, 50), side=int(rng.choice([-1, 1])), shift_m=rng.normal(0, 0.01))
    return Posture().but(
        curves=(curve,) if number % 3 else (),
        kyphosis_deg=rng.normal(0, 8),
        lordosis_deg=rng.normal(0, 8),
        trunk_lean_deg=rng.normal(0, 2),
        trunk_shift_m=rng.normal(0, 0.01),
        pelvis_tilt_deg=rng.normal(0, 2.5),
        shoulder_tilt_deg=rng.normal(0, 3),
        head_tilt_deg=rng.normal(0, 5),
        head_shift_m=rng.normal(0, 0.015),
        head_forward_m=rng.normal(0, 0.02),
        knees_valgus_deg=tuple(rng.normal(0, 4, 2)),
        leg_difference_m=rng.normal(0, 0.005),
        arms_abduction_deg=tuple(rng.uniform(14, 22, 2)),
    )


@functools.cache
def posed(number, outline=False):
    one, pointer = person(number % bodies().count)
    body = one.pose(posture(number))
    return body, pointer.points(body, outline=outline)


def spine_m(points):
    """(46, 3) metres."""
    found = np.zeros((SPINE_COUNT, 3))
    for point in SpinePoint:
        name = point.name
        if name.startswith("CENTRE_"):
            found[point] = points.centres[LEVEL.get(name[7:], name[7:])]
        elif name.startswith("SIDE_"):
            found[point] = points.skin[name[5:]]
        elif point < SpinePoint.SIDE_C4:
            found[point] = points.skin[LEVEL.get(name, name)]
        else:
            found[point] = points.landmarks[name.lower()]
    return found


def joints_m(points):
    return np.array([points.joints[joint.name.lower()] for joint in Joint])


def parallel(view):
    """A projection along parallel lines."""
    turn = np.radians(TURN[view])

    def project(points_m):
        x, y, z = np.asarray(points_m, float).T
        return np.column_stack([400 + PX_PER_M * (x * np.cos(turn) - y * np.sin(turn)), 1100 - PX_PER_M * z])

    return project


def silhouette(body, project, joints_px):
    """The bare body's mask in the crop the station cuts: 2.4 trunks about the trunk's middle."""
    hips, shoulders = joints_px[[23, 24]].mean(axis=0), joints_px[[11, 12]].mean(axis=0)
    scale = 2.4 * float(np.linalg.norm(hips - shoulders)) / SIDE
    origin = (hips + shoulders) / 2 - scale * SIDE / 2
    fine = 4
    corners = ((project(body.vertices_m) - origin) / scale + 0.5) * fine - 0.5
    picture = np.zeros((SIDE * fine, SIDE * fine), np.uint8)
    for triangle in np.round(corners[bodies().faces["body"]] * 16).astype(np.int32):
        cv2.fillConvexPoly(picture, triangle, 1, shift=4)
    mask = picture.reshape(SIDE, fine, SIDE, fine).mean(axis=(1, 3)) >= 0.5
    return Silhouette(mask, np.array([[scale, 0, origin[0]], [0, scale, origin[1]]]))


def found(number, view, project, setup, *, outline=False):
    body, points = posed(number)
    joints = project(joints_m(points))
    xyz = np.column_stack([joints, np.zeros(COUNT)]).astype(np.float32)
    sure, nothing = np.ones(COUNT, np.float32), np.zeros(COUNT, bool)
    landmarks = Landmarks(xyz, np.zeros((COUNT, 3), np.float32), sure, nothing, 0.0)
    spine = SpinePoints(
        project(spine_m(points)).astype(np.float32),
        np.zeros((SPINE_COUNT, 2, 2), np.float32),
        np.ones(SPINE_COUNT, np.float32),
        np.zeros(SPINE_COUNT, bool),
        0.0,
    )
    mask = silhouette(body, project, joints) if outline else None
    return measure(landmarks, view, setup, (720, 1280), spine, mask).by_id


@pytest.mark.parametrize("view", BodyView)
def test_on_perfect_points_no_definition_differs_from_the_truth(view):
    wrong, compared = {}, set()
    for number in range(POSTURES):
        points = posed(number)[1]
        truth = true_measures(points, view.value)
        setup = Setup(px_per_m=PX_PER_M, person_height_m=points.stature_m)
        rows = found(number, view, parallel(view), setup)
        for row, one in rows.items():
            if view not in RECIPES[row].views or truth.get(row) is None:
                continue
            compared.add(row)
            if one.value is None or abs(one.value - truth[row]) > LIMIT.get(one.unit, 0.2):
                wrong.setdefault(row, []).append((number, one.value or one.reason, truth[row]))
    assert not wrong
    expected = {row for row, recipe in RECIPES.items() if view in recipe.views} - BY_SILHOUETTE
    assert compared == expected


# What depth does at three metres to joints and skin that lie in no one plane: nine of ten errors, camera known.
AT_THREE_METRES = {
    "C1": 0.8, "C4": 0.5, "C6b": 0.5, "C6": 0.5, "C7": 0.8, "C2": 0.8, "C4_psis": 0.5, "C13": 1.8, "C14": 2.0,
    "C8": 2.0, "C1mm": 6.0, "C5b": 4.0, "C5": 5.0, "C9": 8.0, "C13_legs": 8.0,
}  # fmt: skip


def test_through_a_camera_at_three_metres_depth_costs_little():
    camera = Camera(distance_m=3.0, height_m=1.0, pitch_deg=-3.0, roll_deg=1.5, aside_m=0.1)
    off = {row: [] for row in AT_THREE_METRES}
    for number in range(POSTURES):
        truth = true_measures(posed(number)[1], "back")
        rows = found(number, BodyView.BACK, lambda p: camera.project(np.asarray(p, float), BodyView.BACK), camera.setup)
        for row in off:
            off[row].append(abs(rows[row].value - truth[row]))
    ninths = {row: float(np.quantile(errors, 0.9)) for row, errors in off.items()}
    assert {row: ninth for row, ninth in ninths.items() if ninth > AT_THREE_METRES[row]} == {}


def test_the_waist_of_a_mask_is_that_of_the_body():
    """Where both find one: a mask of 256 pixels says where an edge is to 2 mm, and a waist is shallow."""
    heights, angles, possible = [], [], 0
    for number in range(WAISTS):
        truth = true_measures(posed(number, True)[1], "back")
        rows = found(number, BodyView.BACK, parallel(BodyView.BACK), Setup(px_per_m=PX_PER_M), outline=True)
        for row, pairs in (("C10_height", heights), ("C10_left", angles), ("C10_right", angles)):
            possible += truth[row] is not None
            if truth[row] is not None and rows[row].value is not None:
                pairs.append((rows[row].value, truth[row]))
    assert len(heights) >= 4
    assert len(heights) + len(angles) >= 0.5 * possible
    assert np.median([abs(a - b) for a, b in heights]) < 12
    assert np.median([abs(a - b) for a, b in angles]) < 4
    assert np.mean([a * b > 0 for a, b in heights if abs(b) > 5]) >= 0.9
