"""The skeleton and the measuring lines, drawn onto a picture; it knows nothing about the screen around it."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.display.theme import AMBER, INK, MIST, PAPER, TEAL, Colour
from edge.pose.landmarks import BONES, Joint, Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import Silhouette
from edge.pose.spine_points import MIDLINE, SpinePoints

Point = tuple[float, float]
BODY_JOINTS = tuple(
    joint for joint in Joint if Joint.LEFT_SHOULDER <= joint <= Joint.RIGHT_WRIST or joint >= Joint.LEFT_HIP
)
SHOULDERS, HIPS = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER), (Joint.LEFT_HIP, Joint.RIGHT_HIP)
BONE = Colour(222, 233, 236)
FAR_PX = 50_000
"""A network gone wrong may place a joint anywhere, or nowhere; OpenCV's coordinates overflow beyond this."""
DOTS = tuple((start, start + 20) for start in range(0, 360, 45))
"""Degrees of a ring that are drawn where it was not seen."""
LINE_OVERHANG = 0.35
"""How far the shoulder and the pelvis line stand out beyond the joints, as a share of their length."""


@dataclass(frozen=True, slots=True)
class Brush:
    """
    Where and how thick to draw.

    Attributes:
        pixels: (H, W, 3) uint8, BGR; drawn into.
        scale: pixels here per pixel of the frame the landmarks belong to.
        width_px: of a bone.
    """

    pixels: NDArray[np.uint8]
    scale: float
    width_px: float

    def point(self, landmarks: Landmarks, joint: Joint) -> Point:
        """Where a joint lies in `pixels`."""
        x, y, _ = landmarks.xyz_px[joint]
        return float(x) * self.scale, float(y) * self.scale

    def line(self, start: Point, end: Point, colour: Colour, width: float = 1.0) -> None:
        """A line with a thin dark rim, so that it shows on any ground."""
        ends = _fixed(start), _fixed(end)
        thickness = max(1, round(width * self.width_px))
        for ink, thick in ((INK, thickness + 2), (colour, thickness)):
            cv2.line(self.pixels, *ends, ink.bgr, thick, cv2.LINE_AA, 4)

    def dashes(self, start: Point, end: Point, colour: Colour, width: float = 0.7) -> None:
        """A dashed line: what is ideal or recovered rather than seen."""
        length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
        count = max(1, int(length / (7 * self.width_px)))
        for k in range(count):
            parts = (k / count, (k + 0.55) / count)
            near, far = ((start[0] + p * (end[0] - start[0]), start[1] + p * (end[1] - start[1])) for p in parts)
            self.line(near, far, colour, width)

    def bone(self, start: Point, end: Point, colour: Colour, width: float = 1.0, *, recovered: bool = False) -> None:
        """A line between joints: full where both were seen, dashed and thinner where one was recovered."""
        if recovered:
            self.dashes(start, end, colour, 0.6 * width)
        else:
            self.line(start, end, colour, width)

    def joint(self, centre: Point, *, recovered: bool) -> None:
        """A joint: full where it was seen, hollow where it was recovered."""
        radius = self.width_px * 1.25
        for size, ink in ((radius + 1, INK), (radius, BONE)):
            cv2.circle(self.pixels, _fixed(centre), round(size * 16), ink.bgr, -1, cv2.LINE_AA, 4)
        if recovered:
            cv2.circle(self.pixels, _fixed(centre), round(radius * 8), INK.bgr, -1, cv2.LINE_AA, 4)


def draw_overlay(image: NDArray[np.uint8], observation: Observation, roll_deg: float = 0.0) -> None:
    """
    Everything that was seen in a frame, drawn into its picture.

    Args:
        image: (H, W, 3) uint8, BGR, a writable copy of the frame's picture.
        observation: of this frame.
        roll_deg: camera roll, clockwise as the camera looks is positive.
    """
    brush = Brush(image, 1.0, max(1.5, min(image.shape[:2]) / 260))
    if observation.silhouette is not None:
        draw_outline(brush, observation.silhouette, MIST)
    if observation.landmarks is not None:
        draw_skeleton(brush, observation.landmarks)
        draw_measuring_lines(brush, observation.landmarks, roll_deg)
    if observation.spine is not None:
        draw_spine(brush, observation.spine)


def draw_skeleton(brush: Brush, landmarks: Landmarks) -> None:
    """
    Bones and joints of the body; hands and face are left out, unknown joints as well.

    What was recovered never looks as if it had been seen: its joints are hollow and its bones are dashed.
    """
    known = _known(landmarks)
    for one, other in BONES:
        if known[one] and known[other]:
            recovered = _any_recovered(landmarks, one, other)
            brush.bone(brush.point(landmarks, one), brush.point(landmarks, other), BONE, recovered=recovered)
    for joint in BODY_JOINTS:
        if known[joint] and not Joint.LEFT_PINKY <= joint <= Joint.RIGHT_THUMB:
            brush.joint(brush.point(landmarks, joint), recovered=bool(landmarks.recovered[joint]))


def draw_spine(brush: Brush, spine: SpinePoints) -> None:
    """The midline of the back from the sacrum to C7, through the points that are known."""
    drawable = spine.known & (np.abs(spine.xy_px).max(axis=1) < FAR_PX)
    places = [(float(x) * brush.scale, float(y) * brush.scale) for x, y in spine.xy_px]
    line = [places[point] for point in MIDLINE if drawable[point]]
    for low, high in pairwise(line):
        brush.line(low, high, PAPER, 0.8)


def draw_head(brush: Brush, landmarks: Landmarks) -> None:
    """A ring for the head, where the skeleton stands without its picture; dotted where an ear was recovered."""
    ears = _pair(brush, landmarks, Joint.LEFT_EAR, Joint.RIGHT_EAR)
    if not ears:
        return
    radius = 0.75 * float(np.hypot(ears[1][0] - ears[0][0], ears[1][1] - ears[0][1]))
    size, thickness = (round(radius * 16), round(radius * 16)), max(1, round(brush.width_px))
    arcs = DOTS if _any_recovered(landmarks, Joint.LEFT_EAR, Joint.RIGHT_EAR) else ((0, 360),)
    for start, end in arcs:
        cv2.ellipse(brush.pixels, _fixed(_middle(ears)), size, 0, start, end, BONE.bgr, thickness, cv2.LINE_AA, 4)


def draw_measuring_lines(brush: Brush, landmarks: Landmarks, roll_deg: float = 0.0) -> dict[str, Point]:
    """
    Shoulder line, pelvis line, trunk line and the plumb line through mid-hip; dashed where they stand on a recovered
    joint.

    Args:
        brush: where to draw.
        landmarks: of the frame in the brush.
        roll_deg: camera roll, clockwise as the camera looks is positive; turns level and plumb accordingly.

    Returns:
        Where a label may stand: "C1" and "C4" at the picture-right end of their line.
    """
    turn = np.radians(roll_deg)
    up = (-float(np.sin(turn)), -float(np.cos(turn)))
    shoulders, hips = _pair(brush, landmarks, *SHOULDERS), _pair(brush, landmarks, *HIPS)
    anchors: dict[str, Point] = {}
    if hips:
        _draw_plumb(brush, landmarks, _middle(hips), up)
    if hips and shoulders:
        recovered = _any_recovered(landmarks, *SHOULDERS, *HIPS)
        brush.bone(_middle(hips), _middle(shoulders), TEAL, 0.8, recovered=recovered)
    for name, pair, joints in (("C1", shoulders, SHOULDERS), ("C4", hips, HIPS)):
        if pair:
            anchors[name] = _draw_level(brush, pair, up, recovered=_any_recovered(landmarks, *joints))
    return anchors


def draw_outline(brush: Brush, silhouette: Silhouette, colour: Colour = PAPER, *, filled: bool = False) -> None:
    """The outline of the person, or the whole person in one colour."""
    contours, _ = cv2.findContours(silhouette.mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    to_pixels = silhouette.to_picture * brush.scale
    shapes = [np.round(cv2.transform(c.astype(np.float64), to_pixels) * 16).astype(np.int32) for c in contours]
    if filled:
        cv2.fillPoly(brush.pixels, shapes, colour.bgr, cv2.LINE_AA, 4)
    else:
        cv2.polylines(brush.pixels, shapes, True, colour.bgr, max(1, round(brush.width_px / 2)), cv2.LINE_AA, 4)


def _draw_plumb(brush: Brush, landmarks: Landmarks, hip: Point, up: Point) -> None:
    """From the feet, or as far below the hips as above, to over the head, exactly along gravity."""
    known = _known(landmarks)
    heights = [brush.point(landmarks, joint)[1] for joint in Joint if known[joint]]
    above = hip[1] - min(heights) + 6 * brush.width_px
    below = max(heights) - hip[1]
    top = (hip[0] + up[0] * above, hip[1] + up[1] * above)
    brush.dashes(top, (hip[0] - up[0] * below, hip[1] - up[1] * below), TEAL)


def _draw_level(brush: Brush, pair: tuple[Point, Point], up: Point, *, recovered: bool) -> Point:
    """The line through a pair of joints over its dashed level; gives the line's picture-right end."""
    left, right = sorted(pair)
    dx, dy = (right[0] - left[0]) * LINE_OVERHANG, (right[1] - left[1]) * LINE_OVERHANG
    middle, half = _middle(pair), (0.5 + LINE_OVERHANG) * float(np.hypot(right[0] - left[0], right[1] - left[1]))
    level = (-up[1], up[0])
    brush.dashes(
        (middle[0] - level[0] * half, middle[1] - level[1] * half),
        (middle[0] + level[0] * half, middle[1] + level[1] * half),
        PAPER,
    )
    end = (right[0] + dx, right[1] + dy)
    brush.bone((left[0] - dx, left[1] - dy), end, AMBER, recovered=recovered)
    return end


def _known(landmarks: Landmarks) -> NDArray[np.bool_]:
    """(33,) bool: known, at a place that can be drawn."""
    # False for what is not a number, too.
    drawable: NDArray[np.bool_] = np.abs(landmarks.xyz_px[:, :2]).max(axis=1) < FAR_PX
    return landmarks.known & drawable


def _any_recovered(landmarks: Landmarks, *joints: Joint) -> bool:
    return bool(landmarks.recovered[list(joints)].any())


def _pair(brush: Brush, landmarks: Landmarks, left: Joint, right: Joint) -> tuple[Point, Point] | None:
    known = _known(landmarks)
    if not (known[left] and known[right]):
        return None
    return brush.point(landmarks, left), brush.point(landmarks, right)


def _middle(pair: tuple[Point, Point]) -> Point:
    return (pair[0][0] + pair[1][0]) / 2, (pair[0][1] + pair[1][1]) / 2


def _fixed(point: Point) -> tuple[int, int]:
    return round(point[0] * 16), round(point[1] * 16)
