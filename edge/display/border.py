"""What stands on every screen: name, camera on or off, what waits to be sent, recording, trouble, and the notice."""

import pygame

from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.icon import draw_icon, draw_plumb_bob
from edge.display.theme import AMBER, CORAL, EDGE, GREEN, INK, MIST, NIGHT, PAPER, SLATE, Colour, Shape
from edge.session.summary import NOTICE

NAME = "Plumbline"
CAMERA_ON = "Camera on"
CAMERA_OFF = "Camera off"
NOTHING_STORED = "Camera on, no picture is stored"
NO_CAMERA = "No camera in use"
"""While a recording, a folder or a simulated camera plays."""


def paint_border(canvas: Canvas, screen: Screen) -> pygame.Rect:
    """Paint it, and give the rectangle that is left for the page."""
    gap = canvas.sizes.gap_px
    rest = canvas.rect
    rest = _paint_bar(canvas, rest, screen)
    announcement = screen.announcement or _announced(screen)
    if announcement:
        rest = _paint_strip(canvas, rest, announcement, "dot", AMBER)
    if screen.trouble:
        rest = _paint_strip(canvas, rest, screen.trouble, "octagon", CORAL)
    rest = _paint_notice(canvas, rest)
    return rest.inflate(-2 * gap, -2 * gap)


def _announced(screen: Screen) -> str | None:
    return screen.state.summary.source.announcement if screen.state.summary else None


def _paint_bar(canvas: Canvas, rest: pygame.Rect, screen: Screen) -> pygame.Rect:
    size, gap = canvas.sizes.detail_px, canvas.sizes.gap_px
    bar = pygame.Rect(rest.left, rest.top, rest.width, round(size * 2.5))
    canvas.surface.fill(SLATE, bar)
    draw_plumb_bob(canvas, (bar.left + gap + size * 0.5, bar.top + size * 0.5), size * 1.5)
    if not canvas.sizes.portrait:
        _write_centred(canvas, NAME, pygame.Rect(bar.left + gap + size * 3 // 2, bar.top, bar.width, bar.height), PAPER)
    right = bar.right - gap
    right = _paint_badge(canvas, bar, right, *_camera(screen, canvas.sizes.portrait))
    if screen.waiting:
        _paint_badge(canvas, bar, right - gap, f"Waiting to send: {screen.waiting}", AMBER)
    return pygame.Rect(rest.left, bar.bottom, rest.width, rest.height - bar.height)


def _camera(screen: Screen, portrait: bool) -> tuple[str, Colour]:
    """What is said of the camera, and the colour of its lamp."""
    if screen.announcement:
        return NO_CAMERA, MIST
    if screen.frame is None:
        return CAMERA_OFF, MIST
    return CAMERA_ON if portrait else NOTHING_STORED, GREEN


def _paint_badge(canvas: Canvas, bar: pygame.Rect, right: int, text: str, colour: Colour) -> int:
    """A small lamp with words, ending at `right`; gives its left edge."""
    size = canvas.sizes.detail_px
    paragraph = canvas.typeface.wrap(text, size, False, bar.width)
    left = right - paragraph.width_px
    _write_centred(canvas, text, pygame.Rect(left, bar.top, paragraph.width_px, bar.height), PAPER, bold=False)
    lamp = (left - size * 0.7, bar.centery)
    canvas.disc(lamp, size * 0.32, colour)
    if text in (CAMERA_OFF, NO_CAMERA):
        canvas.disc(lamp, size * 0.2, SLATE)
    return round(left - size * 1.2)


def _write_centred(canvas: Canvas, text: str, place: pygame.Rect, colour: Colour, *, bold: bool = True) -> None:
    paragraph = canvas.typeface.wrap(text, canvas.sizes.detail_px, bold, place.width)
    canvas.write(paragraph, place.move(0, (place.height - paragraph.height_px) // 2), colour, SLATE)


def _paint_strip(canvas: Canvas, rest: pygame.Rect, text: str, shape: Shape, colour: Colour) -> pygame.Rect:
    size, gap = canvas.sizes.body_px, canvas.sizes.gap_px
    icon = size * 2
    paragraph = canvas.typeface.fit(
        text, (canvas.sizes.detail_px, size), True, (rest.width - 2 * gap - 2 * icon, rest.height // 4)
    )
    strip = pygame.Rect(rest.left, rest.top, rest.width, paragraph.height_px + size)
    canvas.surface.fill(colour, strip)
    place = strip.inflate(-2 * gap - 2 * icon, -size)
    written = canvas.write(paragraph, place, INK, colour, "centre")
    draw_icon(canvas, shape, (written.left - icon * 0.6, strip.centery), size * 0.55, INK, colour)
    return pygame.Rect(rest.left, strip.bottom, rest.width, rest.height - strip.height)


def _paint_notice(canvas: Canvas, rest: pygame.Rect) -> pygame.Rect:
    size, gap = canvas.sizes.detail_px, canvas.sizes.gap_px
    paragraph = canvas.typeface.wrap(NOTICE, size, False, rest.width - 2 * gap)
    height = paragraph.height_px + size
    strip = pygame.Rect(rest.left, rest.bottom - height, rest.width, height)
    canvas.surface.fill(EDGE, pygame.Rect(strip.left + gap, strip.top, strip.width - 2 * gap, max(1, size // 16)))
    canvas.write(paragraph, strip.inflate(-2 * gap, -size), MIST, NIGHT, "centre")
    return pygame.Rect(rest.left, rest.top, rest.width, rest.height - height)
