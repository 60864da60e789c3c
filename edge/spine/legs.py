"""
C13: knees and legs, seen from behind or in front. Points are (x, y) in pixels, levelled, x right, y down.

Sign: a knee angle is positive in valgus (knock knee); a difference is positive when the right leg has more.
"""

from edge.geometry import Point, inner_angle_deg
from edge.spine.coronal import length_px


def knee_deg(hip: Point, knee: Point, ankle: Point, outward: float) -> float | None:
    """
    How far the knee stands inside (valgus, positive) or outside (varus, negative) of straight, degrees.

    Clinical ground C13: 180° less the frontal angle hip-knee-ankle, signed. None when two points coincide.

    Args:
        hip: of the same leg.
        knee: of the same leg.
        ankle: of the same leg.
        outward: +1 when the leg's outer side lies to the right in the picture, else -1.
    """
    inner = inner_angle_deg(hip, knee, ankle)
    if inner is None:
        return None
    # Where the straight line from hip to ankle passes at the knee's place, as a cross product: no slope, no division.
    cross = (ankle[0] - hip[0]) * (knee[1] - hip[1]) - (ankle[1] - hip[1]) * (knee[0] - hip[0])
    inside = cross * outward > 0
    return 180.0 - inner if inside else inner - 180.0


def leg_difference_px(left: tuple[Point, Point], right: tuple[Point, Point]) -> float:
    """
    How much longer the right leg is than the left, pixels (C13_legs): straight distances from hip to heel.

    Args:
        left: hip and heel.
        right: hip and heel.
    """
    return length_px(*right) - length_px(*left)
