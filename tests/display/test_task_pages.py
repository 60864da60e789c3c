"""The pages of the tasks: what is written fits, what looks like a button is one, and the figure does the movement."""

import os

import pygame
import pytest

from edge.display.canvas import Canvas
from edge.display.font import Typeface, find_family
from edge.display.pygame import PygameDisplay, paint
from edge.display.stage import Stage
from edge.display.task import RATINGS
from edge.display.task_figure import LEG, pose_of
from edge.display.task_result import more_cards
from edge.display.touch import touched
from edge.guidance.coach import Coach
from edge.guidance.fault import Fault
from edge.guidance.wording import forbidden_in
from edge.session.state import Phase
from edge.session.summary import HumpHint, ScoliometerReading, Task, TaskIndex, TaskMeasure
from edge.session.tasks.inputs import Chosen, Key
from edge.session.tasks.number import NumberEntry
from edge.session.tasks.plan import WANTED, TaskKind
from edge.session.tasks.saying import say_scoliometer, say_task
from edge.session.tasks.scoliometer import READING
from edge.session.tasks.task import RATING
from edge.session.tasks.view import ScoliometerView, TaskStep, TaskView
from tests.display.screens import SIZES, picture, screen, seen, summary

TYPEFACE = Typeface(find_family())
STAGE = Stage(show_picture=False, roll_deg=0.0)
STEPS = (TaskStep.INSTRUCTION, TaskStep.COUNTDOWN, TaskStep.MOVING, TaskStep.RATING)


def view(kind=TaskKind.WALK, step=TaskStep.MOVING, rating: NumberEntry | None = None, whole=True):
    return TaskView(kind, step, 1, 3, 5, WANTED[kind], 42.0, whole, 0.3, rating, False)


def of(task, fault=None, **how):
    shown = screen(Phase.TASK, say_task(1.0, task, fault, Coach()), frame=picture(), observation=seen(), **how)
    object.__setattr__(shown.state, "task", task)
    return shown


def asking(value=None):
    entry = READING if value is None else READING.put(Chosen(value))
    asked = ScoliometerView("thoracolumbar", 2, entry, 60.0)
    shown = screen(Phase.SCOLIOMETER, say_scoliometer(asked))
    object.__setattr__(shown.state, "scoliometer", asked)
    return shown


def painted(size, shown):
    canvas = Canvas(size, TYPEFACE)
    return canvas, paint(canvas, shown, STAGE)


def every_page():
    for kind in TaskKind:
        for step in STEPS:
            yield of(view(kind, step, RATING if step is TaskStep.RATING else None))
        yield of(
            view(kind, TaskStep.INSTRUCTION, whole=False),
            Fault("task_whole_body"),
            announcement="RECORDING - not a live person",
        )
    yield of(view(step=TaskStep.RATING, rating=RATING.put(Chosen(100))), waiting=12)
    yield asking()
    yield asking(-12)


@pytest.mark.parametrize("size", SIZES)
def test_every_text_of_every_page_fits_and_every_button_lies_on_the_screen(size):
    for shown in every_page():
        canvas, zones = painted(size, shown)
        where = (shown.state.phase, shown.state.guidance.code)
        assert all(text.paragraph.complete for text in canvas.texts), where
        assert all(canvas.rect.contains(text.place) for text in canvas.texts), where
        assert zones, where
        assert all(canvas.rect.contains(zone.place) for zone in zones), where
        for number, zone in enumerate(zones):
            assert zone.place.collidelist([other.place for other in zones[number + 1 :]]) < 0, where


@pytest.mark.parametrize("size", SIZES)
def test_a_finger_finds_every_button_large_enough(size):
    for shown in every_page():
        for zone in painted(size, shown)[1]:
            assert zone.place.height >= min(size) / 16
            assert zone.place.width >= min(size) / 16


def test_every_tenth_of_the_rating_can_be_touched():
    _, zones = painted((1280, 720), of(view(step=TaskStep.RATING, rating=RATING)))
    assert list(RATINGS) == list(range(0, 101, 10))
    for number in RATINGS:
        spot = next(zone.place.center for zone in zones if zone.means == Chosen(number))
        assert touched(zones, spot) == Chosen(number)
    assert touched(zones, (2, 2)) is None
    assert {Key.SKIP, Key.CONFIRM} <= {zone.means for zone in zones if isinstance(zone.means, Key)}


@pytest.mark.parametrize("step", [TaskStep.INSTRUCTION, TaskStep.COUNTDOWN, TaskStep.MOVING])
def test_a_task_can_be_skipped_by_touch_and_by_nothing_else(step):
    canvas, zones = painted((1280, 720), of(view(step=step)))
    assert [zone.means for zone in zones] == [Key.SKIP]
    assert any("not suitable for me" in " ".join(text.paragraph.lines) for text in canvas.texts)


def test_a_touch_beside_the_buttons_is_no_press_and_on_one_it_is_what_it_says():
    assert os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    display = PygameDisplay(640, 480, full_screen=False)
    display.show(of(view()))
    pygame.event.clear()
    for x, y in ((0.5, 0.3), (0.5, 0.86)):
        pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, touch_id=0, finger_id=0, x=x, y=y))
    assert display.actions() == [Key.SKIP]
    display.close()


def test_the_figure_bends_down_to_its_toes_and_stands_up_again():
    down, up = pose_of(TaskKind.TOUCH_TOES, 0.5), pose_of(TaskKind.TOUCH_TOES, 0.0)
    assert down.trunk_deg > 90 > up.trunk_deg == 0


def test_the_figures_legs_take_turns_and_it_leaves_the_floor_only_to_jump():
    assert pose_of(TaskKind.WALK, 0.25).legs_deg[0] == -pose_of(TaskKind.WALK, 0.75).legs_deg[0] > 0
    heights = [pose_of(TaskKind.JUMP, beat / 20).lift for beat in range(20)]
    assert max(heights) > 0.1 * LEG
    assert min(heights) == heights[0] == heights[-1] == 0
    assert all(
        pose_of(kind, beat / 20).lift == 0 for kind in (TaskKind.WALK, TaskKind.TOUCH_TOES) for beat in range(20)
    )


def task(kind="jump", outcome="complete", **how):
    measure = TaskMeasure(
        id="J1",
        name="Jump height",
        value=248.0,
        unit="mm",
        limit=37.0,
        words="25 cm ± 4 cm at 30 pictures a second",
        reason=None,
    )
    fields = {
        "reason": None, "repetitions": 3, "wanted": 3, "duration_s": 8.0, "frames_due": 240, "frames_usable": 238,
        "measures": [measure], "index": TaskIndex(value=None, reason="no movement network is installed"),
        "rating": 80, "rating_reason": None,
    }  # fmt: skip
    return Task(kind=kind, view="back", outcome=outcome, **(fields | how))


def full(**how):
    hump = HumpHint(side="right", band="thoracic", reason=None, skyline_deg=6.3, course=[])
    readings = [ScoliometerReading(level="thoracic", atr_deg=6), ScoliometerReading(level="lumbar", atr_deg=None)]
    return summary().model_copy(update={"tasks": [task()], "hump": hump, "scoliometer": readings} | how)


def test_the_second_page_shows_what_was_measured_with_its_resolution_and_the_rating():
    cards = {card.name: card for card in more_cards(full())}
    jump = cards["Jump"]
    assert "25 cm" in jump.words
    assert "30 pictures a second" in jump.words
    assert "comfort 80 of 100" in jump.words
    assert jump.number == "3 jumps"


def test_a_hint_names_a_side_and_a_stretch_and_never_degrees():
    hint = next(card for card in more_cards(full()) if "bend" in card.name)
    assert hint.words == "right side looks higher, thoracic part of the back"
    assert "°" not in hint.words + hint.number
    assert "experimental" in hint.name


def test_an_index_that_is_known_stands_there_as_experimental_with_its_uncertainty():
    index = TaskIndex(value=0.31, reason=None, uncertainty=0.08, coverage=0.95)
    card = next(card for card in more_cards(full(tasks=[task(index=index)])) if "index" in card.name)
    assert "experimental" in card.name
    assert "0.31 ± 0.08" in card.words
    without = next(card for card in more_cards(full()) if "index" in card.name)
    assert "no movement network" in without.words


def test_a_task_that_was_not_done_says_why_and_shows_no_number():
    skipped = task(outcome="skipped", reason="skipped: not suitable for me", repetitions=0, measures=[], rating=None)
    card = more_cards(full(tasks=[skipped]))[0]
    assert (card.words, card.number, card.sign.words) == ("skipped: not suitable for me", "", "skipped")


@pytest.mark.parametrize("size", SIZES)
def test_the_second_page_fits(size):
    for progress, words in ((0.2, "page 1 of 2"), (0.8, "page 2 of 2")):
        canvas, zones = painted(size, screen(Phase.RESULT, summary=full(), progress=progress))
        assert all(text.paragraph.complete for text in canvas.texts)
        assert any(words.upper() in " ".join(text.paragraph.lines) for text in canvas.texts)
        assert zones == []


def test_no_card_has_a_word_that_is_not_ours_to_say():
    for card in more_cards(full()):
        assert forbidden_in(f"{card.name} {card.words} {card.sign.words}") == ()
