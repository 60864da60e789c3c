"""The page while a person stands there: picture, instruction, progress, live readings."""

import pygame

from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.icon import draw_icon
from edge.display.reading import live_readings
from edge.display.stage import Stage, fitted
from edge.display.theme import EDGE, LEVEL_SIGNS, MIST, NIGHT, PAPER, SLATE, TEAL
from edge.guidance.guidance import Guidance
from edge.session.state import Phase, SessionState

PHASE_WORDS = {
    Phase.IDLE: "Welcome",
    Phase.POSITION: "Find the position",
    Phase.TAKE: "Measuring, hold still",
    Phase.BETWEEN: "Step off and come back",
    Phase.PAUSED: "Paused",
    Phase.TASK: "Movement",
    Phase.SCOLIOMETER: "Scoliometer",
    Phase.RESULT: "Result",
}
READING_PHASES = (Phase.POSITION, Phase.TAKE)


def paint_live(canvas: Canvas, place: pygame.Rect, screen: Screen, stage: Stage) -> None:
    """Fill the place with the picture and what to do."""
    gap = canvas.sizes.gap_px
    if canvas.sizes.portrait:
        picture = fitted(pygame.Rect(place.left, place.top, place.width, round(place.height * 0.54)), screen.frame)
        side = pygame.Rect(picture.right + gap, place.top, place.right - picture.right - gap, picture.height)
        rest = pygame.Rect(place.left, picture.bottom + gap, place.width, place.bottom - picture.bottom - gap)
        if side.width > place.width // 3:
            _paint_readings(canvas, _paint_progress(canvas, side, screen.state), screen.state)
        else:
            rest = _paint_progress(canvas, rest, screen.state)
    else:
        picture = fitted(pygame.Rect(place.left, place.top, round(place.width * 0.48), place.height), screen.frame)
        left = picture.right + 2 * gap
        rest = _paint_progress(canvas, pygame.Rect(left, place.top, place.right - left, place.height), screen.state)
        rest = _paint_readings(canvas, rest, screen.state)
        picture.centery = place.centery
    stage.paint(canvas, picture, screen)
    paint_guidance(canvas, rest, screen.state.guidance)


def paint_guidance(canvas: Canvas, place: pygame.Rect, guidance: Guidance, eyebrow: str = "") -> int:
    """
    The level as shape and word, the instruction as large as it fits, the detail below it; from the top down.

    Args:
        canvas: painted on.
        place: not left.
        guidance: what to say.
        eyebrow: the small word on top; the level's own when empty.

    Returns:
        The y below the last line.
    """
    sizes, typeface = canvas.sizes, canvas.typeface
    sign = LEVEL_SIGNS[guidance.level]
    radius = sizes.body_px * 0.62
    draw_icon(canvas, sign.shape, (place.left + radius * 1.1, place.top + radius * 1.2), radius, sign.colour, NIGHT)
    word = typeface.wrap((eyebrow or sign.words).upper(), sizes.detail_px, True, place.width)
    top = place.top + round(radius * 1.2) - word.height_px // 2
    canvas.write(word, pygame.Rect(place.left + round(radius * 2.8), top, place.width, 0), sign.colour, NIGHT)
    y = place.top + round(radius * 2.4) + sizes.gap_px // 2
    detail = typeface.fit(guidance.detail, (sizes.detail_px, sizes.body_px), False, (place.width, place.height // 3))
    room = place.bottom - y - detail.height_px - sizes.gap_px // 2
    text = typeface.fit(guidance.text, (sizes.instruction_px, sizes.title_px), True, (place.width, room))
    canvas.write(text, pygame.Rect(place.left, y, place.width, text.height_px), PAPER, NIGHT)
    y += text.height_px + sizes.gap_px // 4
    canvas.write(detail, pygame.Rect(place.left, y, place.width, detail.height_px), MIST, NIGHT)
    return y + detail.height_px


def _paint_progress(canvas: Canvas, place: pygame.Rect, state: SessionState) -> pygame.Rect:
    """A ring that fills, with the take in it and the step beside it; gives what is left below."""
    sizes = canvas.sizes
    radius = min(place.height * (0.15 if state.phase is Phase.TAKE else 0.11), place.width * 0.2)
    radius = max(radius, sizes.detail_px * 1.6)
    centre = (place.left + radius, place.top + radius)
    width = radius * 0.2
    canvas.ring(centre, radius - width / 2, width, state.progress or 0.0, (TEAL, EDGE))
    number = canvas.typeface.wrap(
        f"{max(1, state.take)}/{state.takes}", max(sizes.detail_px, round(radius * 0.6)), True, 2 * round(radius)
    )
    canvas.write(
        number,
        pygame.Rect(place.left, round(centre[1] - number.height_px / 2), round(2 * radius), 0),
        PAPER,
        NIGHT,
        "centre",
    )
    left = place.left + round(2 * radius) + sizes.gap_px
    room = (place.right - left, round(2 * radius))
    title = canvas.typeface.fit(
        f"Take {max(1, state.take)} of {state.takes}", (sizes.detail_px, sizes.body_px), True, room
    )
    step = canvas.typeface.fit(
        PHASE_WORDS[state.phase], (sizes.detail_px, sizes.body_px), False, (room[0], room[1] - title.height_px)
    )
    y = round(centre[1] - (title.height_px + step.height_px) / 2)
    canvas.write(title, pygame.Rect(left, y, room[0], 0), PAPER, NIGHT)
    canvas.write(step, pygame.Rect(left, y + title.height_px, room[0], 0), MIST, NIGHT)
    used = round(2 * radius) + sizes.gap_px
    return pygame.Rect(place.left, place.top + used, place.width, place.height - used)


def _paint_readings(canvas: Canvas, place: pygame.Rect, state: SessionState) -> pygame.Rect:
    """A card with the live readings at the foot of the place; gives what is left above it."""
    if state.phase not in READING_PHASES:
        return place
    sizes = canvas.sizes
    pad = sizes.gap_px * 2 // 3
    size = sizes.detail_px if sizes.portrait else sizes.body_px
    row = canvas.typeface.line_px(size) * (2 if sizes.portrait else 1) + pad // 2
    readings = live_readings(state.live)
    height = row * len(readings) + 2 * pad - pad // 2
    card = pygame.Rect(place.left, place.bottom - height, place.width, height)
    canvas.box(card, SLATE, pad)
    for k, reading in enumerate(readings):
        line = pygame.Rect(card.left + pad, card.top + pad + k * row, card.width - 2 * pad, row)
        name = canvas.typeface.wrap(reading.name, size, False, line.width)
        words = canvas.typeface.wrap(reading.words, size, True, line.width)
        canvas.write(name, line, MIST, SLATE)
        if sizes.portrait:
            canvas.write(words, line.move(0, name.height_px), PAPER, SLATE)
        else:
            canvas.write(words, line, PAPER, SLATE, "right")
    return pygame.Rect(place.left, place.top, place.width, place.height - height - sizes.gap_px)
