"""Average precision and recall over similarity thresholds, as COCO's keypoint evaluation defines them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.spine.evaluate.oks import similarity
from models.spine.evaluate.people import Found, Person, Truth

THRESHOLDS = np.linspace(0.5, 0.95, 10)
RECALLS = np.linspace(0.0, 1.0, 101)
MOST = 20
"""More people than this are not looked at in one picture."""
SIZES: Mapping[str, tuple[float, float]] = {
    "": (0.0, 1e5**2),
    "_medium": (32.0**2, 96.0**2),
    "_large": (96.0**2, 1e5**2),
}
"""Square pixels of the people who count."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """
    What became of the people found in one picture, best first.

    Attributes:
        score: (d,) how sure the network was.
        right: (10, d) bool, whether each was somebody, for each threshold.
        ignored: (10, d) bool, counts neither way.
        people: how many there were to find.
    """

    score: NDArray[np.float64]
    right: NDArray[np.bool_]
    ignored: NDArray[np.bool_]
    people: int


def average_precision(truth: Truth, found: Sequence[Found], rows: NDArray[np.intp]) -> dict[str, float | None]:
    """
    The ten figures of COCO's keypoint evaluation for some of the points.

    A person without a labelled point among them counts neither way.

    Args:
        truth: the annotated people, in a layout with sigmas.
        found: what a network found.
        rows: which points, by their place in the layout.

    Returns:
        `ap`, `ap50`, `ap75`, `ap_medium`, `ap_large` and the same with `ar`, 0 to 1; None where nobody was to be found.
    """
    if truth.layout.sigmas is None:
        raise ValueError(f"{truth.layout.name} comes without sigmas, so nothing says how exact is exact")
    sigmas = np.array(truth.layout.sigmas)[rows]
    figures: dict[str, float | None] = {}
    for size, limits in SIZES.items():
        matches = [_match(people, some, sigmas, rows, limits) for people, some in _by_picture(truth, found)]
        precision, recall = _curves(matches)
        for name, values in (("ap", precision), ("ar", recall)):
            figures[f"{name}{size}"] = None if values is None else float(values.mean())
            if not size:
                for place, share in ((0, 50), (5, 75)):
                    figures[f"{name}{share}"] = None if values is None else float(values[place].mean())
    return figures


def _by_picture(truth: Truth, found: Sequence[Found]) -> list[tuple[list[Person], list[Found]]]:
    people: dict[int, list[Person]] = {picture: [] for picture in truth.pictures}
    some: dict[int, list[Found]] = {picture: [] for picture in truth.pictures}
    for person in truth.people:
        people[person.picture].append(person)
    for one in found:
        some[one.picture].append(one)
    # Stable, so that of people found with the same score the first in the file comes first.
    return [(people[n], sorted(some[n], key=lambda one: -one.score)[:MOST]) for n in truth.pictures]


def _match(
    people: Sequence[Person],
    found: Sequence[Found],
    sigmas: NDArray[np.float64],
    rows: NDArray[np.intp],
    limits: tuple[float, float],
) -> Matches:
    ignorable = [
        person.crowd or not person.labelled[rows].any() or not limits[0] <= person.area_px2 <= limits[1]
        for person in people
    ]
    order = np.argsort(ignorable, kind="stable")
    people, skip = [people[k] for k in order], np.array(ignorable, np.bool_)[order]
    alike = np.zeros((len(found), len(people)))
    for column, person in enumerate(people if found else ()):
        alike[:, column] = similarity(found, person, sigmas, rows)
    crowd = np.array([person.crowd for person in people], np.bool_)
    taken = np.array([_assign(alike, skip, crowd, threshold) for threshold in THRESHOLDS], np.intp)
    taken = taken.reshape(len(THRESHOLDS), len(found))
    matched = taken >= 0
    ignored = matched & skip[taken] if len(people) else np.zeros_like(matched)
    outside = np.array([not limits[0] <= _extent_px2(one, rows) <= limits[1] for one in found], np.bool_)
    ignored |= ~matched & outside
    score = np.array([one.score for one in found])
    return Matches(score, matched, ignored, int((~skip).sum()))


def _assign(
    alike: NDArray[np.float64], skip: NDArray[np.bool_], crowd: NDArray[np.bool_], threshold: float
) -> list[int]:
    """For each person found the number of the annotated one, -1 for nobody; those who count are preferred."""
    free, result = np.ones(len(skip), np.bool_), []
    for row in alike:
        enough = (row >= min(threshold, 1 - 1e-10)) & (free | crowd)
        wanted = enough & ~skip
        choice = wanted if wanted.any() else enough
        # Of several equally alike the last: the published program goes on while the next is not worse.
        best = int(len(row) - 1 - np.where(choice, row, -1.0)[::-1].argmax()) if choice.any() else -1
        if best >= 0:
            free[best] = False
        result.append(best)
    return result


def _extent_px2(found: Found, rows: NDArray[np.intp]) -> float:
    xy = found.xy_px[rows]
    xy = xy[~np.isnan(xy).any(axis=1)]
    return float(np.ptp(xy, axis=0).prod()) if len(xy) else 0.0


def _curves(matches: Sequence[Matches]) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """(10, 101) precision at each recall and (10,) recall; None where nobody was to be found."""
    people = sum(one.people for one in matches)
    if people == 0:
        return None, None
    order = np.argsort(-np.concatenate([one.score for one in matches]), kind="stable")
    right = np.concatenate([one.right & ~one.ignored for one in matches], axis=1)[:, order]
    wrong = np.concatenate([~one.right & ~one.ignored for one in matches], axis=1)[:, order]
    rights, wrongs = right.cumsum(axis=1).astype(np.float64), wrong.cumsum(axis=1)
    recall, precision = rights / people, rights / (rights + wrongs + np.spacing(1))
    precision = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
    at = np.zeros((len(THRESHOLDS), len(RECALLS)))
    for row in range(len(THRESHOLDS)):
        places = np.searchsorted(recall[row], RECALLS, side="left")
        reached = places < recall.shape[1]
        at[row, reached] = precision[row, places[reached]]
    last = recall[:, -1] if recall.shape[1] else np.zeros(len(THRESHOLDS))
    return at, last
