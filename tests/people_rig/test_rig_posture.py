import numpy as np
import pytest

from models.people.asset import BODY
from models.people.posture import Curve, Foot, Posture
from tests.people_rig.rig import bodies, lean_deg, line_tilt_deg, person, stand

EVERYBODY = pytest.mark.parametrize("index", [0, 3, 5, 9])
ANGLES = pytest.mark.parametrize("asked", [-6.0, -1.0, 0.5, 4.0])


@EVERYBODY
@ANGLES
def test_the_shoulders_tilt_as_asked(index, asked):
    assert line_tilt_deg(stand(index, shoulder_tilt_deg=asked), "shoulder") == pytest.approx(asked, abs=0.1)


@EVERYBODY
@ANGLES
def test_the_pelvis_tilts_as_asked(index, asked):
    assert line_tilt_deg(stand(index, pelvis_tilt_deg=asked), "hip") == pytest.approx(asked, abs=0.1)


@EVERYBODY
@ANGLES
def test_the_head_tilts_as_asked(index, asked):
    assert line_tilt_deg(stand(index, head_tilt_deg=asked), "ear") == pytest.approx(asked, abs=0.1)


@EVERYBODY
@ANGLES
def test_the_trunk_leans_as_asked(index, asked):
    assert lean_deg(stand(index, trunk_lean_deg=asked)) == pytest.approx(asked, abs=0.1)


def test_tilts_stay_as_asked_when_asked_together():
    how = {"pelvis_tilt_deg": 3.0, "head_tilt_deg": -4.0, "trunk_lean_deg": 2.0, "kyphosis_deg": 10.0}
    body = stand(1, curves=(Curve(angle_deg=35.0),), **how)
    assert line_tilt_deg(body, "hip") == pytest.approx(3.0, abs=0.1)
    assert line_tilt_deg(body, "ear") == pytest.approx(-4.0, abs=0.1)
    assert lean_deg(body) == pytest.approx(2.0, abs=0.1)


def test_shoulder_tilt_comes_on_top_of_what_the_trunk_does():
    before = stand(0, trunk_lean_deg=4.0)
    after = stand(0, trunk_lean_deg=4.0, shoulder_tilt_deg=5.0)
    assert line_tilt_deg(after, "shoulder") - line_tilt_deg(before, "shoulder") == pytest.approx(5.0, abs=0.1)


def test_the_trunk_shifts_as_asked():
    body = stand(0, trunk_shift_m=0.02)
    assert body.vertebra("C7")[0] - body.vertebra("S1")[0] == pytest.approx(0.02, abs=5e-4)


def test_the_head_shifts_as_asked():
    body = stand(0, head_shift_m=0.015, head_tilt_deg=5.0)
    ears = 0.5 * (body.joint("left_ear") + body.joint("right_ear"))
    assert ears[0] - body.vertebra("C7")[0] == pytest.approx(0.015, abs=5e-4)


def test_a_longer_right_leg_lifts_the_right_hip():
    body = stand(0, leg_difference_m=0.02)
    assert body.joint("right_hip")[2] - body.joint("left_hip")[2] == pytest.approx(0.02, abs=5e-4)


def test_side_view_parameters_leave_the_front_view_alone():
    body = stand(2, kyphosis_deg=15, lordosis_deg=10, head_forward_m=0.03, pelvis_pitch_deg=6)
    for part in ("shoulder", "hip", "ear"):
        assert line_tilt_deg(body, part) == pytest.approx(0.0, abs=0.01)


def test_kyphosis_rounds_the_back_and_keeps_c7_over_the_sacrum():
    flat, round_ = stand(0), stand(0, kyphosis_deg=20)
    bulge = [b.vertebra("T7")[1] - 0.5 * (b.vertebra("C7")[1] + b.vertebra("T12")[1]) for b in (flat, round_)]
    assert bulge[1] < bulge[0] - 0.01
    assert round_.vertebra("C7")[1] - round_.vertebra("S1")[1] == pytest.approx(
        flat.vertebra("C7")[1] - flat.vertebra("S1")[1], abs=1e-3
    )


def test_the_head_goes_forward_as_asked():
    reach = [b.joint("nose")[1] - b.vertebra("C7")[1] for b in (stand(0), stand(0, head_forward_m=0.03))]
    assert reach[1] - reach[0] == pytest.approx(0.03, abs=0.004)


POSTURES = [
    Posture(),
    Posture(pelvis_tilt_deg=5.0, trunk_lean_deg=-4.0),
    Posture(leg_difference_m=-0.02),
    Posture(bend_deg=100.0),
    Posture(knees_deg=(60.0, 60.0)),
    Posture(pelvis_axial_deg=6.0, heading_deg=120.0, at_m=(0.4, -1.0)),
    Posture(feet=(Foot(forward_m=0.2), Foot(forward_m=-0.2))),
]


@EVERYBODY
@pytest.mark.parametrize("posture", POSTURES)
def test_both_feet_stand_flat_on_the_floor(index, posture):
    body = person(index).pose(posture)
    neutral = stand(index)
    for side in ("left", "right"):
        assert body.joint(f"{side}_heel")[2] == pytest.approx(neutral.joint(f"{side}_heel")[2], abs=1e-4)
    z = body.vertices_m[:BODY, 2]
    assert abs(float(z.min())) < 0.003
    assert float(np.sort(z)[40]) < 0.006


@EVERYBODY
@pytest.mark.parametrize("posture", POSTURES)
def test_legs_keep_their_length(index, posture):
    def lengths(body):
        chain = [[body.joint(f"{side}_{part}") for part in ("hip", "knee", "ankle")] for side in ("left", "right")]
        return np.array([[np.linalg.norm(k - h), np.linalg.norm(a - k)] for h, k, a in chain])

    change = lengths(person(index).pose(posture)) - lengths(stand(index))
    half = 0.5 * posture.leg_difference_m
    assert np.allclose(change.sum(axis=1), [-half, half], atol=1e-4)


def test_feet_stay_where_they_are_while_everything_above_moves():
    still, moving = stand(0), stand(0, pelvis_tilt_deg=4, trunk_lean_deg=6, pelvis_shift_m=0.03, bend_deg=60)
    for name in ("left_ankle", "right_ankle", "left_heel", "right_foot_index"):
        assert moving.joint(name) == pytest.approx(still.joint(name), abs=1e-4)


def test_a_knee_bends_as_asked():
    def knee_deg(body):
        hip, knee, ankle = (body.joint(f"right_{part}") for part in ("hip", "knee", "ankle"))
        cosine = (knee - hip) @ (ankle - knee) / np.linalg.norm(knee - hip) / np.linalg.norm(ankle - knee)
        return np.degrees(np.arccos(cosine))

    assert knee_deg(stand(0, knees_deg=(40, 40))) - knee_deg(stand(0)) == pytest.approx(40.0, abs=0.1)


def test_knock_knees_fall_inwards():
    def aside_m(body):
        hip, knee, ankle = (body.joint(f"right_{part}") for part in ("hip", "knee", "ankle"))
        return knee[0] - 0.5 * (hip[0] + ankle[0])

    assert aside_m(stand(0, knees_valgus_deg=(8, 8))) < aside_m(stand(0)) - 0.01


def test_a_wing_stands_off_the_ribs_on_its_own_side_only():
    flat, winged = stand(0), stand(0, scapula_wing_m=(0.0, 0.015))
    off = [
        flat.landmark(name)[1] - winged.landmark(name)[1]
        for name in ("scapula_inferior_left", "scapula_inferior_right")
    ]
    assert off == pytest.approx([0.0, 0.015], abs=0.003)


def test_the_shoulder_blade_follows_a_lifted_arm():
    hanging, lifted = stand(0), stand(0, arms_abduction_deg=(10.0, 150.0))
    assert lifted.landmark("scapula_inferior_right")[0] > hanging.landmark("scapula_inferior_right")[0] + 0.02
    assert lifted.landmark("scapula_inferior_left") == pytest.approx(
        hanging.landmark("scapula_inferior_left"), abs=1e-6
    )
    assert lifted.joint("right_shoulder")[2] > hanging.joint("right_shoulder")[2] + 0.01


def test_flesh_on_one_side_moves_no_bone():
    plain, uneven = stand(0), stand(0, muscle_m=(0.0, 0.01), fat_m=(0.0, 0.015))
    assert uneven.vertebra("T8") == pytest.approx(plain.vertebra("T8"))
    assert uneven.atr_deg("L1") > 2.0
    assert uneven.landmark("waist_right")[0] > plain.landmark("waist_right")[0] + 0.005


def test_thin_backs_have_a_deeper_furrow():
    def furrow_m(index):
        sunk = person(index).rest_m - bodies().rest_m[index]
        spots = person(index).spots
        middle = spots["midline/T10"].on(sunk)[1]
        return middle - np.mean([spots[f"back_{side}/T10"].on(sunk)[1] for side in ("left", "right")])

    assert furrow_m(2) > 0.003
    assert 0.0005 < furrow_m(8) < furrow_m(2)


@pytest.mark.parametrize("posture", POSTURES)
def test_bones_meet_at_their_joints(posture):
    body, someone = person(3).pose(posture), person(3)
    chains = (
        ("thigh", "shin"),
        ("shin", "foot"),
        ("foot", "toes"),
        ("shoulder", "upper_arm"),
        ("upper_arm", "forearm"),
    )
    for side in ("left", "right"):
        for first, second in chains:
            head = someone.joint_rest(f"{side}_{second}")
            ends = body.bones.place(f"{side}_{first}", head), body.bones.place(f"{side}_{second}", head)
            assert ends[0] == pytest.approx(ends[1], abs=1e-6), (side, first, second)


def test_where_somebody_stands_and_faces_changes_nothing_else():
    here, there = stand(1, pelvis_tilt_deg=3), stand(1, pelvis_tilt_deg=3, heading_deg=90, at_m=(1.0, 2.0))
    quarter = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])
    assert np.allclose(there.vertices_m, here.vertices_m @ quarter.T + (1.0, 2.0, 0.0), atol=1e-5)


def test_arms_hang_along_gravity_in_a_bend():
    body = stand(0, bend_deg=100, arms_abduction_deg=(0, 0))
    arm = body.joint("right_elbow") - body.joint("right_shoulder")
    assert arm[2] < -0.98 * np.linalg.norm(arm)


def test_adding_to_a_posture_adds_to_both_sides_of_a_pair():
    posture = Posture(shoulder_tilt_deg=2.0).plus(shoulder_tilt_deg=1.0, elbows_deg=5.0, knees_deg=(1.0, 2.0))
    assert (posture.shoulder_tilt_deg, posture.elbows_deg, posture.knees_deg) == (3.0, (19.0, 19.0), (1.0, 2.0))
