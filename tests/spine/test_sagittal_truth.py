"""What is measured from a side against people of sticks of known profile."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.spine_points import SPINE_COUNT, SpinePoint
from edge.spine.bend import flexion_deg, part_deg
from edge.spine.measures import RECIPES, measure
from edge.spine.scale import EAR_TO_ANKLE_OF_STATURE
from edge.spine.setup import Setup
from tests.stick import spine_points

PX_PER_M = 500.0
SETUP = Setup(px_per_m=PX_PER_M)
LEVELS = ("SACRUM", "L5", "L3", "T12_L1", "T8", "T3", "C7")
FIVE = ("SIDE_S5", "SIDE_L4", "SIDE_T8", "SIDE_T6", "SIDE_C4")
angle = st.floats(-40, 50)


def chain(start, lengths, leans):
    """Points one above the other, each stretch leaning forward by its angle: (forward, up) in metres."""
    points = [np.array(start, float)]
    for length, lean in zip(lengths, leans, strict=True):
        points.append(points[-1] + length * np.array([math.sin(math.radians(lean)), math.cos(math.radians(lean))]))
    return points


def side_view(points, view):
    """(forward, up) in metres to pixels of a level picture in which the person looks to the right or left."""
    facing = 1.0 if view is BodyView.RIGHT else -1.0
    forward, up = np.array(points).T
    return np.column_stack([360 + facing * PX_PER_M * forward, 1200 - PX_PER_M * up])


def found(view, spine=None, joints=None, setup=SETUP):
    at = np.tile([0.0, 1.0], (SPINE_COUNT, 1))
    for name, point in (spine or {}).items():
        at[SpinePoint[name]] = point
    body = np.tile([0.0, 1.0], (COUNT, 1))
    for name, point in (joints or {}).items():
        for side in ("LEFT", "RIGHT"):
            body[Joint[f"{side}_{name}"]] = point
    xyz = np.column_stack([side_view(body, view), np.zeros(COUNT)]).astype(np.float32)
    world, score = np.zeros((COUNT, 3), np.float32), np.full(COUNT, 0.9, np.float32)
    person = Landmarks(xyz, world, score, np.zeros(COUNT, bool), 0.0)
    return measure(person, view, setup, (720, 1280), spine_points(side_view(at, view))).by_id


BOTH = pytest.mark.parametrize("view", [BodyView.LEFT, BodyView.RIGHT])


@BOTH
@given(angles=st.tuples(angle, angle, angle, angle))
def test_the_five_points_give_the_inclinations_they_were_built_with(view, angles):
    lower, loins, thorax, neck = angles
    spine = dict(zip(FIVE, chain((0, 0.9), (0.12, 0.25, 0.07, 0.15), angles), strict=True))
    rows = found(view, spine)
    for row, value in (
        ("L3_S5_L4", lower), ("L3_L4_T8", loins), ("L3_T8_T6", thorax), ("L3_T6_C4", neck),
        ("L4", neck - loins), ("L5", lower - loins),
    ):  # fmt: skip
        assert rows[row].value == pytest.approx(value, abs=0.1), row


@BOTH
def test_the_published_side_view_has_its_angles_whichever_way_the_person_faces(view):
    """53° and 71° from the horizontal are 37° and 19° from the vertical; their difference is 18°."""
    spine = dict(zip(FIVE, chain((0, 0.9), (0.12, 0.25, 0.07, 0.15), (-10, -12, 19, 37)), strict=True))
    rows = found(view, spine)
    assert rows["L3_T6_C4"].value == pytest.approx(90 - 53, abs=0.05)
    assert rows["L3_T8_T6"].value == pytest.approx(90 - 71, abs=0.05)
    assert rows["L3_T6_C4"].value - rows["L3_T8_T6"].value == pytest.approx(18, abs=0.1)


@BOTH
@given(depth_m=st.floats(-0.03, 0.03))
def test_a_back_in_the_shape_of_a_wave_has_the_tangents_of_the_wave(view, depth_m):
    heights = np.array([0.0, 0.1, 0.25, 0.45, 0.65, 0.85, 1.0])

    def tangent(share):
        return math.degrees(math.atan(2 * math.pi * depth_m * math.cos(2 * math.pi * share) / 0.5))

    wave = [(depth_m * math.sin(2 * math.pi * share), 0.95 + 0.5 * share) for share in heights]
    rows = found(view, dict(zip(LEVELS, wave, strict=True)))
    middles = (heights[:-1] + heights[1:]) / 2
    # A spline through seven points misses a whole wave by a twentieth of its steepest tangent at most.
    limit = 0.05 * abs(tangent(0)) + 0.05
    assert rows["L4_nine"].value == pytest.approx(tangent(middles[5]) - tangent(middles[3]), abs=limit)
    assert rows["L5_nine"].value == pytest.approx(tangent(middles[0]) - tangent(middles[2]), abs=limit)


@BOTH
@given(lean=st.floats(-20, 40), neck=st.floats(20, 80), ahead=st.floats(-0.1, 0.15))
def test_head_and_trunk_have_the_angles_they_were_built_with(view, lean, neck, ahead):
    sacrum, c7 = chain((0, 0.95), (0.5,), (lean,))
    sacrum, l5 = chain((0, 0.95), (0.05,), (lean / 2,))
    ear = c7 + 0.15 * np.array([math.cos(math.radians(neck)), math.sin(math.radians(neck))])
    acromion = c7 + np.array([ahead, -0.05])
    spine = {"SACRUM": sacrum, "L5": l5, "C7": c7, "ACROMION_LEFT": acromion, "ACROMION_RIGHT": acromion}
    rows = found(view, spine, {"EAR": ear, "SHOULDER": acromion, "ANKLE": (0.0, 0.08)})
    assert rows["L7"].value == pytest.approx(lean, abs=0.05)
    assert rows["L8"].value == pytest.approx(lean / 2, abs=0.1)
    assert rows["L1"].value == pytest.approx(neck, abs=0.1)
    assert rows["L2"].value == pytest.approx(1000 * (ear[0] - acromion[0]), abs=0.3)
    assert rows["L9"].value == pytest.approx(1000 * ahead, abs=0.3)
    assert rows["L9_ear"].value == pytest.approx(1000 * (acromion[0] - ear[0]), abs=0.3)


@BOTH
@given(hip=st.floats(-0.1, 0.2), shoulder=st.floats(-0.2, 0.2), knee=st.floats(-0.05, 0.1))
def test_sway_and_plumb_line_are_shares_of_stature(view, hip, shoulder, knee):
    stature = 1.5 / EAR_TO_ANKLE_OF_STATURE
    joints = {"ANKLE": (0.0, 0.08), "KNEE": (knee, 0.45), "HIP": (hip, 0.9), "EAR": (0.05, 1.58)}
    joints["SHOULDER"] = (shoulder, 1.35)
    rows = found(view, joints=joints)
    assert rows["L6"].value == pytest.approx(100 * (hip - (shoulder - hip)) / stature, abs=0.05)
    assert rows["L10_hip"].value == pytest.approx(100 * hip / stature, abs=0.05)
    assert rows["L10_knee"].value == pytest.approx(100 * knee / stature, abs=0.05)
    assert rows["L10_ear"].value == pytest.approx(100 * 0.05 / stature, abs=0.05)
    straight = math.degrees(math.atan2(hip, 0.82) - math.atan2(shoulder - hip, 0.45))
    assert rows["L6_deg"].value == pytest.approx(180 - abs(straight), abs=0.1)


def test_both_facings_give_equal_results():
    spine = dict(zip(FIVE, chain((0, 0.9), (0.12, 0.25, 0.07, 0.15), (-10, -12, 19, 37)), strict=True))
    spine |= dict(
        zip(LEVELS, chain((0, 0.95), (0.05, 0.09, 0.08, 0.12, 0.12, 0.06), (9, 3, -5, -8, 5, 25)), strict=True)
    )
    joints = {"EAR": (0.1, 1.6), "SHOULDER": (0.0, 1.35), "HIP": (0.02, 0.9), "KNEE": (0.03, 0.5), "ANKLE": (0, 0.08)}
    left, right = found(BodyView.LEFT, spine, joints), found(BodyView.RIGHT, spine, joints)
    rows = [row for row, recipe in RECIPES.items() if BodyView.LEFT in recipe.views]
    assert len(rows) == 21
    for row in rows:
        assert left[row].value == pytest.approx(right[row].value, abs=0.01), row


def test_each_facing_takes_the_side_the_camera_sees():
    rows = found(BodyView.LEFT, joints={"EAR": (0.1, 1.6)})
    assert rows["L2"].value is not None
    person = Landmarks(
        np.zeros((COUNT, 3), np.float32),
        np.zeros((COUNT, 3), np.float32),
        np.array([0.1 if joint.name.startswith("LEFT") else 0.9 for joint in Joint], np.float32),
        np.zeros(COUNT, bool),
        0.0,
    )
    assert measure(person, BodyView.LEFT, SETUP).by_id["L2"].reason == "left ear and left shoulder not seen"
    assert measure(person, BodyView.RIGHT, SETUP).by_id["L2"].value == 0.0


def test_from_behind_nothing_sagittal_is_measured():
    rows = measure(_anybody(), BodyView.BACK, SETUP).by_id
    assert rows["L2"].reason == "cannot be seen from behind"


@given(st.floats(-20, 170), st.sampled_from([1.0, -1.0]))
def test_a_bend_goes_on_past_a_right_angle(flexion, facing):
    high = (facing * math.sin(math.radians(flexion)), -math.cos(math.radians(flexion)))
    assert flexion_deg((0, 0), high, facing) == pytest.approx(flexion, abs=1e-6)


def test_the_parts_of_a_bend_add_up():
    low, middle, high = (0.0, 0.0), (0.0, -10.0), (10.0, -10.0)
    assert part_deg((low, middle), (middle, high), 1.0) == pytest.approx(90)
    assert part_deg((low, middle), (middle, high), -1.0) == pytest.approx(-90)
    assert part_deg((low, low), (middle, high), 1.0) is None


def _anybody():
    ones = np.full(COUNT, 0.9, np.float32)
    zeros = np.zeros((COUNT, 3), np.float32)
    return Landmarks(zeros, zeros, ones, np.zeros(COUNT, bool), 0.0)
