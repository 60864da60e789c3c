"""Where the picture lies on the screen."""

from dataclasses import dataclass, replace

import pygame

Point = tuple[float, float]
MARGIN = 0.96
"""Share of the place that a whole picture fills: points may lie outside of it."""
RIM_PX = 8
"""What lies so near to the window's edge is not in sight; a whole picture always is."""
LARGEST = 40.0
"""Pixels of the screen for one of the picture."""


@dataclass(frozen=True, slots=True)
class View:
    """
    Screen = corner + scale x picture, both in pixels from their upper left corners.

    Attributes:
        scale: pixels of the screen for one of the picture.
        x_px: of the picture's upper left corner on the screen.
        y_px: likewise.
    """

    scale: float
    x_px: float
    y_px: float

    def to_screen(self, point: Point) -> Point:
        """A point of the picture on the screen."""
        return self.x_px + self.scale * point[0], self.y_px + self.scale * point[1]

    def to_picture(self, point: Point) -> Point:
        """A point of the screen in the picture."""
        return (point[0] - self.x_px) / self.scale, (point[1] - self.y_px) / self.scale

    def zoomed(self, factor: float, about: Point, smallest: float) -> "View":
        """Closer by a factor; `about`, a point of the screen, stays where it is."""
        scale = min(LARGEST, max(smallest, self.scale * factor))
        x, y = self.to_picture(about)
        return View(scale, about[0] - scale * x, about[1] - scale * y)

    def panned(self, by: Point) -> "View":
        """Moved on the screen."""
        return replace(self, x_px=self.x_px + by[0], y_px=self.y_px + by[1])

    def around(self, point: Point, place: pygame.Rect) -> "View":
        """Moved so that a point of the picture is in sight; itself where it is already."""
        screen = self.to_screen(point)
        if place.inflate(-2 * RIM_PX, -2 * RIM_PX).collidepoint(screen):
            return self
        return self.panned((place.centerx - screen[0], place.centery - screen[1]))


def fitted(size_px: tuple[float, float], place: pygame.Rect) -> View:
    """The whole picture in the middle of a place."""
    scale = MARGIN * min(place.width / size_px[0], place.height / size_px[1])
    return View(scale, place.centerx - scale * size_px[0] / 2, place.centery - scale * size_px[1] / 2)
