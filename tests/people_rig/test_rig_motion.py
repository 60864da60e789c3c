import numpy as np
import pytest

from models.people.asset import BODY
from models.people.exercises import EXERCISES
from models.people.motion import TASKS, task
from models.people.posture import Curve, Posture
from models.people.timing import hold, smooth
from tests.people_rig.rig import lean_deg, line_tilt_deg, person

FRAMES_S = np.arange(0.0, 5.0, 0.2)


def at(name: str, time_s: float, index: int = 0, **how: object):
    return person(index).pose(task(name, **how)(time_s))


def change(name: str, measure, right: bool) -> float:
    """What an exercise done to the right side has changed while it is held."""
    return measure(at(name, 4.0, right=right)) - measure(at(name, 0.0, right=right))


def test_quiet_standing_sways_c7_by_three_to_four_millimetres():
    places = np.array([at("stand", t, seed=5).vertebra("C7") for t in np.arange(0, 90, 0.5)])
    aside, ahead = places.std(axis=0)[:2]
    assert 0.0025 < aside < 0.0045
    assert 0.003 < ahead < 0.005


def test_quiet_standing_moves_no_foot():
    heels = np.array([at("stand", t, seed=5).joint("left_heel") for t in FRAMES_S])
    assert np.ptp(heels, axis=0).max() < 1e-5


def test_another_seed_sways_another_way_and_the_same_seed_the_same():
    assert task("stand", seed=1)(2.0) == task("stand", seed=1)(2.0)
    assert task("stand", seed=1)(2.0) != task("stand", seed=2)(2.0)


@pytest.mark.parametrize("name", sorted(TASKS))
def test_nobody_sinks_into_the_floor(name):
    for index in (0, 5):
        lowest = min(float(at(name, t, index).vertices_m[:BODY, 2].min()) for t in FRAMES_S)
        assert -0.012 < lowest < 0.003


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_keeps_the_persons_curve(name):
    base = Posture(curves=(Curve(angle_deg=35),))
    assert at(name, 2.0, base=base).built_curves()[0].angle_deg > 25.0


@pytest.mark.parametrize("name", sorted(TASKS))
def test_nothing_jumps_between_two_frames(name):
    places = [at(name, t).joint("left_wrist") for t in np.arange(0.0, 5.0, 1 / 30)]
    assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 0.2


def test_the_adams_bend_brings_the_trunk_level():
    body = at("adams", 3.5)
    trunk = body.vertebra("C7") - body.vertebra("S1")
    assert abs(np.degrees(np.arctan2(trunk[2], trunk[1]))) < 30.0
    hands = [body.joint(f"{side}_index") for side in ("left", "right")]
    assert np.linalg.norm(hands[0] - hands[1]) < 0.15


def test_a_toe_touch_nearly_reaches_the_feet():
    body = at("toe_touch", 2.4)
    assert body.joint("left_index")[2] < 0.2 < at("toe_touch", 0.0).joint("left_index")[2]


@pytest.mark.parametrize("index", [0, 4])
def test_walking_plants_each_foot_and_covers_the_distance(index):
    walk, previous, slid = task("walk", distance_m=2.0), None, 0.0
    for time_s in np.arange(0.0, 5.0, 1 / 30):
        posture = walk(time_s)
        heels = [person(index).pose(posture).joint(f"{side}_heel") for side in ("left", "right")]
        flat = [foot.lift_m == 0.0 and foot.pitch_deg == 0.0 for foot in posture.feet]
        if previous is not None:
            moved = [np.linalg.norm(now - before) for now, before in zip(heels, previous[0], strict=True)]
            slid = max([slid, *(m for m, a, b in zip(moved, flat, previous[1], strict=True) if a and b)])
        previous = heels, flat
    assert slid < 0.001
    assert walk(5.0).feet[0].forward_m == walk(5.0).feet[1].forward_m == pytest.approx(2.0)


def test_walking_swings_each_arm_with_the_other_leg():
    postures = [task("walk")(t) for t in np.arange(1.2, 2.6, 0.05)]
    legs = [p.feet[0].forward_m - p.feet[1].forward_m for p in postures]
    arms = [p.arms_flexion_deg[0] - p.arms_flexion_deg[1] for p in postures]
    assert np.corrcoef(legs, arms)[0, 1] < -0.5


def test_a_jump_leaves_the_floor_by_its_height():
    highest = max(float(at("jump", t, height_m=0.25).vertices_m[:BODY, 2].min()) for t in np.arange(1.5, 2.4, 0.01))
    assert highest == pytest.approx(0.25, abs=0.02)


def test_an_uneven_jump_lands_one_foot_first():
    posture = task("jump", asymmetry=1.0)(1.8)
    assert posture.feet[0].lift_m > posture.feet[1].lift_m


def test_a_side_shift_moves_the_trunk_and_a_wrong_one_leans_it():
    assert change("side_shift", lean_deg, right=True) > 3.0
    assert abs(change("side_shift", lambda body: line_tilt_deg(body, "shoulder"), right=True)) < 2.0
    assert abs(change("side_shift", lambda body: line_tilt_deg(body, "ear"), right=True)) < 0.5
    assert abs(change("side_shift", lambda body: line_tilt_deg(body, "ear"), right=False)) > 5.0


def test_elongation_makes_taller_and_a_wrong_one_shrugs():
    def neck_m(body):
        return body.joint("left_ear")[2] - body.joint("left_shoulder")[2]

    assert change("elongation", lambda body: body.vertebra("C7")[2] - body.vertebra("S1")[2], right=True) > 0.002
    assert change("elongation", neck_m, right=True) > 0.0
    assert change("elongation", neck_m, right=False) < -0.02


def test_the_other_side_is_the_mirror_image():
    for name in EXERCISES:
        for right in (True, False):
            one, other = (at(name, 4.0, side=side, right=right) for side in (1, -1))
            assert one.joint("left_shoulder") * (-1, 1, 1) == pytest.approx(other.joint("right_shoulder"), abs=1e-3)


def test_right_and_wrong_differ_in_every_exercise():
    for name in EXERCISES:
        assert task(name, right=True)(4.0) != task(name, right=False)(4.0)


def test_semi_hanging_is_even_when_right():
    def elbows_m(body):
        return body.joint("right_elbow")[2] - body.joint("left_elbow")[2]

    assert abs(elbows_m(at("semi_hanging", 4.0))) < 0.005
    assert abs(elbows_m(at("semi_hanging", 4.0, right=False))) > 0.03


def test_an_unknown_task_is_named():
    with pytest.raises(ValueError, match="handstand"):
        task("handstand")


def test_ramps_start_and_end_still():
    assert (smooth(-1.0), smooth(0.0), smooth(0.5), smooth(1.0), smooth(2.0)) == (0.0, 0.0, 0.5, 1.0, 1.0)
    assert (hold(0.5, 0.6, 1.0, 5.0), hold(2.0, 0.6, 1.0, 5.0), hold(4.5, 0.6, 1.0, 5.0)) == (0.0, 1.0, 0.0)
