"""A small figure that shows how each task is done, seen from the side, over and over."""

import math
from dataclasses import dataclass

import pygame

from edge.display.canvas import Canvas
from edge.display.theme import EDGE, TEAL, Colour
from edge.session.tasks.plan import TaskKind

Point = tuple[float, float]
LEG, TRUNK, ARM, NECK, HEAD = 0.46, 0.29, 0.31, 0.05, 0.07
"""Lengths as shares of the figure's height."""
DEEPEST_DEG = 118.0
STRIDE_DEG, SWING_DEG = 24.0, 20.0
LEAP = 0.16
"""How high it jumps, share of its height."""


@dataclass(frozen=True, slots=True)
class Pose:
    """
    One moment of the figure; degrees from hanging or standing, + = forwards, which is to the right.

    Attributes:
        trunk_deg: lean of the trunk.
        legs_deg: of both thighs.
        knees_deg: how far both knees are bent.
        arms_deg: of both arms, from hanging.
        along: where it stands, -1..1 of the room across.
        lift: above the floor, share of its height.
    """

    trunk_deg: float = 0.0
    legs_deg: tuple[float, float] = (0.0, 0.0)
    knees_deg: tuple[float, float] = (0.0, 0.0)
    arms_deg: tuple[float, float] = (0.0, 0.0)
    along: float = 0.0
    lift: float = 0.0


def pose_of(kind: TaskKind, beat: float) -> Pose:
    """The figure at a moment 0..1 of its movement."""
    match kind:
        case TaskKind.TOUCH_TOES:
            down = 0.5 - 0.5 * math.cos(2 * math.pi * beat)
            return Pose(trunk_deg=DEEPEST_DEG * down, arms_deg=(12.0 * down, 4.0 * down), along=-0.25)
        case TaskKind.WALK:
            wave, knee = math.sin(2 * math.pi * beat), math.cos(2 * math.pi * beat)
            return Pose(
                legs_deg=(STRIDE_DEG * wave, -STRIDE_DEG * wave),
                knees_deg=(38.0 * max(0.0, knee), 38.0 * max(0.0, -knee)),
                arms_deg=(-SWING_DEG * wave, SWING_DEG * wave),
            )
        case TaskKind.JUMP:
            return _jump(beat)


def _jump(beat: float) -> Pose:
    """Crouch, fly, land softly, stand."""
    if beat < 0.3 or 0.6 <= beat < 0.85:
        share = math.sin(math.pi * (beat / 0.3 if beat < 0.3 else (beat - 0.6) / 0.25))
        return Pose(
            trunk_deg=28.0 * share,
            legs_deg=(38.0 * share,) * 2,
            knees_deg=(74.0 * share,) * 2,
            arms_deg=(-35.0 * share,) * 2,
        )
    if beat < 0.6:
        flown = (beat - 0.3) / 0.3
        return Pose(lift=LEAP * 4 * flown * (1 - flown), arms_deg=(150.0 * math.sin(math.pi * flown),) * 2)
    return Pose()


def draw_task_figure(canvas: Canvas, place: pygame.Rect, kind: TaskKind, beat: float, ground: Colour) -> None:
    """Draw it into a place, on a floor line."""
    pose, height = pose_of(kind, beat), place.height * 0.8
    floor = place.bottom - place.height * 0.06
    canvas.line(
        (place.left + place.width * 0.08, floor), (place.right - place.width * 0.08, floor), EDGE, height * 0.012
    )
    x = place.centerx + pose.along * place.width * 0.5
    foot_drop = max(_leg_down(*leg) for leg in zip(pose.legs_deg, pose.knees_deg, strict=True))
    hip = (x, floor - height * (foot_drop + 0.02 + pose.lift))
    far, near = EDGE, TEAL
    shoulder = _end(hip, 180.0 - pose.trunk_deg, height * TRUNK)
    for side, colour in ((1, far), (0, near)):
        knee = _end(hip, pose.legs_deg[side], height * LEG / 2)
        ankle = _end(knee, pose.legs_deg[side] - pose.knees_deg[side], height * LEG / 2)
        canvas.line(hip, knee, colour, height * 0.055)
        canvas.line(knee, ankle, colour, height * 0.05)
        canvas.line(ankle, (ankle[0] + height * 0.07, ankle[1]), colour, height * 0.04)
        if side == 0:
            canvas.line(hip, shoulder, near, height * 0.085)
            head = _end(shoulder, 180.0 - 1.05 * pose.trunk_deg, height * (NECK + HEAD))
            canvas.disc(head, height * HEAD, near)
        hand = _end(shoulder, pose.arms_deg[side], height * ARM)
        canvas.line(shoulder, hand, ground, height * 0.055)
        canvas.line(shoulder, hand, colour, height * 0.036)


def _leg_down(thigh_deg: float, knee_deg: float) -> float:
    """How far below the hip a foot is, share of the figure's height."""
    return LEG / 2 * (math.cos(math.radians(thigh_deg)) + math.cos(math.radians(thigh_deg - knee_deg)))


def _end(start: Point, turn_deg: float, length: float) -> Point:
    """The other end of a limb that hangs at 0 and points forwards at 90."""
    turn = math.radians(turn_deg)
    return start[0] + length * math.sin(turn), start[1] + length * math.cos(turn)
