"""Places on the screen that can be touched, and buttons that say so."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from edge.display.canvas import Canvas
from edge.display.theme import EDGE, INK, PAPER, SLATE, TEAL
from edge.session.tasks.inputs import Input


@dataclass(frozen=True, slots=True)
class Zone:
    """
    A place and what touching it means.

    Attributes:
        place: on the screen, pixels.
        means: what is entered.
    """

    place: pygame.Rect
    means: Input


def touched(zones: Sequence[Zone], at_px: tuple[float, float]) -> Input | None:
    """What a touch means; None beside every zone."""
    return next((zone.means for zone in zones if zone.place.collidepoint(at_px)), None)


def paint_buttons(
    canvas: Canvas, place: pygame.Rect, buttons: Sequence[tuple[str, Input]], chosen: Input | None = None
) -> list[Zone]:
    """Buttons of one width beside each other; the chosen one is filled."""
    gap, sizes = canvas.sizes.gap_px // 2, canvas.sizes
    width = (place.width - gap * (len(buttons) - 1)) // len(buttons)
    zones = []
    for number, (text, means) in enumerate(buttons):
        button = pygame.Rect(place.left + number * (width + gap), place.top, width, place.height)
        filled = means == chosen
        ground, ink = (TEAL, INK) if filled else (SLATE, PAPER)
        canvas.frame(button, TEAL if filled else EDGE, ground, gap, max(2, sizes.detail_px // 8))
        line = canvas.typeface.fit(text, (sizes.detail_px, sizes.body_px), True, (width - gap, place.height))
        canvas.write(line, button.move(0, (button.height - line.height_px) // 2), ink, ground, "centre")
        zones.append(Zone(button, means))
    return zones
