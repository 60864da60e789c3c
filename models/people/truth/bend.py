"""True measures of the forward bend: rows B2 to B6. Signs and units are in `definitions.py`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.truth.body_points import MIDLINE, BodyPoints
from models.people.truth.coronal import Measures
from models.people.truth.planes import inclination_deg

RETURN_GRID = 50


def bend(body: BodyPoints) -> Measures:
    """The measures of one moment of a bend; B4 of upright standing is a few degrees."""
    flat = {level: body.planes.sagittal(point) for level, point in body.skin.items()}
    right, left = (float(body.landmarks[f"fingertip_{side}"][2]) * 1000 for side in ("right", "left"))
    low, high = body.skin["S"], body.skin["C7"]
    stretch = float(np.linalg.norm(np.subtract(high, low)))
    lumbar = inclination_deg(flat["L3"], flat["T12/L1"])
    return {
        "B2": skyline_deg(body),
        "B3_right": right,
        "B3_left": left,
        "B3": right - left,
        "B4": inclination_deg(flat["S"], flat["C7"]),
        "B4_thoracic": _wrapped(inclination_deg(flat["T3"], flat["C7"]) - inclination_deg(flat["T12/L1"], flat["T8"])),
        "B4_lumbar": _wrapped(lumbar - inclination_deg(flat["S"], flat["L5"])),
        "B5": (body.planes.right_m(high) - body.planes.right_m(low)) / stretch * 100,
    }


def skyline_deg(body: BodyPoints) -> float | None:
    """B2: the back's upper outline about the point of the midline that stands highest; None without outline."""
    if body.outline is None:
        return None
    highest = max((body.skin[level] for level in MIDLINE), key=lambda point: float(point[2]))
    return body.outline.skyline_deg(body.planes.right_m(highest))


def _wrapped(angle_deg: float) -> float:
    return (angle_deg + 180.0) % 360.0 - 180.0


@dataclass(frozen=True, slots=True)
class BendCourse:
    """
    A whole bend.

    Attributes:
        range_deg: B4 over time: deepest bend less the first frame's.
        thoracic_deg: the thorax's part in it.
        lumbar_deg: the loins' part in it.
        deviation: B5 over time: the value of B5 with the largest size, %trunk; + = right.
        area: mean of B5 over the range of the bend, %trunk; + = right.
        return_difference: B6: mean absolute difference of B5 between the way down and the way up at the same bend,
            %trunk; None when one way is missing.
    """

    range_deg: float
    thoracic_deg: float
    lumbar_deg: float
    deviation: float
    area: float
    return_difference: float | None


def course(frames: Sequence[Measures]) -> BendCourse:
    """A bend from the measures of its frames in order of time, as `bend` gives them."""
    depth, thoracic, lumbar, side = (
        np.array([float(frame[row] or 0.0) for frame in frames]) for row in ("B4", "B4_thoracic", "B4_lumbar", "B5")
    )
    deepest = int(depth.argmax())
    down = (depth[: deepest + 1], side[: deepest + 1])
    up = (depth[deepest:][::-1], side[deepest:][::-1])
    grid = np.linspace(max(down[0][0], up[0][0]), depth[deepest], RETURN_GRID)
    both = 0 < deepest < len(frames) - 1
    ways = [np.interp(grid, *_rising(*way)) for way in (down, up)]
    return BendCourse(
        range_deg=float(depth[deepest] - depth[0]),
        thoracic_deg=float(thoracic[deepest] - thoracic[0]),
        lumbar_deg=float(lumbar[deepest] - lumbar[0]),
        deviation=float(side[np.abs(side).argmax()]),
        area=float(np.mean(ways[0])),
        return_difference=float(np.mean(np.abs(ways[0] - ways[1]))) if both else None,
    )


def _rising(depth: NDArray[np.float64], side: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sway makes the depth step back now and then; interpolation needs it to rise."""
    return np.maximum.accumulate(depth) + np.arange(len(depth)) * 1e-9, side
