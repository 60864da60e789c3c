"""Shoulders and hips on annotated photographs, beside BlazePose on the same ones; which side is which is forgiven."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.bench.row import Row, at_least, at_most, printed
from models.spine.bench.photos import PhotoLook
from models.spine.bench.statistics import mean_interval, median, share, written

OF_THE_TORSO = 0.2
LEAST_AGAINST = -1.0
"""Points of a hundred that the spine network may hit fewer than BlazePose."""
LINES = {"shoulder": (0, 1), "hip": (2, 3)}
OTHER_SIDE = [1, 0, 3, 2]


def photo_rows(looks: Sequence[PhotoLook], suffix: str = "") -> list[Row]:
    """The rows of standing people on photographs; those in whom nobody was found count for neither network."""
    found = [look for look in looks if look.answer is not None]
    fine = [hits(look.fine_px, look.photo.trunk_px) for look in found]
    coarse = [hits(look.coarse_px, look.photo.trunk_px) for look in found]
    ours, theirs = _percent(fine), _percent(coarse)
    differences = [100 * (float(np.mean(a)) - float(np.mean(b))) for a, b in zip(fine, coarse, strict=True) if a]
    limits = written(mean_interval(differences), 1)
    against = None if ours is None or theirs is None else ours - theirs
    note = f"{len(found)} of {len(looks)} photographs, {limits}"
    refused = share([look.refused is not None for look in found])
    rows = [
        printed(f"photo_pck20_trunk{suffix}", ours, "%", f"shoulders and hips, {len(found)} photographs"),
        printed(f"photo_pck20_trunk_blazepose{suffix}", theirs, "%"),
        at_least(f"photo_pck20_trunk_against_blazepose{suffix}", against, LEAST_AGAINST, "points", note),
        printed(f"photo_refused_share{suffix}", refused, "", "the station would not use the reading"),
    ]
    return rows + [row for name in LINES for row in _line_rows(found, name, suffix)]


def hits(found_px: NDArray[np.float64] | None, true_px: NDArray[np.float64]) -> list[bool]:
    """
    Which annotated points of the trunk lie within a fifth of the torso, the person's sides taken the better way round.

    Args:
        found_px: (4, 2) left and right shoulder, left and right hip; None when nobody was found.
        true_px: the same as annotated, NaN where not.

    Returns:
        One for each annotated point; empty without a torso.
    """
    known = np.asarray(np.isfinite(true_px).all(axis=1), np.bool_)
    crossed = [float(np.linalg.norm(true_px[a] - true_px[b])) for a, b in ((0, 3), (1, 2)) if known[[a, b]].all()]
    if found_px is None or not crossed or max(crossed) <= 0:
        return []
    ways = [np.linalg.norm(found_px[order] - true_px, axis=1) for order in ([0, 1, 2, 3], OTHER_SIDE)]
    near = [np.asarray(apart <= OF_THE_TORSO * max(crossed), np.bool_)[known] for apart in ways]
    return [bool(one) for one in max(near, key=lambda way: int(way.sum()))]


def line_error_deg(found_px: NDArray[np.float64], true_px: NDArray[np.float64], line: tuple[int, int]) -> float | None:
    """
    How far a line between two points is turned against the annotated one, 0 to 90 degrees, whichever end is left.

    >>> line_error_deg(np.array([[0.0, 0], [10, 0]]), np.array([[10.0, 1], [0, 0]]), (0, 1))
    5.710593137499643
    """
    (a, b), both = line, np.stack([found_px, true_px])
    along = both[:, b] - both[:, a]
    if not np.isfinite(along).all() or not np.linalg.norm(along, axis=1).all():
        return None
    turned = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    return float(abs((turned[0] - turned[1] + 90.0) % 180.0 - 90.0))


def _line_rows(found: Sequence[PhotoLook], name: str, suffix: str) -> list[Row]:
    pairs = []
    for look in found:
        if look.fine_px is None or look.coarse_px is None:
            continue
        ours = line_error_deg(look.fine_px, look.photo.trunk_px, LINES[name])
        theirs = line_error_deg(look.coarse_px, look.photo.trunk_px, LINES[name])
        if ours is not None and theirs is not None:
            pairs.append((ours, theirs))
    limits = mean_interval([ours - theirs for ours, theirs in pairs])
    theirs_deg = median([theirs for _, theirs in pairs])
    note = f"{len(pairs)} photographs, BlazePose {'-' if theirs_deg is None else f'{theirs_deg:.2f}'}"
    difference = float(np.mean([ours - theirs for ours, theirs in pairs])) if pairs else None
    return [
        printed(f"photo_{name}_line_median_deg{suffix}", median([ours for ours, _ in pairs]), "deg", note),
        printed(f"photo_{name}_line_against_blazepose_deg{suffix}", difference, "deg", "mean, paired"),
        at_most(
            f"photo_{name}_line_against_blazepose_low_deg{suffix}", limits[0] if limits else None, 0.0, "deg",
            f"{written(limits)} must not lie wholly above 0",
        ),
    ]  # fmt: skip


def _percent(every: Sequence[Sequence[bool]]) -> float | None:
    value = share([one for own in every for one in own])
    return None if value is None else 100 * value
