"""Shoulders and hips on annotated photographs, beside BlazePose on the same ones; which side is which is forgiven."""

import operator
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from edge.bench.row import Row, at_least, at_most, printed
from models.spine.bench.photos import PhotoLook
from models.spine.bench.statistics import mean_interval, median, share, written

OF_THE_TORSO = 0.2
LEAST_AGAINST = -1.0
"""Points of a hundred that the station may hit fewer than BlazePose alone."""
STATION = "both networks joined, the landmarks where the spine network is refused"
ALONE = "the spine network for itself, whatever it is worth"
LINES = {"shoulder": (0, 1), "hip": (2, 3)}
OTHER_SIDE = [1, 0, 3, 2]

Hits = Sequence[Sequence[bool]]
"""For each photograph, which of its points were hit."""
Part = Callable[[PhotoLook], NDArray[np.float64] | None]
TAKEN, COARSE, FINE = (operator.attrgetter(f"{whose}_px") for whose in ("taken", "coarse", "fine"))
"""The trunk the station measures on, BlazePose's, and the spine network's."""


def photo_rows(looks: Sequence[PhotoLook], suffix: str = "") -> list[Row]:
    """
    The rows of standing people on photographs; those in whom nobody was found count for neither network.

    Judged is what the station measures on; what the spine network says for itself is printed beside it.
    """
    found = [look for look in looks if look.answer is not None]
    used = [look for look in found if look.refused is None]
    taken, coarse, alone = (_hits(found, part) for part in (TAKEN, COARSE, FINE))
    kept = _hits(used, TAKEN), _hits(used, COARSE)
    refused = share([look.refused is not None for look in found])
    where = f"{len(found)} of {len(looks)} photographs"
    rows = [
        printed(f"photo_pck20_trunk{suffix}", _percent(taken), "%", f"{where}; {STATION}"),
        printed(f"photo_pck20_trunk_blazepose{suffix}", _percent(coarse), "%"),
        at_least(
            f"photo_pck20_trunk_against_blazepose{suffix}", _against(taken, coarse), LEAST_AGAINST, "points",
            f"{STATION}; {_limits(taken, coarse)}",
        ),
        printed(
            f"photo_pck20_trunk_used_against_blazepose{suffix}", _against(*kept), "points",
            f"the {len(used)} photographs it is not refused on; {_limits(*kept)}",
        ),
        printed(f"photo_pck20_trunk_alone{suffix}", _percent(alone), "%", ALONE),
        printed(
            f"photo_pck20_trunk_alone_against_blazepose{suffix}", _against(alone, coarse), "points",
            f"{ALONE}; {_limits(alone, coarse)}",
        ),
        printed(f"photo_refused_share{suffix}", refused, "", "the station would not use the reading"),
    ]  # fmt: skip
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
    taken, alone = (_line_pairs(found, part, name) for part in (TAKEN, FINE))
    differences, theirs_deg = _differences(taken), median([theirs for _, theirs in taken])
    limits = mean_interval(differences)
    note = f"{len(taken)} photographs, BlazePose {'-' if theirs_deg is None else f'{theirs_deg:.2f}'}; {STATION}"
    alone_note = f"{ALONE}; {written(mean_interval(_differences(alone)))}"
    return [
        printed(f"photo_{name}_line_median_deg{suffix}", median([ours for ours, _ in taken]), "deg", note),
        printed(f"photo_{name}_line_against_blazepose_deg{suffix}", _mean(differences), "deg", "mean, paired"),
        at_most(
            f"photo_{name}_line_against_blazepose_low_deg{suffix}", limits[0] if limits else None, 0.0, "deg",
            f"{written(limits)} must not lie wholly above 0",
        ),
        printed(f"photo_{name}_line_alone_median_deg{suffix}", median([ours for ours, _ in alone]), "deg", ALONE),
        printed(
            f"photo_{name}_line_alone_against_blazepose_deg{suffix}", _mean(_differences(alone)), "deg", alone_note
        ),
    ]  # fmt: skip


def _hits(looks: Sequence[PhotoLook], part: Part) -> Hits:
    return [hits(part(look), look.photo.trunk_px) for look in looks]


def _line_pairs(looks: Sequence[PhotoLook], part: Part, name: str) -> list[tuple[float, float]]:
    """The error of a line and that of BlazePose's on the same photograph, where both are known."""
    pairs = []
    for look in looks:
        ours_px = part(look)
        if ours_px is None or look.coarse_px is None:
            continue
        ours = line_error_deg(ours_px, look.photo.trunk_px, LINES[name])
        theirs = line_error_deg(look.coarse_px, look.photo.trunk_px, LINES[name])
        if ours is not None and theirs is not None:
            pairs.append((ours, theirs))
    return pairs


def _differences(pairs: Sequence[tuple[float, float]]) -> list[float]:
    return [ours - theirs for ours, theirs in pairs]


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _percent(every: Hits) -> float | None:
    value = share([one for own in every for one in own])
    return None if value is None else 100 * value


def _against(ours: Hits, theirs: Hits) -> float | None:
    """Percentage points that ours hits more."""
    one, other = _percent(ours), _percent(theirs)
    return None if one is None or other is None else one - other


def _limits(ours: Hits, theirs: Hits) -> str:
    """The interval of that, photograph by photograph."""
    paired = [100 * float(np.mean(a) - np.mean(b)) for a, b in zip(ours, theirs, strict=True) if a]
    return written(mean_interval(paired), 1)
