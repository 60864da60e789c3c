"""The tasks' state machine: how a task comes to its end, and that nothing that goes wrong becomes a number."""

import pytest

from edge.session.tasks.inputs import Chosen, Key, Typed
from edge.session.tasks.plan import TaskKind, TaskPlan
from edge.session.tasks.view import TaskStep
from tests.session.tasks.movers import (
    Play,
    SimulatedIndex,
    Stage,
    bender,
    jumper,
    standing,
    unsure,
    walker,
)

TOES, WALK, JUMP = TaskKind.TOUCH_TOES, TaskKind.WALK, TaskKind.JUMP
NOBODY, CROWD, DARK = Stage(None), Stage(standing(), people=2), Stage(None, trouble="It is too dark.")
LOW = Stage(unsure(lambda _: standing())(0.0))


def no_numbers(task):
    return all(measure.value is None and measure.reason for measure in task.measures)


@pytest.mark.parametrize(("kind", "mover"), [(TOES, bender()), (WALK, walker()), (JUMP, jumper())])
def test_a_task_goes_from_instruction_to_rating_and_is_complete(kind, mover):
    play = Play(kind).move(mover)
    assert play.step is TaskStep.RATING
    play.course.put(play.now_s, Chosen(80))
    play.course.put(play.now_s, Key.CONFIRM)
    assert play.steps == [TaskStep.INSTRUCTION, TaskStep.COUNTDOWN, TaskStep.MOVING, TaskStep.RATING]
    assert play.course.over
    assert (play.task.outcome, play.task.reason) == ("complete", None)
    assert (play.task.rating, play.task.rating_reason) == (80, None)
    assert play.task.repetitions >= play.task.wanted
    assert play.task.duration_s <= 60


def test_without_a_network_only_what_was_measured_is_reported():
    play = Play(JUMP).move(jumper()).until(None)
    assert play.task.index.value is None
    assert "no movement network" in play.task.index.reason
    assert play.measure("J1").value > 0


def test_a_network_that_is_there_judges_the_movement_and_nothing_else():
    judges = []
    play = Play(JUMP, new_index=lambda: judges.append(SimulatedIndex(0.4)) or judges[-1]).move(jumper()).until(None)
    assert play.task.index.value == 0.4
    assert judges[0].count == pytest.approx(play.task.duration_s * 30, abs=3)


def test_every_task_has_its_own_judge():
    judges = []
    Play(JUMP, WALK, new_index=lambda: judges.append(SimulatedIndex()) or judges[-1]).until(None, NOBODY)
    assert len(judges) == 2


def test_the_countdown_waits_for_the_whole_body_and_starts_anew_when_it_is_lost():
    play = Play(JUMP, start_s=30.0).for_(4.0, Stage(standing(hidden=(27,))))
    assert play.step is TaskStep.INSTRUCTION
    play.until(TaskStep.COUNTDOWN).for_(1.0, NOBODY)
    assert play.step is TaskStep.INSTRUCTION
    play.until(TaskStep.MOVING)


def test_feet_outside_the_picture_are_not_the_whole_body():
    play = Play(JUMP).until(None, Stage(standing(feet_px=-20.0)))
    assert play.task.outcome == "not_started"
    assert "whole body" in play.task.reason


def test_a_task_that_nobody_begins_is_not_started():
    play = Play(JUMP).until(None, NOBODY)
    assert (play.task.outcome, play.task.repetitions, play.task.rating) == ("not_started", 0, None)
    assert "nobody was in the picture" in play.task.reason
    assert play.task.index.value is None
    assert play.task.measures == []


def test_a_person_who_only_stands_runs_out_of_time_and_is_not_asked_how_it_felt():
    play = Play(JUMP).until(None)
    assert play.task.outcome == "partial"
    assert "time was up: the movement was not begun" in play.task.reason
    assert play.task.duration_s == pytest.approx(60, abs=0.2)
    assert play.task.rating_reason == "not asked for"
    assert no_numbers(play.task)


def test_a_person_who_is_too_slow_keeps_what_was_done():
    play = Play(TOES).move(bender(rounds=1)).until(None)
    assert (play.task.outcome, play.task.repetitions) == ("partial", 1)
    assert "time was up: 1 of 2" in play.task.reason
    assert play.measure("B5").value is not None


@pytest.mark.parametrize(
    ("stage", "why"),
    [(NOBODY, "the person left"), (CROWD, "more than one person"), (DARK, "the camera's picture was missing: It is")],
    ids=["left", "crowd", "dark"],
)
def test_a_movement_that_is_disturbed_for_long_ends_with_the_reason(stage, why):
    play = Play(JUMP).until(TaskStep.MOVING).for_(1.0)
    play.until(None, stage, at_most_s=12.0)
    assert play.task.outcome == "partial"
    assert why in play.task.reason
    assert no_numbers(play.task)


@pytest.mark.parametrize("stage", [NOBODY, CROWD, DARK], ids=["left", "crowd", "dark"])
def test_a_short_disturbance_ends_nothing(stage):
    play = Play(JUMP).until(TaskStep.MOVING).for_(1.0).for_(1.5, stage).for_(0.5)
    assert play.step is TaskStep.MOVING


def test_a_camera_that_is_gone_before_the_movement_ends_the_task_without_it():
    play = Play(JUMP, start_s=30.0).until(None, DARK)
    assert play.task.outcome == "not_started"
    assert "picture was missing" in play.task.reason


def test_a_stream_that_stops_without_a_word_is_a_missing_picture():
    play = Play(JUMP).until(TaskStep.MOVING)
    for _ in range(300):
        play.course.update(play.now_s, (), None)
        play.now_s += 1 / 30
    assert play.course.over
    assert "picture was missing" in play.task.reason


@pytest.mark.parametrize("step", [TaskStep.INSTRUCTION, TaskStep.COUNTDOWN, TaskStep.MOVING])
@pytest.mark.parametrize("how", ["key", "button"])
def test_a_task_can_be_skipped_at_any_time(step, how):
    play = Play(JUMP, WALK).until(step)
    if how == "key":
        play.course.put(play.now_s, Key.SKIP)
    else:
        play.course.press(play.now_s)
    assert (play.task.kind, play.task.outcome) == ("jump", "skipped")
    assert "not suitable" in play.task.reason
    assert play.course.number == 2


def test_a_rating_that_is_not_given_is_none():
    play = Play(JUMP).move(jumper()).until(None)
    assert (play.task.outcome, play.task.rating, play.task.rating_reason) == ("complete", None, "no rating was given")


def test_a_rating_can_be_left_out_at_once():
    play = Play(JUMP).move(jumper())
    play.course.put(play.now_s, Key.SKIP)
    assert (play.task.outcome, play.task.rating) == ("complete", None)


def test_a_rating_counts_when_it_is_left_alone_and_a_confirmation_without_one_does_nothing():
    play = Play(JUMP).move(jumper())
    play.course.put(play.now_s, Key.CONFIRM)
    assert play.step is TaskStep.RATING
    play.course.put(play.now_s, Typed(6))
    play.course.put(play.now_s, Typed(5))
    play.for_(1.0)
    assert play.step is TaskStep.RATING
    play.for_(1.5)
    assert play.task.rating == 65


def test_one_button_gives_a_rating():
    play = Play(JUMP).move(jumper())
    for _ in range(3):
        play.course.press(play.now_s)
    assert play.until(None).task.rating == 80


def test_a_fifth_of_the_frames_lost_leaves_the_count_and_no_number():
    play = Play(TOES).move(bender(), every=5).until(None)
    assert play.task.outcome == "partial"
    assert "of the frames could be used" in play.task.reason
    assert play.task.repetitions == 2
    assert no_numbers(play.task)
    assert play.course.hump.side is None


def test_landmarks_that_are_all_low_never_start_a_task():
    play = Play(JUMP).until(None, LOW)
    assert play.task.outcome == "not_started"
    assert "not seen clearly" in play.task.reason


def test_landmarks_that_become_low_in_the_movement_leave_no_number():
    play = Play(JUMP).until(TaskStep.MOVING).until(None, LOW)
    assert play.task.outcome == "partial"
    assert no_numbers(play.task)
    assert (play.task.repetitions, play.task.frames_usable) == (0, pytest.approx(0, abs=2))


def test_the_sessions_time_ends_every_task_that_is_left():
    play = Play(JUMP, WALK, TOES).for_(1.0)
    play.course.update(play.now_s + 300.0, (), None)
    assert play.course.over
    assert [task.outcome for task in play.course.tasks] == ["not_started"] * 3
    assert {task.reason for task in play.course.tasks} == {"the session's time was up"}


def test_a_stop_keeps_what_was_measured_and_refuses_the_rest():
    play = Play(JUMP, WALK).until(TaskStep.MOVING)
    start_s = play.now_s
    play.see(Stage(jumper()(k / 30)) for k in range(75))
    play.course.stop(play.now_s, "stopped at the station")
    assert [task.outcome for task in play.course.tasks] == ["partial", "not_started"]
    assert play.course.tasks[0].repetitions == 1
    assert play.course.tasks[0].duration_s == pytest.approx(play.now_s - start_s, abs=0.1)


def test_the_bend_asks_for_its_own_side():
    plan = TaskPlan(kinds=(TOES, JUMP), bend_view=Play(JUMP).place.view)
    assert plan.view_of(TOES, plan.bend_view) is plan.bend_view
    with pytest.raises(ValueError, match="once"):
        TaskPlan(kinds=(JUMP, JUMP))
    with pytest.raises(ValueError, match="60"):
        TaskPlan(task_s=61.0)


def test_the_figure_goes_round_and_round_and_the_outline_is_wanted_in_bends_only():
    play = Play(TOES, outline=True)
    views = []
    for _ in range(60):
        play.frame(Stage(standing()))
        views.append(play.course.view(play.now_s))
    assert all(0 <= view.beat < 1 for view in views)
    assert len({round(view.beat, 2) for view in views}) > 10
    assert not views[0].outline
    assert play.until(TaskStep.MOVING).course.view(play.now_s).outline
    assert not Play(JUMP, outline=True).until(TaskStep.MOVING).course.view(0.0).outline
