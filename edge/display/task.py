"""The pages of the movement tasks: instruction, countdown, movement and rating."""

import math

import pygame

from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.icon import draw_icon
from edge.display.live import paint_guidance
from edge.display.stage import Stage, fitted
from edge.display.task_figure import draw_task_figure
from edge.display.theme import AMBER, EDGE, GREEN, MIST, NIGHT, PAPER, SLATE, TEAL
from edge.display.touch import Zone, paint_buttons
from edge.session.tasks.inputs import Chosen, Key
from edge.session.tasks.plan import TaskKind
from edge.session.tasks.task import RATING
from edge.session.tasks.view import TaskStep, TaskView

SKIP = "Skip: not suitable for me (S or the button)"
WHOLE, NOT_WHOLE = "Whole body in the picture", "Not the whole body in the picture"
NAMES = {TaskKind.TOUCH_TOES: "Touch your toes", TaskKind.WALK: "Walk", TaskKind.JUMP: "Jump"}
UNITS = {TaskKind.TOUCH_TOES: "bends", TaskKind.WALK: "steps", TaskKind.JUMP: "jumps"}
RATINGS = tuple(range(RATING.low, RATING.high + 1, 10))


def paint_task(canvas: Canvas, place: pygame.Rect, screen: Screen, stage: Stage) -> list[Zone]:
    """Fill the place; gives what can be touched."""
    task = screen.state.task
    if task is None:
        paint_guidance(canvas, place, screen.state.guidance)
        return []
    if task.step is TaskStep.RATING:
        return _paint_rating(canvas, place, screen, task)
    gap, sizes = canvas.sizes.gap_px, canvas.sizes
    foot = round(sizes.body_px * 2.6)
    skip = pygame.Rect(place.left, place.bottom - foot, place.width, foot)
    place = pygame.Rect(place.left, place.top, place.width, place.height - foot - gap)
    if sizes.portrait:
        picture = fitted(pygame.Rect(place.left, place.top, place.width // 2, round(place.height * 0.5)), screen.frame)
        side = pygame.Rect(picture.right + gap, place.top, place.right - picture.right - gap, picture.height)
        rest = pygame.Rect(place.left, picture.bottom + gap, place.width, place.bottom - picture.bottom - gap)
    else:
        picture = fitted(pygame.Rect(place.left, place.top, round(place.width * 0.36), place.height), screen.frame)
        left = picture.right + gap
        side = pygame.Rect(left, place.top, round(place.width * 0.24), place.height)
        rest = pygame.Rect(side.right + gap, place.top, place.right - side.right - gap, place.height)
    stage.paint(canvas, picture, screen)
    _paint_side(canvas, side, task)
    rest = _paint_head(canvas, rest, task)
    paint_guidance(canvas, rest, screen.state.guidance)
    return paint_buttons(canvas, skip, [(SKIP, Key.SKIP)])


def _paint_side(canvas: Canvas, place: pygame.Rect, task: TaskView) -> None:
    """How it is done, and whether the camera sees all of the person."""
    sizes = canvas.sizes
    canvas.box(place, SLATE, sizes.gap_px // 2)
    size = sizes.detail_px
    words = canvas.typeface.wrap(WHOLE if task.whole else NOT_WHOLE, size, False, place.width - 4 * size)
    foot = pygame.Rect(place.left, place.bottom - words.height_px - size, place.width, words.height_px)
    colour = GREEN if task.whole else AMBER
    draw_icon(
        canvas, "tick" if task.whole else "triangle", (foot.left + size * 1.4, foot.centery), size * 0.7, colour, SLATE
    )
    canvas.write(words, pygame.Rect(foot.left + size * 5 // 2, foot.top, foot.width, foot.height), PAPER, SLATE)
    room = pygame.Rect(place.left, place.top, place.width, foot.top - place.top)
    figure = pygame.Rect(0, 0, room.width, min(room.height, round(room.width * 1.25)))
    figure.center = room.center
    draw_task_figure(canvas, figure, task.kind, task.beat, SLATE)


def _paint_head(canvas: Canvas, place: pygame.Rect, task: TaskView) -> pygame.Rect:
    """Which task it is, how far it has come and how long it may take; gives what is left below."""
    sizes = canvas.sizes
    radius = max(sizes.detail_px * 2.2, min(place.height * 0.13, place.width * 0.16))
    centre = (place.left + radius, place.top + radius)
    share, inside = _progress(task)
    canvas.ring(centre, radius * 0.9, radius * 0.2, share, (TEAL, EDGE))
    number = canvas.typeface.wrap(inside, max(sizes.detail_px, round(radius * 0.62)), True, 2 * round(radius))
    canvas.write(
        number,
        pygame.Rect(place.left, round(centre[1] - number.height_px / 2), round(2 * radius), 0),
        PAPER,
        NIGHT,
        "centre",
    )
    left = place.left + round(2 * radius) + sizes.gap_px
    room = (place.right - left, round(radius))
    title = canvas.typeface.fit(NAMES[task.kind], (sizes.detail_px, sizes.body_px), True, room)
    step = canvas.typeface.fit(_line(task), (sizes.detail_px, sizes.detail_px), False, room)
    y = round(centre[1] - (title.height_px + step.height_px) / 2)
    canvas.write(title, pygame.Rect(left, y, room[0], 0), PAPER, NIGHT)
    canvas.write(step, pygame.Rect(left, y + title.height_px, room[0], 0), MIST, NIGHT)
    used = round(2 * radius) + sizes.gap_px
    return pygame.Rect(place.left, place.top + used, place.width, place.height - used)


def _progress(task: TaskView) -> tuple[float, str]:
    """How full the ring is, and what stands in it."""
    if task.step is TaskStep.COUNTDOWN:
        return 0.0, str(max(1, math.ceil(task.left_s or 0.0)))
    if task.step is TaskStep.MOVING:
        return min(1.0, task.repetitions / task.wanted), str(task.repetitions)
    return 0.0, f"{task.number}/{task.of}"


def _line(task: TaskView) -> str:
    if task.step is TaskStep.MOVING:
        return (
            f"{min(task.repetitions, task.wanted)} of {task.wanted} {UNITS[task.kind]}, {task.left_s or 0:.0f} s left"
        )
    return f"Task {task.number} of {task.of}"


def _paint_rating(canvas: Canvas, place: pygame.Rect, screen: Screen, task: TaskView) -> list[Zone]:
    """Eleven fields to touch, the number as large as it can be, and two buttons."""
    sizes, gap = canvas.sizes, canvas.sizes.gap_px
    row = round(sizes.body_px * 3.2)
    rows = 2 if sizes.portrait else 1
    buttons = pygame.Rect(place.left, place.bottom - row, place.width, row)
    fields = pygame.Rect(place.left, buttons.top - gap - rows * row - (rows - 1) * gap // 2, place.width, row)
    room = pygame.Rect(place.left, place.top, place.width, fields.top - place.top - 2 * gap)
    entered = None if task.rating is None else task.rating.value
    y = paint_guidance(
        canvas,
        pygame.Rect(room.left, room.top, room.width, round(room.height * 0.6)),
        screen.state.guidance,
        NAMES[task.kind],
    )
    large = "–" if entered is None else str(entered)
    number = canvas.typeface.fit(large, (sizes.instruction_px, room.height), True, (room.width, room.bottom - y))
    canvas.write(
        number, pygame.Rect(room.left, y, room.width, 0), PAPER if entered is not None else EDGE, NIGHT, "centre"
    )
    half = -(-len(RATINGS) // rows)
    chosen = None if entered is None else Chosen(entered)
    zones = []
    for k in range(rows):
        line = fields.move(0, k * (row + gap // 2))
        zones += paint_buttons(canvas, line, [(str(n), Chosen(n)) for n in RATINGS[k * half : (k + 1) * half]], chosen)
    return zones + paint_buttons(
        canvas, buttons, [("Leave it out (S)", Key.SKIP), ("That is right (Enter)", Key.CONFIRM)]
    )
