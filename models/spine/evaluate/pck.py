"""How many points lie within a share of the head (PCKh) or of the torso (PCK)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.point_layout import PointLayout
from models.spine.evaluate.people import Found, Person, Truth

OF_THE_HEAD = 0.5
OF_THE_TORSO = 0.2
HEAD_OF_THE_BOX = 0.6
"""MPII's head size is this share of its head box's diagonal (Andriluka et al., CVPR 2014, evaluation program)."""

ROWS: Mapping[str, tuple[str, ...]] = {
    "head": ("neck", "head_top"),
    **{part: (f"left_{part}", f"right_{part}") for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")},
}
"""The rows of MPII's table; pelvis and spine stand in none, as there."""

LIMBS = tuple(name for row, names in ROWS.items() if row != "head" for name in names)
"""The twelve joints that every layout has."""


@dataclass(frozen=True, slots=True)
class Hits:
    """
    How many points were found.

    Attributes:
        found: within the distance.
        labelled: how many there were.
    """

    found: int
    labelled: int

    @property
    def percent(self) -> float | None:
        """The share found, percent; None where none was labelled."""
        return 100.0 * self.found / self.labelled if self.labelled else None

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(self.found + other.found, self.labelled + other.labelled)


def head_px(person: Person, layout: PointLayout) -> float | None:
    """The size of a person's head, pixels: 0.6 of the head box's diagonal, else from the neck to the head's top."""
    if person.head_box is not None:
        left, top, right, bottom = person.head_box.tolist()
        size = HEAD_OF_THE_BOX * float(np.hypot(right - left, bottom - top))
    else:
        size = _apart_px(person, layout, "neck", "head_top") or 0.0
    return size if size > 0 else None


def torso_px(person: Person, layout: PointLayout) -> float | None:
    """The longest distance from a shoulder to the opposite hip, pixels; None when neither is labelled."""
    pairs = (("left_shoulder", "right_hip"), ("right_shoulder", "left_hip"))
    known = [length for pair in pairs if (length := _apart_px(person, layout, *pair))]
    return max(known) if known else None


def pckh(truth: Truth, found: Sequence[Found], share: float = OF_THE_HEAD) -> dict[str, Hits]:
    """
    PCKh for the rows of MPII's table and their total; people whose head has no size are left out.

    Args:
        truth: in a layout with the joints of `ROWS`.
        found: what a network found.
        share: of the head, within which a point counts.

    Returns:
        Row -> hits; `total` pools the points of all rows.
    """
    rows = {row: [truth.layout.points.index(name) for name in names] for row, names in ROWS.items()}
    counts = {row: Hits(0, 0) for row in rows}
    for person, one in paired(truth, found):
        size = head_px(person, truth.layout)
        if size is None:
            continue
        near = _off_px(person, one) <= share * size
        for row, places in rows.items():
            labelled = person.labelled[places]
            counts[row] += Hits(int((near[places] & labelled).sum()), int(labelled.sum()))
    return counts | {"total": sum(counts.values(), Hits(0, 0))}


def pck(
    truth: Truth,
    found: Sequence[Found],
    names: Sequence[str] = LIMBS,
    *,
    either_side: bool = False,
    share: float = OF_THE_TORSO,
) -> Hits:
    """
    PCK over some points; people without a torso are left out.

    Args:
        truth: the annotated people.
        found: what a network found.
        names: which points.
        either_side: forgive a person whose left and right are exchanged as a whole, as annotators do with backs.
        share: of the torso, within which a point counts.
    """
    rows, total = [truth.layout.points.index(name) for name in names], Hits(0, 0)
    for person, one in paired(truth, found):
        size = torso_px(person, truth.layout)
        if size is None:
            continue
        orders = [np.arange(len(truth.layout.points)), truth.layout.twins][: 2 if either_side else 1]
        near = max(
            int(((_off_px(person, one, order) < share * size) & person.labelled)[rows].sum()) for order in orders
        )
        total += Hits(near, int(person.labelled[rows].sum()))
    return total


def paired(truth: Truth, found: Sequence[Found]) -> list[tuple[Person, Found | None]]:
    """Each annotated person with the nearest found one of the picture, nearest pairs first; None for nobody."""
    pairs: list[tuple[Person, Found | None]] = []
    for picture in truth.pictures:
        people = [one for one in truth.people if one.picture == picture and not one.crowd]
        some = [one for one in found if one.picture == picture]
        apart = np.array([[_mean_px(person, one) for one in some] for person in people]).reshape(len(people), len(some))
        partner: dict[int, Found] = {}
        while apart.size and np.isfinite(apart).any():
            row, column = np.unravel_index(int(apart.argmin()), apart.shape)
            partner[int(row)] = some[int(column)]
            apart[row], apart[:, column] = np.inf, np.inf
        pairs += [(person, partner.get(number)) for number, person in enumerate(people)]
    return pairs


def _mean_px(person: Person, found: Found) -> float:
    """Mean distance of the labelled points, the same either side; infinite where none was found."""
    off = _off_px(person, found)[person.labelled]
    off = off[np.isfinite(off)]
    return float(off.mean()) if len(off) else float("inf")


def _off_px(person: Person, found: Found | None, order: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
    """(n,) float64, pixels between each point and its annotation; infinite where there is none."""
    if found is None:
        return np.full(len(person.xy_px), np.inf)
    xy_px = found.xy_px if order is None else found.xy_px[order]
    off = np.linalg.norm(xy_px - person.xy_px, axis=1)
    return np.where(np.isnan(off), np.inf, off)


def _apart_px(person: Person, layout: PointLayout, first: str, second: str) -> float | None:
    if not {first, second} <= set(layout.points):
        return None
    places = [layout.points.index(first), layout.points.index(second)]
    if not person.labelled[places].all():
        return None
    return float(np.linalg.norm(np.subtract(*person.xy_px[places])))
