"""How far the points of spine and back lie from where they truly are, in per cent of the trunk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from edge.accuracy.look import Look
from edge.bench.row import Row, at_most, printed
from edge.pose.spine_points import MIDLINE, NINE, SpinePoint

GROUPS: Mapping[str, tuple[SpinePoint, ...]] = {
    "midline_points": MIDLINE,
    "nine_spine_points": NINE,
    "waist_points": (SpinePoint.WAIST_LEFT, SpinePoint.WAIST_RIGHT),
    "axilla_points": (SpinePoint.AXILLA_LEFT, SpinePoint.AXILLA_RIGHT),
    "psis_points": (SpinePoint.PSIS_LEFT, SpinePoint.PSIS_RIGHT),
}
"""What is looked at together; whether the network thinks it sees them makes no difference here."""

WANTED = {"midline_points": 1.2, "waist_points": 1.5, "axilla_points": 1.5, "psis_points": 1.5}
"""Group -> the median that is wanted, % of the trunk from sacrum to C7."""


MEDIAN_OF_CHI_SQUARE = 0.455
"""With one degree of freedom: of the square of an error over its standard deviation."""


@dataclass(frozen=True, slots=True)
class PointErrors:
    """
    One frame.

    Attributes:
        percent: group -> distance of each of its points from the truth, % of the trunk from sacrum to C7.
        stated: the same points' errors across and down, each over its stated standard deviation.
    """

    percent: Mapping[str, tuple[float, ...]]
    stated: tuple[float, ...]


def point_errors(looks: Iterable[Look]) -> list[PointErrors]:
    """One entry for every frame in which the spine network was believed and whose truth is known."""
    found = []
    for look in looks:
        truth = look.shot.spine_px
        if look.spine is None or not np.isfinite(truth[[SpinePoint.SACRUM, SpinePoint.C7]]).all():
            continue
        trunk_px = float(np.linalg.norm(truth[SpinePoint.C7] - truth[SpinePoint.SACRUM]))
        off = look.spine.xy_px.astype(np.float64) - truth
        apart = 100 * np.linalg.norm(off, axis=1) / trunk_px
        percent = {name: tuple(apart[list(group)][np.isfinite(apart[list(group)])]) for name, group in GROUPS.items()}
        variance = np.diagonal(look.spine.covariance_px2, axis1=1, axis2=2)[list(MIDLINE)]
        over = (off[list(MIDLINE)] / np.sqrt(np.maximum(variance, 1e-12))).ravel()
        found.append(PointErrors(percent, tuple(over[np.isfinite(over)])))
    return found


def point_rows(errors: Sequence[PointErrors], suffix: str = "") -> list[Row]:
    """The median error of every group, and how the errors compare with what was stated."""
    rows = []
    for name in GROUPS:
        known = [one for each in errors for one in each.percent[name]]
        median, note = float(np.median(known)) if known else None, f"{len(errors)} frames"
        row = f"{name}_median_pct_trunk{suffix}"
        limit = WANTED.get(name)
        rows.append(printed(row, median, "%", note) if limit is None else at_most(row, median, limit, "%", note))
    over = np.array([one for each in errors for one in each.stated])
    root = float(np.sqrt(np.median(over**2) / MEDIAN_OF_CHI_SQUARE)) if over.size else None
    rows.append(printed(f"midline_error_over_stated_sd{suffix}", root, "", "1 = as uncertain as stated"))
    return rows
