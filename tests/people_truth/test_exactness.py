"""What the truth says of a rendered person is what stands in the picture."""

import json
from dataclasses import replace

import cv2
import jsonschema
import numpy as np
import pytest

from edge.pose.landmarks import Joint
from models.people.asset import load_bodies
from models.people.person import Person
from models.people.posture import Curve, Posture
from models.people.render.figure import Figure
from models.people.render.render import render
from models.people.sample import sample
from models.people.studio import Studio, camera_of, lights_of, room_of
from models.people.truth.definitions import DEFINITIONS
from models.people.truth.measures import measures
from models.people.truth.points import Pointer
from models.people.truth.record import SCHEMA, to_json
from models.people.truth.seen import SKIN_TOLERANCE_M
from models.people.truth.silhouette import unpacked
from tests.people_truth.test_true_measures import CORONAL, PAIRED, UNSIGNED

BARE = {"top": "none", "sex": "m", "hair": "cropped", "bottom": "briefs"}
CROOKED = Posture(
    curves=(Curve(angle_deg=35.0, side=1, shift_m=0.01),),
    shoulder_tilt_deg=3.0, pelvis_tilt_deg=2.0, trunk_lean_deg=1.0, head_tilt_deg=-2.0, head_shift_m=0.01,
    trunk_axial_deg=2.0, arms_abduction_deg=(8.0, 12.0), knees_deg=(2.0, 0.0),
)  # fmt: skip
MIRRORED = CROOKED.but(
    curves=(Curve(angle_deg=35.0, side=-1, shift_m=-0.01),),
    shoulder_tilt_deg=-3.0, pelvis_tilt_deg=-2.0, trunk_lean_deg=-1.0, head_tilt_deg=2.0, head_shift_m=-0.01,
    trunk_axial_deg=-2.0, arms_abduction_deg=(12.0, 8.0), knees_deg=(0.0, 2.0),
)  # fmt: skip


@pytest.fixture(scope="module")
def studio():
    return Studio()


@pytest.fixture(scope="module")
def taken(studio):
    """One bare back: the shot and its picture, truth."""
    drawn = sample(3, "draft")
    shot = replace(drawn, body=0, wardrobe={**drawn.wardrobe, **BARE}, place=replace(drawn.place, size_px=(360, 640)))
    return shot, *next(iter(studio.frames(shot)))[1:]


@pytest.fixture(scope="module")
def someone():
    person = Person(load_bodies(), 0)
    return person, Pointer(person)


def of(someone, posture):
    person, pointer = someone
    return measures(pointer.points(person.pose(posture)))


def test_the_skin_midline_lies_on_the_rendered_skin(studio, taken):
    shot, _, truth = taken
    group = truth.groups["midline"]
    depth = _depth_beside(studio, shot, group.px[group.visible])
    away = np.linalg.norm(group.m - np.array(shot.place.position_m), axis=1)[group.visible]
    assert group.visible.sum() >= 12
    assert np.median(np.abs(depth - away)) < 0.003
    assert np.percentile(np.abs(depth - away), 95) < SKIN_TOLERANCE_M / 2


def _depth_beside(studio, shot, px):
    """Distance from the lens to what the picture shows at some places, metres."""
    camera = camera_of(shot.place)
    body = studio._person(shot.body)[0].pose(shot.posture(0))
    shown = render([Figure(body, studio._look(shot))], room_of(shot, camera), lights_of(shot), camera)
    depth = cv2.remap(shown.depth_m, (px - 0.5).astype(np.float32)[:, None], None, cv2.INTER_LINEAR)[:, 0]
    rays = np.column_stack([(px - np.array(camera.size_px) / 2) / camera.focal_px, np.ones(len(px))])
    return depth * np.linalg.norm(rays, axis=1)


def test_every_visible_joint_lies_on_the_silhouette(taken):
    _, _, truth = taken
    near = cv2.dilate(truth.silhouette.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    for name in ("joints", "spine_skin", "spine_centres"):
        group = truth.groups[name]
        x, y = group.px[group.inside].astype(int).T
        assert near[y, x].all(), name


def test_seen_from_behind_the_right_hand_is_on_the_right_of_the_picture(taken):
    group = taken[2].groups["joints"]
    assert group.px[Joint.RIGHT_SHOULDER, 0] > group.px[Joint.LEFT_SHOULDER, 0] + 20


@pytest.mark.parametrize(
    ("posture", "row", "slope", "allowed"),
    [
        ("shoulder_tilt_deg", "C1", 1.0, 0.01),
        ("pelvis_tilt_deg", "C4", 1.0, 0.01),
        ("head_tilt_deg", "C7", 1.0, 0.01),
        ("trunk_lean_deg", "C6", 0.96, 0.02),  # from the low back up, while C6 starts at the sacrum
        ("heading_deg", "C1", 0.0, 0.001),
        ("heading_deg", "C6", 0.0, 0.001),
    ],
)
def test_a_measure_follows_the_posture_one_to_one(someone, posture, row, slope, allowed):
    low, high = (of(someone, Posture(**{posture: angle}))[row] for angle in (-4.0, 4.0))
    assert (high - low) / 8.0 == pytest.approx(slope, abs=allowed)


def test_a_shifted_trunk_is_shifted_by_as_much(someone):
    straight, shifted = (of(someone, Posture(trunk_shift_m=shift))["C5_vertebral"] for shift in (0.0, 0.02))
    assert shifted - straight == pytest.approx(20.0, abs=0.5)


@pytest.mark.parametrize("side", [-1, 1])
def test_a_curve_shows_its_convex_side_in_every_sign(someone, side):
    person, pointer = someone
    curve = Curve(angle_deg=40.0, side=side, rotation_share=0.35)
    standing = of(someone, Posture(curves=(curve,)))
    assert np.sign(standing["C14"]) == np.sign(standing["C14_vertebral"]) == side
    bent = person.pose(Posture(curves=(curve,), bend_deg=95.0))
    assert np.sign(bent.atr_deg("T8")) == side
    assert np.sign(measures(pointer.points(bent))["B2"]) == side


def test_a_mirrored_person_turns_every_coronal_sign(someone):
    straight, turned = of(someone, CROOKED), of(someone, MIRRORED)
    for row in CORONAL:
        tolerance = 0.02 * max(1.0, abs(straight[row] or 0.0))
        if straight[row] is None:
            assert turned[PAIRED.get(row, row)] is None, row
        elif row in PAIRED:
            assert turned[PAIRED[row]] == pytest.approx(straight[row], abs=tolerance), row
        else:
            sign = 1.0 if row in UNSIGNED else -1.0
            assert turned[row] == pytest.approx(sign * straight[row], abs=tolerance), row


def test_where_the_camera_is_changes_no_measure(studio, taken):
    shot, _, truth = taken
    rolled = replace(shot, place=replace(shot.place, roll_deg=7.0, position_m=(0.3, -2.2, 1.5)))
    other = next(iter(studio.frames(rolled)))[2]
    assert other.measures == truth.measures
    assert not np.allclose(other.groups["joints"].px, truth.groups["joints"].px)


def test_a_frame_is_the_same_whenever_it_is_rendered(studio):
    shot = sample(8, "draft")
    together = {number: image for number, image, _ in studio.frames(shot)}
    (number, alone, _), *_ = Studio().frames(shot, [1])
    assert number == 1
    assert (together[1] == alone).all()
    assert (together[0] != alone).any()


def test_the_record_is_what_its_schema_says(taken):
    _, _, truth = taken
    record = to_json(truth, "x.jpg")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json.dumps(record)), schema)
    assert set(record["measures"]) == set(DEFINITIONS)
    assert (unpacked(record["silhouette"]) == truth.silhouette).all()
    assert record["points"]["joints"]["names"] == [joint.name.lower() for joint in Joint]


@pytest.mark.parametrize("damage", [{"seed": 900_000}, {"view": "above"}, {"points": {}}, {"extra": 1}])
def test_a_wrong_record_does_not_pass_the_schema(taken, damage):
    record = to_json(taken[2], "x.jpg") | damage
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(record)), json.loads(SCHEMA.read_text(encoding="utf-8")))
