"""C14, the angle of the skin's midline: from predicted points with their uncertainty, against true points."""

from collections.abc import Sequence

import numpy as np

from edge.accuracy.statistics import residual, slope
from edge.bench.row import Row, at_least, at_most, printed
from edge.pose.landmarks import Landmarks
from edge.pose.spine_points import MIDLINE, NINE, SpinePoint, SpinePoints
from edge.spine.body import Back
from edge.spine.curve import largest, lateral_curves
from edge.spine.measures import plane_of
from models.spine.bench.case import Case
from models.spine.bench.look import Look
from models.spine.bench.statistics import median, share

LEAST_SLOPE, MOST_RESIDUAL_DEG = 0.9, 3.0
LINES: dict[str, tuple[SpinePoint, ...]] = {"": NINE[:7], "_all": MIDLINE}
"""C14 stands on seven points; the same angle on all seventeen is printed beside it."""


def surface_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """Slope and scatter of the surface angle; `looks` are of S1."""
    rows = []
    for name, points in LINES.items():
        pairs = [pair for look in looks if (pair := surface_pair(look, points)) is not None]
        read, true = (np.array(side, np.float64) for side in zip(*pairs, strict=True)) if pairs else (np.empty(0),) * 2
        rise, scatter, note = slope(true, read), residual(true, read), f"{len(pairs)} frames"
        ids = f"surface_curve_slope{name}{suffix}", f"surface_curve_residual_sd{name}_deg{suffix}"
        if name:
            rows += [printed(ids[0], rise, "", note), printed(ids[1], scatter, "deg", note)]
        else:
            rows.append(at_least(ids[0], rise, LEAST_SLOPE, "", note))
            rows.append(at_most(ids[1], scatter, MOST_RESIDUAL_DEG, "deg", note))
            rows.append(
                printed(f"surface_curve_median_error_deg{suffix}", median(list(np.abs(read - true))), "deg", note)
            )
    refused = [look.measures.by_id["C14"].value is None for look in looks if look.measures is not None]
    rows.append(printed(f"surface_curve_not_measurable_share{suffix}", share(refused), "", f"{len(refused)} readings"))
    return rows


def surface_pair(look: Look, points: tuple[SpinePoint, ...]) -> tuple[float, float] | None:
    """The largest angle of the predicted and of the true line, signed; None where one has none."""
    reading, case = look.reading, look.case
    if reading is None or reading.landmarks is None or reading.spine is None:
        return None
    read = surface_deg(case, reading.landmarks, reading.spine, points)
    true = surface_deg(case, case.landmarks(), case.spine_points(), points)
    return None if read is None or true is None else (read, true)


def surface_deg(case: Case, landmarks: Landmarks, found: SpinePoints, points: tuple[SpinePoint, ...]) -> float | None:
    """C14 on some points whatever its uncertainty: what is too uncertain to be shown still counts here."""
    plane = plane_of(landmarks, case.shot.view, case.shot.setup, case.shot.size_px)
    back = Back(found, plane)
    places = [back.point(point) for point in points]
    if any(place is None for place in places):
        return None
    line = [place for place in places if place is not None]
    curve = largest(lateral_curves(line, 1.0, back.sideways_sd_px(points)))
    return None if curve is None else curve.angle_deg
