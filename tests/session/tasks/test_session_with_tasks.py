"""The whole protocol: standing, three tasks, the scoliometer, the result; and what is left when it is broken off."""

from dataclasses import replace

import pytest

from edge.session.afterwards import CUT_OFF
from edge.session.protocol import ScreeningProtocol, VisionHealth
from edge.session.state import Phase
from edge.session.summary import SessionSummary
from edge.session.tasks.inputs import Chosen, Key, Typed
from edge.session.tasks.plan import TaskKind, TaskPlan
from edge.session.tasks.view import TaskStep
from tests.session.conversation import Conversation
from tests.session.tasks.movers import STILL, back, bender, jumper, standing, walker

ALL = (TaskKind.TOUCH_TOES, TaskKind.WALK, TaskKind.JUMP)
MOVERS = {TaskKind.TOUCH_TOES: bender(), TaskKind.WALK: walker(), TaskKind.JUMP: jumper()}
QUICK = ScreeningProtocol(takes=1, most_takes=1, take_s=1.0, hold_s=0.2, between_s=0.2, result_s=2.0, due_hz=20.0)
FPS = 20.0


def show(talk, person, outline=None):
    """One frame of a person who is given as landmarks."""
    seen = STILL.observation(talk.index)
    landmarks = replace(person, time_s=talk.now_s)
    return talk.hear([replace(seen, time_s=talk.now_s, landmarks=landmarks, silhouette=outline)])


def through_the_tasks(talk, rating=80, at_most_s=400.0):
    """Do what the screen says until the tasks are over."""
    moving_s, end_s = None, talk.now_s + at_most_s
    while talk.state.phase is Phase.TASK and talk.now_s < end_s:
        task = talk.state.task
        if task.step is TaskStep.MOVING:
            moving_s = talk.now_s if moving_s is None else moving_s
            show(talk, MOVERS[task.kind](talk.now_s - moving_s))
            continue
        moving_s = None
        if task.step is TaskStep.RATING and rating is not None:
            talk.session.put(Chosen(rating))
            talk.session.put(Key.CONFIRM)
        show(talk, standing())
    return talk


def measured(plan, protocol=QUICK):
    talk = Conversation(protocol=protocol, fps=FPS, plan=plan)
    return talk.until(Phase.TASK, STILL, at_most_s=60.0)


@pytest.fixture(scope="module")
def whole():
    """The standard protocol with everything asked for, done by somebody who takes their time over it."""
    talk = measured(TaskPlan(kinds=ALL, scoliometer=True), ScreeningProtocol(due_hz=FPS))
    through_the_tasks(talk, rating=None)
    for entered in (Typed(3), Key.CONFIRM, Key.SKIP, Typed(2), Key.OTHER_SIDE, Key.CONFIRM):
        talk.session.put(entered)
        show(talk, standing())
    return talk


def test_a_full_protocol_with_three_tasks_ends_within_five_minutes(whole):
    assert whole.state.phase is Phase.RESULT
    assert whole.state.summary.duration_s <= 300
    assert whole.state.summary.outcome == "measured"
    assert [task.outcome for task in whole.state.summary.tasks] == ["complete"] * 3
    assert [take.accepted for take in whole.state.summary.takes] == [True] * 3


def test_everything_that_was_entered_is_in_the_summary_and_the_summary_survives_the_wire(whole):
    summary = whole.state.summary
    assert [one.atr_deg for one in summary.scoliometer] == [3, None, -2]
    assert summary.hump.side is None
    body = summary.model_dump_json()
    assert SessionSummary.model_validate_json(body) == summary
    assert len(body) < 16_000


def test_a_summary_from_before_the_tasks_is_still_read(whole):
    plain = whole.state.summary.model_dump(exclude={"tasks", "hump", "scoliometer"})
    assert SessionSummary.model_validate(plain).tasks == []


def test_a_session_without_tasks_goes_straight_to_the_result():
    talk = Conversation(protocol=QUICK, fps=FPS).until(Phase.RESULT, STILL)
    assert Phase.TASK not in talk.phases
    assert (talk.state.summary.tasks, talk.state.summary.hump, talk.state.summary.scoliometer) == ([], None, [])


def test_stopping_in_a_task_keeps_the_standing_result_and_what_was_done():
    talk = measured(TaskPlan(kinds=ALL, read_s=1.0))
    while talk.state.task.number == 1:
        talk.session.press()
        show(talk, standing())
    talk.session.cancel()
    show(talk, standing())
    summary = talk.state.summary
    assert (summary.outcome, talk.state.phase) == ("measured", Phase.RESULT)
    assert any(result.value is not None for result in summary.results)
    assert [task.outcome for task in summary.tasks] == ["skipped", "not_started", "not_started"]
    assert "stopped at the station" in summary.tasks[1].reason


def test_from_the_first_task_on_there_is_a_draft_with_the_standing_result():
    talk = measured(TaskPlan(kinds=ALL, read_s=1.0))
    draft = talk.state.draft
    assert (draft.outcome, talk.state.summary) == ("measured", None)
    assert any(result.value is not None for result in draft.results)
    assert {(task.outcome, task.reason) for task in draft.tasks} == {("not_started", CUT_OFF)}
    show(talk, standing())
    assert talk.state.draft is draft, "made anew only when more is done"
    talk.session.press()
    show(talk, standing())
    assert [task.outcome for task in talk.state.draft.tasks] == ["skipped", "not_started", "not_started"]
    talk.session.cancel()
    show(talk, standing())
    assert (talk.state.draft, talk.state.summary.id) == (None, draft.id)


def test_a_movement_that_waits_for_its_rating_and_a_reading_are_in_the_draft():
    talk = measured(TaskPlan(kinds=(TaskKind.JUMP,), scoliometer=True))
    began_s = None
    while talk.state.task.step is not TaskStep.RATING:
        moving = talk.state.task.step is TaskStep.MOVING
        began_s = talk.now_s if moving and began_s is None else began_s
        show(talk, MOVERS[TaskKind.JUMP](talk.now_s - began_s) if moving else standing())
    (jump,) = talk.state.draft.tasks
    assert (jump.outcome, jump.repetitions, jump.rating, jump.rating_reason) == ("complete", 3, None, CUT_OFF)
    assert any(measure.value is not None for measure in jump.measures)
    through_the_tasks(talk)
    assert talk.state.draft.tasks[0].rating == 80
    for entered in (Typed(6), Key.CONFIRM):
        talk.session.put(entered)
        show(talk, standing())
    assert [reading.atr_deg for reading in talk.state.draft.scoliometer] == [6, None, None]


def test_without_tasks_there_is_no_draft():
    talk = Conversation(protocol=QUICK, fps=FPS).until(Phase.RESULT, STILL)
    assert all(state.draft is None for state in talk.states)


def test_a_camera_that_goes_dark_in_the_tasks_ends_them_and_not_the_standing_result():
    talk = measured(TaskPlan(kinds=ALL))
    talk.silence(17.0, VisionHealth("camera_dark"))
    assert talk.state.summary.outcome == "measured"
    assert {task.outcome for task in talk.state.summary.tasks} == {"not_started"}
    assert all("too dark" in task.reason for task in talk.state.summary.tasks)


def test_nobody_is_asked_to_move_who_could_not_be_measured_standing():
    protocol = replace(QUICK, position_timeout_s=3.0)
    talk = Conversation(protocol=protocol, fps=FPS, plan=TaskPlan(kinds=ALL, scoliometer=True))
    talk.until(Phase.RESULT, replace(STILL, yaw_deg=25.0), at_most_s=30.0)
    summary = talk.state.summary
    assert summary.outcome == "not_measurable"
    assert [task.reason for task in summary.tasks] == ["standing could not be measured"] * 3
    assert summary.scoliometer == []


def test_the_result_has_a_second_page_for_as_long_as_the_first(whole):
    whole.silence(25.0)
    assert whole.state.phase is Phase.RESULT
    whole.silence(20.0)
    assert whole.state.phase is Phase.IDLE


@pytest.mark.parametrize(
    ("readings", "code"),
    [((4, 0, 0), "result_within"), ((5, 0, 0), "result_recheck"), ((0, -7, 0), "result_examined")],
)
def test_what_the_scoliometer_showed_leads_the_result(readings, code):
    talk = Conversation(protocol=QUICK, fps=FPS, plan=TaskPlan(scoliometer=True)).until(Phase.SCOLIOMETER, STILL)
    for reading in readings:
        talk.session.put(Chosen(reading))
        talk.session.put(Key.CONFIRM)
        show(talk, standing())
    assert talk.state.guidance.code == code


def test_confirming_outside_of_the_tasks_is_the_button():
    talk = Conversation(protocol=replace(QUICK, auto_start=False), fps=FPS).see(None, 1.0)
    talk.session.put(Key.CONFIRM)
    talk.see(None, 0.2)
    assert talk.state.phase is Phase.POSITION


def test_keys_that_mean_nothing_now_are_not_kept_for_later():
    talk = Conversation(protocol=QUICK, fps=FPS, plan=TaskPlan(kinds=(TaskKind.JUMP,)))
    talk.session.put(Key.SKIP)
    talk.until(Phase.TASK, STILL)
    show(talk, standing())
    assert talk.state.phase is Phase.TASK


def test_a_hint_of_the_bend_asks_for_a_scoliometer_and_nothing_more():
    talk = measured(TaskPlan(kinds=(TaskKind.TOUCH_TOES,), outline=True, rating_s=5.0))
    moving_s = None
    while talk.state.phase is Phase.TASK:
        moving_s = talk.now_s if moving_s is None and talk.state.task.step is TaskStep.MOVING else moving_s
        person = standing() if moving_s is None else bender()(talk.now_s - moving_s)
        show(talk, person, back(9.0, person.xyz_px[[23, 24], :2].mean(axis=0)))
    assert talk.state.summary.hump.side == "right"
    assert talk.state.guidance.code == "result_hump"
    assert "scoliometer" in talk.state.guidance.text
