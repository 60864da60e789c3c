"""The overlay: the picture with skeleton and measuring lines, and what was measured written below it."""

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.display.canvas import Canvas
from edge.display.font import Paragraph, Typeface, find_family
from edge.display.overlay import Brush, Point, draw_measuring_lines, draw_skeleton, draw_spine
from edge.display.theme import AMBER, INK, MIST, NIGHT, PAPER, TEAL, Colour
from edge.picture.report import PictureReport
from edge.spine.measures import Sight

LEGIBLE_PX = 640
"""Narrower pictures are enlarged in the overlay, by a whole number."""


def overlay_scale(frame: Frame) -> int:
    """Pixels of the overlay per pixel of the picture."""
    return max(1, -(-LEGIBLE_PX // min(frame.size_px)))


def draw_overlay(frame: Frame, sight: Sight, report: PictureReport) -> NDArray[np.uint8]:
    """(H, W, 3) uint8, BGR: the picture enlarged by `report.overlay_scale`, with a caption of the same width below."""
    scale = report.overlay_scale
    width, height = (side * scale for side in frame.size_px)
    typeface = Typeface(find_family())
    size = max(14, round(min(width, height) / 45))
    caption = [(_paragraph(typeface, text, size, width), colour) for text, colour in _lines(report)]
    pad = size
    canvas = Canvas((width, height + 2 * pad + sum(paragraph.height_px for paragraph, _ in caption)), typeface)
    canvas.clear(NIGHT)
    view = canvas.pixels[:height]
    cv2.resize(frame.image, (width, height), dst=view, interpolation=cv2.INTER_LINEAR)
    brush = Brush(view, float(scale), max(1.5, min(width, height) / 260))
    draw_skeleton(brush, sight.landmarks)
    if report.refusal is None:
        anchors = draw_measuring_lines(brush, sight.landmarks, sight.setup.roll_deg or 0.0)
        if sight.spine_points is not None:
            draw_spine(brush, sight.spine_points)
        for row, anchor in anchors.items():
            _draw_label(canvas, pygame.Rect(0, 0, width, height), anchor, _value(report, row), size)
    y = height + pad
    for paragraph, colour in caption:
        canvas.write(paragraph, pygame.Rect(pad, y, width, paragraph.height_px), colour, NIGHT)
        y += paragraph.height_px
    return canvas.pixels


def _lines(report: PictureReport) -> list[tuple[str, Colour]]:
    if report.refusal is not None:
        body = [(f"Not measured: {report.refusal}", AMBER)]
    else:
        body = [(f"{one.name}: {one.words or 'not measurable, ' + str(one.reason)}", PAPER) for one in report.measures]
    remarks = [(remark, AMBER) for remark in report.remarks]
    where = f"{report.picture}, {report.width_px} x {report.height_px} pixels, {report.view} view"
    return [(where, TEAL), *body, *remarks, (report.notice, MIST)]


def _paragraph(typeface: Typeface, text: str, size: int, width: int) -> Paragraph:
    return typeface.wrap(text, size, False, width - 2 * size)


def _value(report: PictureReport, row: str) -> str:
    value = next(one.value for one in report.measures if one.id == row)
    return "" if value is None else f"{abs(value):.1f}°"


def _draw_label(canvas: Canvas, picture: pygame.Rect, anchor: Point, text: str, size: int) -> None:
    if not text:
        return
    paragraph = canvas.typeface.wrap(text, size, True, picture.width)
    pill = pygame.Rect(0, 0, paragraph.width_px + size, paragraph.height_px + size // 4)
    pill.midleft = (round(anchor[0]) + size // 2, round(anchor[1]))
    pill.clamp_ip(picture)
    canvas.box(pill, AMBER, pill.height // 2)
    canvas.write(paragraph, pill.inflate(-size, -(size // 4)), INK, AMBER)
