import numpy as np
import pytest

from edge.pose.landmarks import Joint
from models.risk.faults import Faults, draw_faults, draw_for_learning, insert, pitch_deg, turn_deg
from models.risk.motion import ARMS, HIPS, SHOULDERS, Motion, middle, stature_m
from models.risk.people import habit
from models.risk.synthetic import perform

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def walk():
    return perform("walk", habit("train", 0))


@pytest.fixture(scope="module")
def bend():
    return perform("toe_touch", habit("train", 1))


def lean_deg(motion: Motion) -> np.ndarray:
    trunk = middle(motion.points_m, SHOULDERS) - middle(motion.points_m, HIPS)
    return np.degrees(np.arctan2(trunk[:, 0], trunk[:, 2]))


def axial_deg(motion: Motion) -> float:
    return float((turn_deg(motion.points_m, SHOULDERS) - turn_deg(motion.points_m, HIPS)).std())


def test_severity_is_the_published_formula():
    assert Faults().severity == 0.0
    assert Faults(lean=-1.0).severity == pytest.approx(0.9)
    assert Faults(lean=0.5, sway=1.0).severity == pytest.approx(1 - (1 - 0.45) * (1 - 0.7))


def test_the_labels_of_the_parts_are_as_published():
    assert Faults(lean=-0.8, rotation=0.5, blades=0.3).labels[1:] == pytest.approx((0.8, 0.5 / 0.55, 0.3))
    assert Faults(rotation=0.9).labels[2] == 1.0


@pytest.mark.parametrize("grade", [1.1, -0.1])
def test_a_grade_out_of_range_is_refused(grade):
    with pytest.raises(ValueError, match="grade of sway"):
        Faults(sway=grade)


def test_no_fault_changes_nothing(walk):
    assert np.array_equal(insert(walk, Faults(), RNG).points_m, walk.points_m)


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_lean_is_as_large_as_it_says_and_to_the_side_it_says(walk, side):
    leaning = insert(walk, Faults(lean=0.8 * side), RNG)
    assert (lean_deg(leaning) - lean_deg(walk)).mean() == pytest.approx(8.0 * side, abs=0.2)


def test_half_the_rotation_is_half_the_rotation_whether_moved_or_built_in(walk):
    assert axial_deg(insert(walk, Faults(rotation=0.5), RNG)) == pytest.approx(0.5 * axial_deg(walk), rel=0.1)
    built = perform("walk", habit("train", 0), Faults(rotation=0.5))
    assert axial_deg(built) == pytest.approx(0.5 * axial_deg(walk), rel=0.15)


def test_who_turns_half_as_much_keeps_the_head_as_still_whether_moved_or_built_in(walk):
    ears = Joint.LEFT_EAR, Joint.RIGHT_EAR
    still_deg = turn_deg(walk.points_m, ears).std()
    built = perform("walk", habit("train", 0), Faults(rotation=0.5))
    for less in (insert(walk, Faults(rotation=0.5), RNG), built):
        assert turn_deg(less.points_m, ears).std() == pytest.approx(still_deg, abs=0.1)
        assert turn_deg(less.points_m, HIPS).std() == pytest.approx(0.5 * turn_deg(walk.points_m, HIPS).std(), rel=0.2)


def test_what_is_learned_from_often_has_one_fault_alone_and_in_walking_often_rotation():
    rng = np.random.default_rng(4)
    drawn = [draw_for_learning(rng, "walk") for _ in range(400)]
    alone = [faults for faults in drawn if sum(grade > 0 for grade in faults.grades) == 1]
    assert 0.5 < len(alone) / len(drawn) < 0.75
    assert 0.2 < sum(faults.rotation > 0 for faults in alone) / len(alone) < 0.45
    assert all(draw_for_learning(rng, "jump").rotation == 0.0 for _ in range(50))


def test_grades_are_sizes_in_the_order_of_the_formula():
    assert Faults(lean=-0.8, slowness=0.2).grades == (0.8, 0, 0, 0, 0, 0, 0, 0.2)


def test_one_blade_is_higher_and_the_other_stays(walk):
    raised = insert(walk, Faults(blades=1.0), RNG)
    moved = raised.points_m - walk.points_m
    assert moved[:, Joint.RIGHT_SHOULDER, 2].mean() == pytest.approx(0.035 * stature_m(walk.points_m) / 1.7, rel=0.15)
    assert np.abs(moved[:, Joint.LEFT_SHOULDER]).max() == 0.0


def test_stiffness_makes_a_bend_shallower(bend):
    assert np.ptp(pitch_deg(bend.points_m)) > 80.0
    stiff = insert(bend, Faults(stiffness=1.0), RNG)
    assert np.ptp(pitch_deg(stiff.points_m)) < 0.65 * np.ptp(pitch_deg(bend.points_m))


def test_slowness_makes_a_movement_last_twice_as_long(walk):
    assert insert(walk, Faults(slowness=1.0), RNG).seconds == pytest.approx(2 * walk.seconds, rel=0.02)


def test_asymmetry_takes_from_the_arm_of_its_side_only(walk):
    uneven = insert(walk, Faults(asymmetry=1.0), RNG)
    wrists = [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]

    def swing(motion):
        return np.ptp(motion.points_m[:, wrists, 1] - motion.points_m[:, list(SHOULDERS), 1], axis=0)

    assert swing(uneven)[0] == pytest.approx(swing(walk)[0], rel=0.1)
    assert swing(uneven)[1] < 0.5 * swing(walk)[1]


def test_bones_keep_their_length_under_every_fault_that_only_turns_and_moves(walk):
    faulty = insert(walk, Faults(lean=1.0, rotation=0.7, guarding=0.5, sway=0.5), RNG)
    for motion in (walk, faulty):
        thigh = np.linalg.norm(motion.points_m[:, Joint.LEFT_HIP] - motion.points_m[:, Joint.LEFT_KNEE], axis=-1)
        assert thigh.std() < 0.01


def test_drawn_faults_are_one_to_four_and_rotation_only_where_somebody_walks():
    rng = np.random.default_rng(5)
    for _ in range(200):
        faults = draw_faults(rng, "jump")
        assert faults.rotation == 0.0
        assert 0.0 <= faults.severity <= 1.0
    assert any(draw_faults(rng, "walk").rotation > 0 for _ in range(50))


def test_people_of_different_groups_are_different_people_on_different_bodies():
    assert habit("train", 3) == habit("train", 3)
    assert habit("train", 3) != habit("tune", 3)
    assert {habit("symmetric", n).body for n in range(30)} & {habit("train", n).body for n in range(60)} == set()


def test_arms_hang_from_their_own_side():
    for arm, side in zip(ARMS, ("LEFT", "RIGHT"), strict=True):
        assert all(Joint(row).name.startswith(side) for row in arm)
