"""
How uncertain a measure is because its points are.

The law of propagation for inputs that err together: var(f) = sum over pairs of points of g_i' C_ij g_j, with C_ij the
covariance of two points and g_i how f changes when point i moves (JCGM 100:2008, the GUM, 5.2.2, equation 13); g is
taken numerically, by moving one point after another. What points have in common is in `correlation.py`. The camera's
roll and the scale are added where their uncertainty is known.

This is what one frame's points are uncertain by. A network errs in the same way on every frame of a person, so a median
over frames or takes is hardly more certain, and nothing here is divided by their number.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint
from edge.pose.spine_points import SpinePoint
from edge.spine.body import STEP_PX, LevelPoints, name_of
from edge.spine.correlation import point_correlation
from edge.spine.measure import PLUS_MINUS, AnyUnit
from edge.spine.seen import HIPS, SHOULDERS, Recipe, Seen

SYMBOLS: dict[AnyUnit, str] = {"deg": "°", "mm": " mm"}
LIMITS: dict[AnyUnit, float] = {"deg": 2.5, "mm": 12.0, "%trunk": 2.5, "%shoulders": 4.0, "%stature": 1.5, "%": 15.0}
"""Unit -> the largest standard deviation a value is still given with."""

OWN_LIMITS: dict[str, float] = {
    "C1mm": 15.0,
    "C4": 3.0,
    "C14": 6.0,
    "C14_all": 6.0,
    "C14_apex": 15.0,
    "L4": 5.0,
    "L5": 5.0,
    "L4_nine": 6.0,
    "L5_nine": 6.0,
    "L3_S5_L4": 4.0,
    "L3_L4_T8": 4.0,
    "L3_T8_T6": 6.0,
    "L3_T6_C4": 4.0,
    "L8": 6.0,
}
"""The same for measures whose points lie closer together, or which reach further."""

MOSTLY = 0.5
"""Points that were recovered are to blame when they make up this share of the variance."""

ROLL_STEP_DEG = 0.05
WORDLESS = 100.0
"""An uncertainty beyond this is no figure any more."""

Point = Joint | SpinePoint


@dataclass(frozen=True, slots=True)
class Spread:
    """
    The uncertainty of one value.

    Attributes:
        sd: standard deviation, in the measure's unit.
        hidden: points that were recovered and make up most of it; empty when it comes from elsewhere.
        whole: False when points that were seen state none: then it is at least so large, enough to refuse a value and
            too little to be printed beside one.
    """

    sd: float
    hidden: tuple[Point, ...] = ()
    whole: bool = True


def limit_of(row: str, unit: AnyUnit) -> float:
    """The largest standard deviation a measure is still given with, in its unit."""
    return OWN_LIMITS.get(row, LIMITS[unit])


def too_uncertain(row: str, unit: AnyUnit, spread: Spread | None) -> str | None:
    """
    Why a value with this uncertainty is not given; None when it is.

    >>> too_uncertain("C1", "deg", Spread(3.0))
    'too uncertain: ± 4.9°'
    >>> too_uncertain("C1", "deg", Spread(3.0, (Joint.LEFT_SHOULDER,)))
    'left shoulder hidden'
    >>> too_uncertain("C1", "deg", Spread(0.6)) is None
    True
    """
    if spread is None or spread.sd <= limit_of(row, unit):
        return None
    if spread.hidden:
        return f"{' and '.join(name_of(point) for point in spread.hidden)} hidden"
    if PLUS_MINUS * spread.sd > WORDLESS:
        return "too uncertain"
    return f"too uncertain: ± {PLUS_MINUS * spread.sd:.1f}{SYMBOLS.get(unit, ' %')}"


def spread_of(
    recipe: Recipe, seen: Seen, value: float, joints: tuple[Joint, ...], roll_sd_deg: float | None
) -> Spread | None:
    """
    How uncertain a value is.

    Args:
        recipe: how it was taken.
        seen: what it was taken on.
        value: as taken.
        joints: the joints it stands on.
        roll_sd_deg: of the camera's roll; None where nobody knows.

    Returns:
        None when nobody states any uncertainty of a point that was recovered, or of all points; or when the value
        stands on an outline.
    """
    points = joints + recipe.spine + tuple(one for one in recipe.maybe if seen.back.point(one) is not None)
    recovered = np.array([_of(seen, point).recovered((point,)) for point in points], np.bool_)
    stated = [_of(seen, point).covariance_px2(point) for point in points]
    silent = np.array([one is None for one in stated], np.bool_)
    if recipe.outline or (silent & recovered).any() or (silent.any() and not recovered.any()):
        return None
    # What was seen and states nothing is small beside what was recovered.
    known = np.array([np.zeros((2, 2)) if one is None else one for one in stated]).reshape(-1, 2, 2)
    effects = known if recipe.sd is not None else _effects(recipe, seen, points, known)
    own = recipe.sd(seen) if recipe.sd is not None else _together(seen, points, effects, recovered)
    if own is None or effects is None:
        return None
    beside = _roll(recipe, seen, roll_sd_deg) + _scale(recipe, seen, value)
    alone = np.square(effects).reshape(len(points), -1).sum(axis=1)
    share = float(alone[recovered].sum() / alone.sum()) if alone.any() else 0.0
    whole = own**2 + beside
    guilty = recovered.any() and share * own**2 >= MOSTLY * whole
    hidden = tuple(point for point, one in zip(points, recovered, strict=True) if one) if guilty else ()
    return Spread(math.sqrt(whole), hidden, whole=not silent.any())


def _effects(
    recipe: Recipe, seen: Seen, points: tuple[Point, ...], covariances: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """(N, 2) how far one standard deviation of each point moves the value; None where moving it leaves no value."""
    effects = np.zeros((len(points), 2))
    for k, (point, covariance) in enumerate(zip(points, covariances, strict=True)):
        if not covariance.any():
            continue
        effect = _effect(recipe, seen, point)
        if effect is None:
            return None
        size, turn = np.linalg.eigh(covariance)
        effects[k] = (turn * np.sqrt(np.maximum(size, 0.0))) @ turn.T @ effect
    return effects


def _together(
    seen: Seen, points: tuple[Point, ...], effects: NDArray[np.float64] | None, alone: NDArray[np.bool_]
) -> float | None:
    if effects is None:
        return None
    xy_px = np.array([_of(seen, point).point(point) or (0.0, 0.0) for point in points]).reshape(-1, 2)
    across, down = point_correlation(points, xy_px, alone, _trunk_px(seen))
    variance = effects[:, 0] @ across @ effects[:, 0] + effects[:, 1] @ down @ effects[:, 1]
    return math.sqrt(max(float(variance), 0.0))


def _trunk_px(seen: Seen) -> float | None:
    hips, shoulders = seen.body.middle(*HIPS), seen.body.middle(*SHOULDERS)
    if hips is None or shoulders is None or hips == shoulders:
        return None
    return math.dist(hips, shoulders)


def _effect(recipe: Recipe, seen: Seen, point: Point) -> NDArray[np.float64] | None:
    """(2,) how the value changes per levelled pixel to the right and down; None where moving it leaves no value."""
    effect = np.zeros(2)
    for axis, step in enumerate(((STEP_PX, 0.0), (0.0, STEP_PX))):
        ahead, back = (recipe.take(_moved(seen, point, sign * step[0], sign * step[1])) for sign in (1, -1))
        if not isinstance(ahead, float) or not isinstance(back, float):
            return None
        effect[axis] = (ahead - back) / (2 * STEP_PX)
    return effect


def _moved(seen: Seen, point: Point, dx_px: float, dy_px: float) -> Seen:
    if isinstance(point, SpinePoint):
        return replace(seen, back=seen.back.moved(point, dx_px, dy_px))
    return replace(seen, body=seen.body.moved(point, dx_px, dy_px))


def _of(seen: Seen, point: Point) -> LevelPoints:
    return seen.back if isinstance(point, SpinePoint) else seen.body


def _roll(recipe: Recipe, seen: Seen, roll_sd_deg: float | None) -> float:
    if not roll_sd_deg:
        return 0.0
    turned = [
        recipe.take(replace(seen, body=seen.body.turned(turn), back=seen.back.turned(turn)))
        for turn in (ROLL_STEP_DEG, -ROLL_STEP_DEG)
    ]
    if not isinstance(turned[0], float) or not isinstance(turned[1], float):
        return 0.0
    return ((turned[0] - turned[1]) / (2 * ROLL_STEP_DEG) * roll_sd_deg) ** 2


def _scale(recipe: Recipe, seen: Seen, value: float) -> float:
    return (value * seen.scale.sd_share) ** 2 if recipe.unit == "mm" else 0.0
