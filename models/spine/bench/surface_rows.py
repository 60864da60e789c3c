"""C14, the angle of the skin's midline: from predicted points with their uncertainty, against true points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.accuracy.statistics import residual, slope
from edge.bench.row import Row, at_least, at_most, printed
from edge.pose.landmarks import Landmarks
from edge.pose.spine_points import MIDLINE, NINE, SpinePoint, SpinePoints
from edge.spine.body import Back
from edge.spine.curve import LateralCurve, largest, lateral_curves
from edge.spine.measures import plane_of
from models.spine.bench.case import Case
from models.spine.bench.look import Look
from models.spine.bench.statistics import interval, median, share, written

Floats = NDArray[np.float64]

LEAST_SLOPE, MOST_RESIDUAL_DEG = 0.9, 3.0
LINES: dict[str, tuple[SpinePoint, ...]] = {"": NINE[:7], "_all": MIDLINE}
"""C14 stands on seven points; the same angle on all seventeen is printed beside it."""
HALF = 0.5
"""Two bows are the same part of a back where so much of the shorter lies in the other."""
ALIKE = 0.8
"""A second bow larger than this share of the first: a hair decides which of them is called the largest."""

Points = tuple[SpinePoint, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """
    The angle the station gives, degrees, + = convex to the person's right.

    Attributes:
        person: seed.
        read: of the largest bow of the predicted line.
        same: of that very bow of the true line: to the same side, overlapping most and by half; 0 without one.
        largest: of the largest bow of the true line, wherever it is.
        alike: second bow of the true line over its largest, 0 to 1.
    """

    person: int
    read: float
    same: float
    largest: float
    alike: float


def surface_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """Slope and scatter of the surface angle; `looks` are of S1."""
    rows = []
    for name, points in LINES.items():
        pairs = [pair for look in looks if (pair := surface_pair(look, points)) is not None]
        rows += _angle_rows(pairs, name, suffix)
    refused = [look.measures.by_id["C14"].value is None for look in looks if look.measures is not None]
    rows.append(printed(f"surface_curve_not_measurable_share{suffix}", share(refused), "", f"{len(refused)} readings"))
    return rows


def _angle_rows(pairs: Sequence[Pair], name: str, suffix: str) -> list[Row]:
    read, same, largest = (np.array([getattr(pair, part) for pair in pairs]) for part in ("read", "same", "largest"))
    note = f"{len(pairs)} frames, the bow that is given, on true points, to the same side"
    ids = f"surface_curve_slope{name}{suffix}", f"surface_curve_residual_sd{name}_deg{suffix}"
    rise, scatter = slope(same, read), residual(same, read)
    if name:
        return [printed(ids[0], rise, "", note), printed(ids[1], scatter, "deg", note)]
    other = share([pair.same != pair.largest for pair in pairs])
    alike = share([pair.alike > ALIKE for pair in pairs])
    said = (
        f"the truth's largest bow, another one in {other or 0:.0%}; a second above {ALIKE:g} of it in {alike or 0:.0%}"
    )
    return [
        at_least(ids[0], rise, LEAST_SLOPE, "", f"{note}, {_limits(pairs, slope)}"),
        at_most(ids[1], scatter, MOST_RESIDUAL_DEG, "deg", f"{note}, {_limits(pairs, residual)}"),
        printed(f"surface_curve_median_error_deg{suffix}", median(list(np.abs(read - same))), "deg", note),
        printed(f"surface_curve_largest_slope{suffix}", slope(largest, read), "", said),
        printed(f"surface_curve_largest_residual_sd_deg{suffix}", residual(largest, read), "deg", said),
    ]


def _limits(pairs: Sequence[Pair], figure: Callable[[Floats, Floats], float | None]) -> str:
    def of(places: NDArray[np.intp]) -> float | None:
        some = [pairs[place] for place in places]
        return figure(np.array([pair.same for pair in some]), np.array([pair.read for pair in some]))

    return written(interval([pair.person for pair in pairs], of))


def surface_pair(look: Look, points: Points) -> Pair | None:
    """The angle of the predicted and of the true line; None where one has none."""
    reading, case = look.reading, look.case
    if reading is None or reading.landmarks is None or reading.spine is None:
        return None
    read = largest(surface_curves(case, reading.landmarks, reading.spine, points))
    true = surface_curves(case, case.landmarks(), case.spine_points(), points)
    if read is None or not true:
        return None
    sizes = sorted((abs(bow.angle_deg) for bow in true), reverse=True)
    second = sizes[1] / sizes[0] if len(sizes) > 1 and sizes[0] > 0 else 0.0
    most = max(true, key=lambda bow: abs(bow.angle_deg)).angle_deg
    return Pair(case.shot.seed, read.angle_deg, same_bow_deg(read, true), most, second)


def same_bow_deg(bow: LateralCurve, others: Sequence[LateralCurve]) -> float:
    """
    The angle of the bow among others that bends to the same side and overlaps it most, by half of the shorter at least;
    0 where none does.

    A spine that bends to and fro has bows that are nearly alike. Which of them is the largest, a hair decides, and the
    sign turns with it: comparing largest with largest compares different parts of a back.
    """

    def overlap(other: LateralCurve) -> float:
        shorter = min(bow.high - bow.low, other.high - other.low)
        return (min(bow.high, other.high) - max(bow.low, other.low)) / max(shorter, 1e-9)

    near = [other for other in others if other.angle_deg * bow.angle_deg > 0 and overlap(other) >= HALF]
    return max(near, key=overlap).angle_deg if near else 0.0


def surface_curves(case: Case, landmarks: Landmarks, found: SpinePoints, points: Points) -> tuple[LateralCurve, ...]:
    """C14 on some points whatever its uncertainty: what is too uncertain to be shown still counts here."""
    plane = plane_of(landmarks, case.shot.view, case.shot.setup, case.shot.size_px)
    back = Back(found, plane)
    places = [back.point(point) for point in points]
    if any(place is None for place in places):
        return ()
    line = [place for place in places if place is not None]
    return lateral_curves(line, 1.0, back.sideways_sd_px(points))
