"""What the three movements give, against movements whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.session.tasks.jumping import resolution_mm
from edge.session.tasks.plan import TaskKind
from edge.session.tasks.view import TaskStep
from tests.session.tasks.movers import PX_PER_M, Play, Stage, back, bender, bent, jumper, standing, walker

TOES, WALK, JUMP = TaskKind.TOUCH_TOES, TaskKind.WALK, TaskKind.JUMP


@pytest.mark.parametrize("fps", [30.0, 60.0])
@pytest.mark.parametrize("height_m", [0.12, 0.25, 0.40])
def test_a_jump_is_as_high_as_it_was_within_the_resolution_that_is_told(height_m, fps):
    play = Play(JUMP, fps=fps).move(jumper(height_m)).until(None)
    height = play.measure("J1")
    assert play.task.repetitions == 3
    assert height.value == pytest.approx(1000 * height_m, abs=height.limit)
    assert f"at {fps:.0f} pictures a second" in height.words
    assert height.limit == pytest.approx(resolution_mm(2 * np.sqrt(2 * height_m / 9.81), 1 / fps), rel=0.2)


def test_a_finer_camera_tells_a_jump_more_finely():
    slow, fast = (Play(JUMP, fps=fps).move(jumper()).until(None).measure("J1") for fps in (30.0, 60.0))
    assert fast.limit == pytest.approx(slow.limit / 2, rel=0.1)


def test_rising_on_the_toes_of_one_foot_is_no_jump():
    def hop(time_s):
        person = standing()
        xyz = person.xyz_px.copy()
        xyz[[Joint.LEFT_ANKLE, Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX], 1] -= 80 * abs(np.sin(3 * time_s))
        return replace(person, xyz_px=xyz)

    play = Play(JUMP, task_s=10.0).move(hop).until(None)
    assert play.task.repetitions == 0
    assert play.measure("J1").value is None


def test_a_picture_lost_at_take_off_or_landing_costs_that_jump():
    play = Play(JUMP).until(TaskStep.MOVING)
    start_s, at = play.now_s, jumper(0.25)
    while play.step is TaskStep.MOVING:
        time_s = play.now_s - start_s
        if 0.44 < time_s % 2.0 < 0.56:
            play.now_s += 1 / 30
        else:
            play.frame(Stage(at(time_s)))
    assert "lost at take-off" in play.until(None).measure("J1").reason


@pytest.mark.parametrize("longer", [-0.2, 0.0, 0.2])
def test_steps_that_take_longer_on_one_side_are_told_with_the_side(longer):
    play = Play(WALK).move(walker(right_longer=longer)).until(None)
    sides, pace = play.measure("G4"), play.measure("G5")
    assert pace.value == pytest.approx(120, abs=3)
    assert sides.value == pytest.approx(100 * longer, abs=sides.limit)
    expected = "alike" if longer == 0 else f"{'right' if longer > 0 else 'left'} steps take"
    assert sides.words.startswith(expected)


def test_nothing_is_said_about_sides_below_twelve_steps():
    def short(time_s):
        return walker()(time_s) if time_s < 5.4 else standing()

    play = Play(WALK, task_s=10.0).move(short).until(None)
    assert 8 <= play.task.repetitions < 12
    assert play.task.outcome == "partial"
    assert play.measure("G4").reason == f"not measurable: {play.task.repetitions} of 12 steps"
    assert play.measure("G1").value is None
    assert play.measure("G5").value == pytest.approx(120, abs=5)


def test_facing_the_camera_changes_the_foot_that_leads():
    def towards(time_s):
        person = walker(right_longer=0.2)(time_s)
        xyz = person.xyz_px.copy()
        xyz[:, 0] = 720 - xyz[:, 0]
        return replace(person, xyz_px=xyz)

    play = Play(WALK).move(towards).until(None)
    # Mirrored, the foot that is higher in the picture is the one behind.
    assert play.measure("G4").value == pytest.approx(-20, abs=5)


def test_steps_about_a_turn_are_counted_and_not_timed():
    def turning(time_s):
        person = walker()(time_s)
        if time_s % 3.0 > 2.4:
            xyz = person.xyz_px.copy()
            xyz[:13, 0] = 360 + (xyz[:13, 0] - 360) * 0.2
            person = replace(person, xyz_px=xyz)
        return person

    play = Play(WALK).move(turning).until(None)
    assert play.task.repetitions >= 14
    assert play.measure("G5").value == pytest.approx(120, abs=4)


@pytest.mark.parametrize("aside_px", [-40.0, 40.0])
def test_a_bend_to_one_side_has_its_deviation_and_side(aside_px):
    play = Play(TOES).move(bender(aside_px=aside_px)).until(None)
    aside = play.measure("B5")
    trunk_px = 0.27 * 1.6 * PX_PER_M
    assert aside.value == pytest.approx(100 * aside_px / trunk_px, abs=1.0)
    assert ("right" if aside_px > 0 else "left") in aside.words
    assert play.measure("B6").value == pytest.approx(0.0, abs=0.5)
    assert "side only" in play.measure("B4").reason


def test_from_a_side_the_range_of_the_bend_is_measured_and_its_deviation_is_not():
    def sideways(depth_deg):
        person = standing()
        xyz = person.xyz_px.copy()
        hips = xyz[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2].mean(axis=0)
        xyz[:, 0] = 0.2 * (xyz[:, 0] - hips[0]) + hips[0]
        turn = np.radians(depth_deg)
        upper = np.arange(33) < Joint.LEFT_HIP
        x, up = xyz[upper, 0] - hips[0], hips[1] - xyz[upper, 1]
        xyz[upper, 0] = hips[0] + x * np.cos(turn) + up * np.sin(turn)
        xyz[upper, 1] = hips[1] - up * np.cos(turn) + x * np.sin(turn)
        return replace(person, xyz_px=xyz)

    def bend(time_s):
        return sideways(100.0 * (0.5 - 0.5 * np.cos(2 * np.pi * time_s / 4))) if time_s < 8 else sideways(0.0)

    play = Play(TOES, bend_view=BodyView.RIGHT).until(TaskStep.MOVING, Stage(sideways(0.0))).move(bend).until(None)
    assert play.task.repetitions == 2
    assert play.measure("B4").value == pytest.approx(100, abs=2)
    assert "behind or in front" in play.measure("B5").reason
    assert play.course.hump is None


def test_hands_that_reach_the_floor_do_and_hidden_ones_are_not_guessed():
    def touch(time_s):
        share = 0.5 - 0.5 * np.cos(2 * np.pi * time_s / 4)
        person = bent(95 * share) if time_s < 8 else standing()
        xyz, score = person.xyz_px.copy(), person.score.copy()
        if share > 0.8:
            toes = xyz[Joint.LEFT_FOOT_INDEX, 1]
            xyz[Joint.LEFT_WRIST, 1], xyz[Joint.LEFT_INDEX, 1] = toes - 87, toes - 37
            xyz[Joint.LEFT_INDEX, 0] = xyz[Joint.LEFT_WRIST, 0]
            score[[Joint.RIGHT_WRIST, Joint.RIGHT_INDEX]] = 0.1
        else:
            score[[Joint.LEFT_WRIST, Joint.RIGHT_WRIST]] = 0.1
        return replace(person, xyz_px=xyz, score=score)

    play = Play(TOES).move(touch).until(None)
    assert play.measure("B3_left").words == "reaches the floor"
    assert "right hand not seen" in play.measure("B3_right").reason
    assert play.measure("B3_left").limit == 39.0


def bend_with(angle_deg, **plan):
    play = Play(TOES, **plan).until(TaskStep.MOVING)
    start_s, at = play.now_s, bender()
    while play.step is TaskStep.MOVING:
        person = at(play.now_s - start_s)
        hips = person.xyz_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2].mean(axis=0)
        play.frame(Stage(person, outline=back(angle_deg, hips)))
    return play.until(None)


@pytest.mark.parametrize(("angle_deg", "side"), [(8.0, "right"), (-8.0, "left"), (1.0, None)])
def test_a_bend_hints_at_the_higher_side_of_the_back(angle_deg, side):
    hump = bend_with(angle_deg, outline=True).course.hump
    assert hump.side == side
    assert (hump.reason is None) == (side is not None)
    assert len(hump.course) > 5
    if side:
        assert hump.band in ("thoracic", "thoracolumbar")


def test_without_an_outline_there_is_no_hint_and_the_setting_is_named():
    hump = bend_with(8.0).course.hump
    assert (hump.side, hump.skyline_deg) == (None, None)
    assert "models.silhouette" in hump.reason
