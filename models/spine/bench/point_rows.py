"""How far the predicted points lie from the true ones, in percent of the trunk."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.bench.row import Row, at_least, at_most, printed
from edge.pose.spine_points import MIDLINE, SIDE_FIVE, SpinePoint
from models.spine.bench.case import C7, S
from models.spine.bench.curve_rows import Scored, auc_row, scored
from models.spine.bench.look import Look
from models.spine.bench.ridge import Ridge, features
from models.spine.bench.statistics import median, p90, share

GROUPS: dict[str, tuple[tuple[SpinePoint, ...], float | None]] = {
    "midline": (MIDLINE, 1.2),
    "waist": ((SpinePoint.WAIST_LEFT, SpinePoint.WAIST_RIGHT), 1.5),
    "axilla": ((SpinePoint.AXILLA_LEFT, SpinePoint.AXILLA_RIGHT), 1.5),
    "psis": ((SpinePoint.PSIS_LEFT, SpinePoint.PSIS_RIGHT), 1.5),
    "scapula": ((SpinePoint.SCAPULA_INFERIOR_LEFT, SpinePoint.SCAPULA_INFERIOR_RIGHT), None),
    "centres": (tuple(SpinePoint(n) for n in range(SpinePoint.CENTRE_SACRUM, SpinePoint.CENTRE_C7 + 1)), None),
}
"""Points of a back and what is asked of their median, percent of the trunk from the sacrum to C7."""
MOST_SIDE = 2.0
APEX_MM = (15.0, 25.0)
"""True offsets of the apex from the line S-C7 that are looked at."""
LEAST_KEPT = 0.9
COVERED = 0.68
"""Share of the errors that should lie within one standard deviation."""

Points = tuple[SpinePoint, ...]


def errors_pct(look: Look, points: Points, *, across: bool = False, hidden: bool = False) -> list[float]:
    """
    Distance of predicted from true points the camera sees, percent of the trunk; nothing where it was refused.

    Args:
        look: one frame.
        points: which.
        across: only how far beside the trunk's line.
        hidden: those that something stands before too.
    """
    found, case = None if look.reading is None else look.reading.spine, look.case
    if found is None:
        return []
    off = found.xy_px[list(points)].astype(np.float64) - case.spine_px[list(points)]
    seen = case.visible[list(points)] | hidden
    size = np.abs(off @ _right(case.spine_px)) if across else np.linalg.norm(off, axis=1)
    return [float(one) for one in size[seen] / case.trunk_px * 100]


def back_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """The rows of the points of a back; `looks` are of S1."""
    rows = []
    for name, (points, most) in GROUPS.items():
        errors = [error for look in looks for error in errors_pct(look, points)]
        title, note = f"{name}_points_median_pct_trunk{suffix}", f"{len(errors)} points, p90 {_said(p90(errors))}"
        value = median(errors)
        rows.append(printed(title, value, "%", note) if most is None else at_most(title, value, most, "%", note))
    for name in ("midline", "waist"):
        beside = [error for look in looks for error in errors_pct(look, GROUPS[name][0], across=True)]
        rows.append(printed(f"{name}_points_across_median_pct_trunk{suffix}", median(beside), "%", "beside the trunk"))
    rows.append(printed(f"midline_points_within_sd_share{suffix}", _within(looks), "", f"{COVERED:g} when honest"))
    return rows


def side_point_row(looks: Sequence[Look], suffix: str = "") -> Row:
    """
    The five points of a side view; `looks` are of V0-left and V0-right. They lie on the skyline of the back, where a
    fold of a shirt hides them all the time: hidden ones count too.
    """
    errors = [error for look in looks for error in errors_pct(look, SIDE_FIVE, hidden=True)]
    note = f"{len(errors)} points, p90 {_said(p90(errors))}"
    return at_most(f"side_points_median_pct_trunk{suffix}", median(errors), MOST_SIDE, "%", note)


def apex_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """Whether predicted curves are as deep as true ones: on the skin, and between the centres of the vertebrae."""
    rows = []
    for name, points in (("", MIDLINE), ("_centres", GROUPS["centres"][0])):
        kept = [one for look in looks if (one := apex_kept(look, points)) is not None]
        note = f"{len(kept)} frames with an apex {APEX_MM[0]:g}-{APEX_MM[1]:g} mm off"
        title, value = f"apex_offset_kept{name}{suffix}", median(kept)
        rows.append(printed(title, value, "", note) if name else at_least(title, value, LEAST_KEPT, "", note))
    return rows


def apex_kept(look: Look, points: Points) -> float | None:
    """Predicted over true offset of the true apex; None where it is not of the size or the frame was refused."""
    found, case = None if look.reading is None else look.reading.spine, look.case
    if found is None:
        return None
    true = offsets(case.spine_px, points)
    apex = int(np.abs(true).argmax())
    if not APEX_MM[0] <= abs(true[apex]) * case.trunk_mm <= APEX_MM[1]:
        return None
    return float(offsets(found.xy_px, points)[apex] / true[apex])


def offsets(spine_px: NDArray[np.floating], points: Points) -> NDArray[np.float64]:
    """(N,) float64: how far to the right of the line between the first and the last point, shares of S-C7."""
    line = np.asarray(spine_px, np.float64)[list(points)]
    chord = line[-1] - line[0]
    right = np.array([-chord[1], chord[0]]) / max(float(np.linalg.norm(chord)), 1e-9)
    trunk = float(np.linalg.norm(np.asarray(spine_px, np.float64)[C7] - np.asarray(spine_px, np.float64)[S]))
    beside: NDArray[np.float64] = (line - line[0]) @ right / max(trunk, 1e-9)
    return beside


def points_rows(looks: Sequence[Look], ridge: Ridge | None, sha256: str, suffix: str = "") -> list[Row]:
    """
    The curve read from the points alone.

    Args:
        looks: of S1.
        ridge: how it is read; None where nobody fitted one.
        sha256: of the network that gave the points.
        suffix: of the ids.
    """
    if ridge is None:
        return [at_least(f"points_auc{suffix}", None, 0.85, "", "not fitted: run python -m models.spine.bench fit")]
    frames = [_read(one, look, ridge) for look in looks for one in scored([look])]
    fitted = ridge.about
    note = f"fitted on {fitted.get('distribution')} {fitted.get('seeds')}"
    if not suffix and fitted.get("sha256") != sha256:
        note += " WITH ANOTHER NETWORK: fit it again"
    true = [_true(one, look, ridge) for look in looks for one in scored([look])]
    sided = [one for one in frames if one.single and abs(one.built_deg) >= 15]
    right = share([np.sign(one.read) == np.sign(one.built_deg) for one in sided])
    return [
        auc_row(f"points_auc{suffix}", frames, 0.85, note),
        printed(f"points_side_right_share{suffix}", right, "", f"{len(sided)} frames of single curves >= 15"),
        auc_row(f"points_auc_of_true_points{suffix}", true, None, "what perfect points would give"),
    ]


def _read(one: Scored, look: Look, ridge: Ridge) -> Scored:
    assert look.reading is not None
    assert look.reading.spine is not None
    assert look.reading.landmarks is not None
    row = features(look.reading.spine.xy_px, look.reading.landmarks.xyz_px)
    return Scored(one.person, one.built_deg, ridge.read(row), one.single, one.clothing)


def _true(one: Scored, look: Look, ridge: Ridge) -> Scored:
    row = features(look.case.spine_px, look.case.joints_px)
    return Scored(one.person, one.built_deg, ridge.read(row), one.single, one.clothing)


def _within(looks: Sequence[Look]) -> float | None:
    """Share of the midline's points whose error across lies within their own standard deviation."""
    hits: list[bool] = []
    for look in looks:
        found = None if look.reading is None else look.reading.spine
        if found is not None:
            off = np.abs(found.xy_px[list(MIDLINE), 0] - look.case.spine_px[list(MIDLINE), 0])
            sd = np.sqrt(found.covariance_px2[list(MIDLINE), 0, 0])
            hits += [bool(one) for one in off <= sd]
    return share(hits)


def _right(spine_px: NDArray[np.float64]) -> NDArray[np.float64]:
    chord = spine_px[C7] - spine_px[S]
    right: NDArray[np.float64] = np.array([-chord[1], chord[0]]) / np.linalg.norm(chord)
    return right


def _said(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} %"
