"""What is painted on: one array of pixels that OpenCV and pygame share."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from edge.display.font import Paragraph, Typeface
from edge.display.theme import Colour, Sizes, sizes

Align = Literal["left", "centre", "right"]
Point = tuple[float, float]
FRACTION_BITS = 4
"""OpenCV draws between pixels: coordinates are handed over in sixteenths."""


@dataclass(frozen=True, slots=True)
class PaintedText:
    """One block of text on the canvas, kept so that tests can see that it fits, is large enough and legible."""

    paragraph: Paragraph
    place: pygame.Rect
    colour: Colour
    ground: Colour


class Canvas:
    """
    A picture of the whole screen.

        canvas = Canvas((1280, 720), Typeface(find_family()))

    Attributes:
        pixels: (H, W, 3) uint8, BGR.
        surface: the same memory as pygame sees it.
        sizes: text heights and spaces for this many pixels.
        texts: what was written since the last `clear`.
    """

    def __init__(self, size_px: tuple[int, int], typeface: Typeface) -> None:
        self.pixels: NDArray[np.uint8] = np.zeros((size_px[1], size_px[0], 3), np.uint8)
        self.surface = pygame.image.frombuffer(self.pixels.data, size_px, "BGR")
        self.typeface = typeface
        self.sizes: Sizes = sizes(*size_px)
        self.texts: list[PaintedText] = []

    @property
    def rect(self) -> pygame.Rect:
        """The whole screen."""
        return self.surface.get_rect()

    def clear(self, colour: Colour) -> None:
        """Start a new picture."""
        self.surface.fill(colour)
        self.texts.clear()

    def box(self, rect: pygame.Rect, colour: Colour, radius: int = 0) -> None:
        """A filled rectangle with round corners."""
        radius = min(radius, rect.width // 2, rect.height // 2)
        self.surface.fill(colour, rect.inflate(-2 * radius, 0))
        self.surface.fill(colour, rect.inflate(0, -2 * radius))
        if radius < 1:
            return
        # Pixel centres are whole numbers: the box's edge lies half a pixel outside of its first row and column.
        for x in (rect.left + radius - 0.5, rect.right - radius - 0.5):
            for y in (rect.top + radius - 0.5, rect.bottom - radius - 0.5):
                self.disc((x, y), radius - 0.5, colour)

    def frame(self, rect: pygame.Rect, colour: Colour, ground: Colour, radius: int, width: int) -> None:
        """A rectangle with an outline."""
        self.box(rect, colour, radius)
        self.box(rect.inflate(-2 * width, -2 * width), ground, radius - width)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        cv2.circle(self.pixels, _fixed(centre), round(radius * 16), colour.bgr, -1, cv2.LINE_AA, FRACTION_BITS)

    def line(self, start: Point, end: Point, colour: Colour, width: float) -> None:
        """A straight line with round ends."""
        cv2.line(self.pixels, _fixed(start), _fixed(end), colour.bgr, max(1, round(width)), cv2.LINE_AA, FRACTION_BITS)

    def polygon(self, points: list[Point], colour: Colour) -> None:
        """A filled polygon."""
        corners = np.array([_fixed(point) for point in points], np.int32)
        cv2.fillPoly(self.pixels, [corners], colour.bgr, cv2.LINE_AA, FRACTION_BITS)

    def ring(self, centre: Point, radius: float, width: float, share: float, colours: tuple[Colour, Colour]) -> None:
        """A ring whose share 0..1, clockwise from the top, has the first colour, the rest the second."""
        for colour, part in ((colours[1], 1.0), (colours[0], min(1.0, max(0.0, share)))):
            if part > 0:
                turns = np.linspace(0, 2 * np.pi * part, max(2, round(180 * part)))
                points = np.stack([centre[0] + radius * np.sin(turns), centre[1] - radius * np.cos(turns)], axis=1)
                corners = np.round(points * 16).astype(np.int32)
                cv2.polylines(
                    self.pixels, [corners], False, colour.bgr, max(1, round(width)), cv2.LINE_AA, FRACTION_BITS
                )

    def write(
        self, paragraph: Paragraph, place: pygame.Rect, colour: Colour, ground: Colour, align: Align = "left"
    ) -> pygame.Rect:
        """Write a paragraph from the top of a place; gives the rectangle it covers."""
        y = place.top
        covered: list[pygame.Rect] = []
        for line in paragraph.lines:
            text = self.typeface.render(line, paragraph.size_px, paragraph.bold, colour, ground)
            free = place.width - text.get_width()
            x = place.left + {"left": 0, "centre": free // 2, "right": free}[align]
            covered.append(self.surface.blit(text, (x, y)))
            y += paragraph.height_px // len(paragraph.lines)
        if not covered:
            return pygame.Rect(place.left, place.top, 0, 0)
        self.texts.append(PaintedText(paragraph, covered[0].unionall(covered[1:]), colour, ground))
        return self.texts[-1].place


def _fixed(point: Point) -> tuple[int, int]:
    return round(point[0] * 16), round(point[1] * 16)
