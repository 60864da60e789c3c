"""What is measured from behind and in front against people of sticks whose every angle is known."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.spine_points import SpinePoint
from edge.spine.measures import RECIPES, measure
from edge.spine.plane import false_tilt_deg
from edge.spine.setup import Setup
from tests.stick import SIZE_PX, Camera, Stick, spine_points

DEG, MM = 0.2, 1.0
"""What perfect points may be off by."""

tilt, small = st.floats(-10, 10), st.floats(-0.03, 0.03)
people = st.builds(
    Stick,
    shoulder_tilt_deg=tilt,
    pelvis_tilt_deg=tilt,
    head_tilt_deg=tilt,
    lean_deg=tilt,
    c7_shift_m=small,
    curve_m=small,
    head_lean_deg=tilt,
    head_shift_m=small,
    valgus_deg=st.tuples(tilt, tilt),
    leg_difference_m=st.floats(-0.03, 0.03),
)
cameras = st.builds(
    Camera,
    distance_m=st.floats(2.5, 4),
    height_m=st.floats(0.6, 1.6),
    pitch_deg=st.floats(-8, 8),
    roll_deg=st.floats(-5, 5),
    aside_m=st.floats(-0.25, 0.25),
)


def truth(person):
    """Measure id -> value, from what the person was built with."""
    lean, tilts = math.radians(person.lean_deg), math.radians(person.shoulder_tilt_deg)
    return {
        "C1": person.shoulder_tilt_deg,
        "C1mm": 340 * math.sin(tilts),
        "C1_trunk": 100 * 0.34 * math.sin(tilts) / 0.47,
        "C4": person.pelvis_tilt_deg,
        "C5": 1000 * person.c7_shift_m,
        "C5_trunk": 100 * person.c7_shift_m / math.hypot(0.5, person.c7_shift_m),
        "C5b": 470 * math.sin(lean),
        "C5b_trunk": 100 * math.sin(lean),
        "C6": math.degrees(math.atan2(person.c7_shift_m, 0.5)),
        "C6b": person.lean_deg,
        "C7": person.head_tilt_deg,
        "C8": person.head_lean_deg,
        "C9": 1000 * person.head_shift_m,
        "C9_shoulders": 100 * person.head_shift_m / 0.34,
        "C13_left": person.valgus_deg[0],
        "C13_right": person.valgus_deg[1],
        "C13": person.valgus_deg[1] - person.valgus_deg[0],
        "C13_legs": 1000 * person.leg_difference_m,
    }


def values(person, camera, view=BodyView.BACK, yaw_deg=0.0, setup=None):
    yaw_in_picture = yaw_deg if view is BodyView.BACK else -yaw_deg
    found = measure(
        person.seen(camera, view, yaw_in_picture),
        view,
        setup or camera.setup,
        SIZE_PX,
        person.spine_seen(camera, view, yaw_in_picture),
    )
    return {row: one.value for row, one in found.by_id.items()}


def off_by(found, expected):
    limits = {"deg": DEG, "mm": MM}
    return {
        row: (found[row], value)
        for row, value in expected.items()
        if found[row] is None or abs(found[row] - value) > limits.get(RECIPES[row].unit, 0.2)
    }


@given(people)
def test_from_behind_at_yaw_nought_and_with_a_level_camera_every_measure_is_true(person):
    assert not off_by(values(person, Camera()), truth(person))


@given(people)
def test_from_in_front_every_measure_is_the_same(person):
    assert not off_by(values(person, Camera(), BodyView.FRONT), truth(person))


@settings(max_examples=60)
@given(people, cameras)
def test_roll_pitch_height_and_a_place_off_the_axis_are_taken_out(person, camera):
    assert not off_by(values(person, camera), truth(person))


@settings(max_examples=60)
@given(people, cameras, st.floats(-14, 14), st.sampled_from([BodyView.BACK, BodyView.FRONT]))
def test_a_turned_body_is_turned_back_where_the_turn_is_known(person, camera, yaw, view):
    setup = Setup(**{**_fields(camera.setup), "yaw_deg": yaw})
    assert not off_by(values(person, camera, view, yaw, setup), truth(person))


@settings(max_examples=30)
@given(people, cameras)
def test_pitch_is_found_from_the_feet_below_a_camera_of_known_height(person, camera):
    person = Stick(**{**_fields(person), "leg_difference_m": 0.0, "pelvis_tilt_deg": 0.0})
    setup = Setup(**{**_fields(camera.setup), "pitch_deg": None})
    assert not off_by(values(person, camera, setup=setup), truth(person))


@pytest.mark.parametrize(("yaw", "false"), [(2, 0.23), (5, 0.58), (10, 1.18), (15, 1.79)])
def test_without_the_cameras_height_a_turn_is_a_false_tilt_of_the_published_size(yaw, false):
    camera = Camera(height_m=1.02)  # 0.35 m below the shoulders
    found = values(Stick(), camera, yaw_deg=yaw, setup=Setup())["C1"]
    assert abs(found) == pytest.approx(false_tilt_deg(0.35, 3.0, yaw), abs=0.02) == pytest.approx(false, abs=0.02)


def test_a_body_turned_further_than_can_be_taken_out_is_not_measured():
    person, camera = Stick(shoulder_tilt_deg=4), Camera()
    for setup, limit in ((Setup(px_per_m=500), 5), (camera.setup, 15)):
        for yaw, kept in ((limit, True), (limit + 0.1, False), (-limit - 0.1, False)):
            turned = Setup(**{**_fields(setup), "yaw_deg": yaw})
            found = measure(person.seen(camera, yaw_deg=yaw), BodyView.BACK, turned, SIZE_PX).by_id["C1"]
            assert (found.value is not None) == kept
            assert kept or "turned by" in found.reason


@given(people)
def test_a_mirrored_person_has_the_opposite_sign_in_every_measure(person):
    turned = {name: -value for name, value in _fields(person).items() if isinstance(value, float)}
    mirrored = Stick(**turned, valgus_deg=person.valgus_deg[::-1])
    here, there = values(person, Camera()), values(mirrored, Camera())
    for row in truth(person):
        other = {"C13_left": "C13_right", "C13_right": "C13_left"}.get(row)
        assert there[other or row] == pytest.approx((1 if other else -1) * here[row], abs=0.05), row


def test_every_row_gives_a_reason_when_its_points_are_hidden():
    person, camera = Stick(), Camera()
    nothing = spine_points(np.full((len(SpinePoint), 2), np.nan))
    blind = person.seen(camera)
    blind.score[:] = 0.1
    for view in BodyView:
        for row, found in measure(blind, view, Setup(px_per_m=500), SIZE_PX, nothing).by_id.items():
            assert found.value is None
            assert found.reason, row


def test_rows_a_network_does_not_supply_are_not_there():
    rows = set(measure(Stick().seen(Camera()), BodyView.BACK, Setup()).by_id)
    assert rows == {row for row, recipe in RECIPES.items() if recipe.needs == "landmarks"}
    assert {"C5", "C6", "C8", "C14", "C10", "L1"}.isdisjoint(rows)


def test_a_recovered_spine_point_marks_what_stands_on_it():
    person, camera = Stick(), Camera()
    points = person.spine_seen(camera)
    points.recovered[SpinePoint.C7] = True
    points.score[SpinePoint.C7] = 0.1
    found = measure(person.seen(camera), BodyView.BACK, camera.setup, SIZE_PX, points).by_id
    assert found["C5"].recovered
    assert found["C5"].value is not None
    assert not found["C1"].recovered


def _fields(one):
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
