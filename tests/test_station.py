import json
from dataclasses import replace

import pytest

from edge.display.display import Action
from edge.errors import DeviceError, StoreError
from edge.guidance.guidance import Level
from edge.notify import Notifier
from edge.session.state import Phase
from edge.session.summary import SessionSummary
from edge.session.tasks.inputs import Key
from edge.session.tasks.plan import TaskKind, TaskPlan
from edge.session.tasks.view import TaskStep
from edge.store.outbox import Outbox
from tests.house import House
from tests.people import Person

STILL = Person(jitter_px=0.3)
TILTED = replace(STILL, shoulder_tilt_deg=6.0)
WHOLE_S = 7.2  # three takes of a second with what lies between them, by the tests' protocol


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "state", announcement="SIMULATED - not a live person")
    yield house
    house.close()


def stored(house):
    rows = house.outbox.due(2**60, 100)
    return [SessionSummary.model_validate_json(row.body) for row in rows]


def test_a_person_leaves_a_stored_summary(house):
    house.see(TILTED, WHOLE_S)
    assert house.state.phase is Phase.RESULT
    (summary,) = stored(house)
    assert summary.outcome == "measured"
    assert next(r for r in summary.results if r.id == "C1").value == pytest.approx(6.0, abs=0.2)


def test_a_summary_is_stored_once_however_long_it_is_shown(house):
    house.see(STILL, WHOLE_S + 0.5)
    assert len(stored(house)) == 1


def test_the_screen_says_when_the_collector_has_it(house, tmp_path):
    house.see(STILL, WHOLE_S)
    assert "waiting for the collector" in house.screen.notes[0]
    with Outbox.open(tmp_path / "state", "relay", clock=house.clock) as relay:
        (row,) = relay.due(2**60, 10)
        assert relay.receipted([(row.msg_id, row.sha256)]) == 1
    house.see(STILL, 1.2)
    assert house.screen.waiting == 0
    assert "received by the collector" in house.screen.notes[0]


def test_what_was_seen_in_one_frame_is_never_drawn_on_another(house):
    house.see(STILL, 1.0, pictures=True)
    assert all(
        screen.observation is None or screen.observation.index == screen.frame.index
        for screen in house.display.shown
        if screen.frame is not None
    )
    assert house.screen.observation is not None


def test_an_old_result_is_not_drawn(house):
    house.see(STILL, 1.0, pictures=True)
    house.wait(0.3)
    assert house.screen.observation is None


def test_vision_killed_in_a_take_pauses_it_and_the_take_is_repeated(house):
    house.see(STILL, 1.6)
    assert house.state.phase is Phase.TAKE
    house.children[-1].code = -9
    house.wait(0.7)
    assert house.state.phase is Phase.PAUSED
    assert len(house.children) == 2
    house.see(STILL, WHOLE_S + 2.0)
    (summary,) = stored(house)
    assert summary.outcome == "measured"
    assert [take.accepted for take in summary.takes] == [False, True, True, True]


def test_vision_that_stays_away_voids_the_session_without_a_number(house):
    house.see(STILL, 1.6)
    house.children[-1].code = -9
    house.wait(6.0)
    (summary,) = stored(house)
    assert summary.outcome == "voided"
    assert not summary.results


class FullStore:
    """An outbox on a disk that is full until somebody makes room."""

    def __init__(self, outbox):
        self.outbox, self.full = outbox, True

    def save(self, summary):
        if self.full:
            raise StoreError("the disk is full, free some space")
        return self.outbox.save(summary)

    def draft(self, summary):
        if self.full:
            raise StoreError("the disk is full, free some space")
        self.outbox.draft(summary)

    def can_store(self):
        return "the disk is full, free some space" if self.full else None

    def __getattr__(self, name):
        return getattr(self.outbox, name)


@pytest.fixture
def full_house(tmp_path):
    house = House(tmp_path / "state", wrap=FullStore)
    house.store.full = False
    yield house
    house.close()


def test_a_session_that_cannot_be_stored_is_kept_until_it_can(full_house):
    full_house.see(STILL, WHOLE_S - 1.0)
    full_house.store.full = True
    full_house.see(STILL, 4.0)
    assert full_house.screen.trouble == "the disk is full, free some space"
    assert not stored(full_house)
    full_house.store.full = False
    full_house.see(STILL, 1.1)
    (summary,) = stored(full_house)
    assert summary.outcome == "measured"


def test_a_draft_that_cannot_be_stored_is_tried_again_until_it_can(tmp_path):
    plan = TaskPlan(kinds=(TaskKind.WALK,))
    house = House(tmp_path / "state", wrap=FullStore, plan=plan)
    house.store.full = False
    house.see(STILL, 3.0)
    house.store.full = True
    house.see(STILL, WHOLE_S - 1.5)
    assert house.state.phase is Phase.TASK
    assert house.screen.trouble == "the disk is full, free some space"
    house.store.full = False
    house.see(STILL, 1.1)
    assert house.screen.trouble is None
    house.close()
    with Outbox.open(tmp_path / "state", "station", clock=house.clock) as outbox:
        (row,) = outbox.due(2**60, 10)
    summary = SessionSummary.model_validate_json(row.body)
    assert (summary.outcome, [task.outcome for task in summary.tasks]) == ("measured", ["not_started"])


def test_nobody_is_measured_while_nothing_can_be_stored(full_house):
    full_house.store.full = True
    full_house.see(None, 1.1)
    full_house.see(STILL, 3.0)
    assert full_house.state.phase is Phase.IDLE
    assert full_house.state.guidance.code == "store_failed"


def test_esc_quits(house):
    house.display.press(Action.QUIT)
    house.station.step()
    assert house.station.quit


def test_leaving_in_mid_session_leaves_a_voided_summary(house):
    house.see(STILL, 2.8)
    assert house.state.take == 2
    house.display.press(Action.QUIT)
    house.station.run()
    (summary,) = stored(house)
    assert summary.outcome == "voided"
    assert not summary.results


def test_a_screen_that_is_gone_ends_the_station_and_the_session_is_not_lost(house):
    house.see(STILL, 2.8)
    house.display.connected = False
    with pytest.raises(DeviceError):
        house.station.run()
    assert [summary.outcome for summary in stored(house)] == ["voided"]


def test_leaving_an_idle_station_leaves_nothing(house):
    house.see(None, 0.5)
    house.display.press(Action.QUIT)
    house.station.run()
    assert stored(house) == []


def test_a_finished_session_that_was_not_stored_is_tried_once_more_on_leaving(full_house):
    full_house.see(STILL, WHOLE_S - 1.0)
    full_house.store.full = True
    full_house.see(STILL, 1.5)
    full_house.store.full = False
    full_house.display.press(Action.QUIT)
    full_house.station.run()
    assert [summary.outcome for summary in stored(full_house)] == ["measured"]


class Watchdog(Notifier):
    """Counts how often systemd was told that the work goes on."""

    def __init__(self):
        super().__init__()
        self.told = 0

    def alive(self):
        self.told += 1
        return True


def test_the_watchdog_is_fed_by_news_and_by_a_trouble_that_is_said_never_by_painting_alone(tmp_path):
    watchdog = Watchdog()
    house = House(tmp_path / "state", notifier=watchdog)
    house.see(STILL, 0.5)
    fed = watchdog.told
    assert fed >= 15
    house.beat_without_news(0.5)
    assert watchdog.told == fed
    house.wait(2.0)
    assert watchdog.told > fed
    house.close()


def test_the_button_ends_the_result_screen(house):
    house.see(STILL, WHOLE_S)
    house.panel.press()
    house.see(STILL, 0.1)
    assert house.state.phase is Phase.IDLE


def test_the_lamps_follow_the_guidance(house):
    house.see(STILL, 1.5)
    assert house.panel.shown[-1] is Level.READY
    house.see(STILL, 1.0, people=2)
    assert house.panel.shown[-1] is Level.STOP


def test_a_panel_that_is_gone_stops_no_session_and_is_said(house):
    house.see(STILL, 1.0)
    house.panel.connected = False
    house.see(STILL, WHOLE_S - 1.0)
    assert house.state.summary.outcome == "measured"
    assert "panel" in house.screen.trouble
    house.panel.connected = True
    house.see(STILL, 0.1)
    assert house.screen.trouble is None


def test_the_outline_is_asked_for_in_takes_only(house):
    child = house.children[-1]
    assert not child.ring.silhouette_wanted
    house.see(STILL, 1.6)
    assert house.state.phase is Phase.TAKE
    assert child.ring.silhouette_wanted


def test_nothing_of_a_picture_is_in_a_summary(house):
    house.see(STILL, WHOLE_S)
    (row,) = house.outbox.due(2**60, 10)
    assert len(row.body) < 8000
    assert {"image", "picture", "frame", "name_of_person"}.isdisjoint(json.loads(row.body))


def test_the_outline_is_asked_for_while_somebody_bends(tmp_path):
    plan = TaskPlan(kinds=(TaskKind.TOUCH_TOES,), read_s=0.5, countdown_s=0.5, outline=True)
    house = House(tmp_path / "state", plan=plan)
    wanted = {}
    for _ in range(450):
        house.see(STILL, 1 / 30)
        if house.state.task is not None:
            wanted[house.state.task.step] = house.children[-1].ring.silhouette_wanted
        if house.state.task is not None and house.state.task.step is TaskStep.MOVING:
            break
    assert wanted[TaskStep.INSTRUCTION] is False
    assert wanted[TaskStep.MOVING] is True
    house.close()


def test_a_key_reaches_the_task_and_a_stopped_task_is_stored(tmp_path):
    house = House(tmp_path / "state", plan=TaskPlan(kinds=(TaskKind.JUMP,), scoliometer=False))
    for _ in range(450):
        house.see(STILL, 1 / 30)
        if house.state.task is not None:
            break
    house.display.press(Key.SKIP)
    house.see(STILL, 0.1)
    (summary,) = stored(house)
    assert summary.outcome == "measured"
    assert [task.outcome for task in summary.tasks] == ["skipped"]
    house.close()
