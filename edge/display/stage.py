"""The live picture with what was seen in it."""

from dataclasses import dataclass

import cv2
import pygame

from edge.camera.frame import Frame
from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.icon import draw_person
from edge.display.overlay import Brush, Point, draw_head, draw_measuring_lines, draw_outline, draw_skeleton, draw_spine
from edge.display.reading import live_readings
from edge.display.theme import AMBER, EDGE, INK, MIST, SLATE
from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation

NO_PICTURE = "No picture"


@dataclass(frozen=True, slots=True)
class Stage:
    """
    How the person is shown.

        Stage(show_picture=True, roll_deg=0.0).paint(canvas, place, screen)

    Attributes:
        show_picture: False shows the skeleton alone, for the dignity of a person with a bare back.
        roll_deg: camera roll, clockwise as the camera looks is positive; the plumb line hangs accordingly.
    """

    show_picture: bool
    roll_deg: float

    def paint(self, canvas: Canvas, place: pygame.Rect, screen: Screen) -> None:
        """Fill the place, which has the frame's own aspect."""
        if screen.frame is None:
            _paint_no_picture(canvas, place)
            return
        view = canvas.pixels[place.top : place.bottom, place.left : place.right]
        if self.show_picture:
            # Nearest or linear only: an area filter costs five times as much and nobody sees it on a moving picture.
            cv2.resize(screen.frame.image, place.size, dst=view, interpolation=cv2.INTER_LINEAR)
        else:
            canvas.surface.fill(SLATE, place)
        seen = screen.observation
        if seen is None or seen.index != screen.frame.index or seen.landmarks is None:
            return  # what was seen in another frame is never drawn on this one
        brush = Brush(view, place.width / screen.frame.size_px[0], max(1.5, place.height / 240))
        anchors = self._draw(brush, seen, seen.landmarks)
        live = screen.state.live
        if live is not None and live.time_s == screen.frame.time_s:
            for reading in live_readings(live):
                if reading.short and reading.id in anchors:
                    _paint_label(canvas, place, anchors[reading.id], reading.short)

    def _draw(self, brush: Brush, seen: Observation, landmarks: Landmarks) -> dict[str, Point]:
        if seen.silhouette is not None:
            outline = MIST if self.show_picture else EDGE
            draw_outline(brush, seen.silhouette, outline, filled=not self.show_picture)
        if not self.show_picture:
            draw_head(brush, landmarks)
        draw_skeleton(brush, landmarks)
        anchors = draw_measuring_lines(brush, landmarks, self.roll_deg)
        if seen.spine is not None:
            draw_spine(brush, seen.spine)
        return anchors


def fitted(room: pygame.Rect, frame: Frame | None) -> pygame.Rect:
    """The largest rectangle with the frame's aspect (9:16 without one) at the top left of a room."""
    width, height = frame.size_px if frame else (9, 16)
    scale = min(room.width / width, room.height / height)
    return pygame.Rect(room.left, room.top, max(1, int(width * scale)), max(1, int(height * scale)))


def _paint_label(canvas: Canvas, place: pygame.Rect, anchor: Point, text: str) -> None:
    size = canvas.sizes.detail_px
    paragraph = canvas.typeface.wrap(text, size, True, place.width)
    pill = pygame.Rect(0, 0, paragraph.width_px + size, paragraph.height_px + size // 4)
    pill.midleft = (place.left + round(anchor[0]) + size // 2, place.top + round(anchor[1]))
    pill.clamp_ip(place)
    canvas.box(pill, AMBER, pill.height // 2)
    canvas.write(paragraph, pill.inflate(-size, -(size // 4)), INK, AMBER)


def _paint_no_picture(canvas: Canvas, place: pygame.Rect) -> None:
    size = canvas.sizes.detail_px
    canvas.frame(place, EDGE, SLATE, canvas.sizes.gap_px, max(1, size // 12))
    figure = pygame.Rect(0, 0, place.width // 2, min(place.height // 2, place.width))
    figure.center = place.center
    draw_person(canvas, figure, EDGE, SLATE)
    text = canvas.typeface.fit(NO_PICTURE, (size, size), False, (place.width, size * 3))
    canvas.write(text, pygame.Rect(place.left, figure.bottom + size, place.width, size * 3), MIST, SLATE, "centre")
