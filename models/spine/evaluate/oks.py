"""How alike a found person and an annotated one are (object keypoint similarity, COCO)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.spine.evaluate.people import Found, Person


def similarity(
    found: Sequence[Found], person: Person, sigmas: NDArray[np.float64], rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    """
    The mean over the labelled points of exp(-d² / (2 s² k²)), with k twice the point's sigma and s² the person's area.

    Of a person without a labelled point the distance counts by which a point leaves the box of thrice its size.

    Args:
        found: people of the same picture.
        person: the annotated one.
        sigmas: (m,) of the points compared.
        rows: (m,) which points are compared.

    Returns:
        (len(found),) float64, 0 to 1; a point not found is as far away as can be.
    """
    xy = np.stack([one.xy_px[rows] for one in found])
    labelled = person.labelled[rows]
    if labelled.any():
        off, sigmas = (xy - person.xy_px[rows])[:, labelled], sigmas[labelled]
    else:
        corner, sides = person.box[:2], person.box[2:]
        off = np.maximum(corner - sides - xy, 0.0) + np.maximum(xy - corner - 2 * sides, 0.0)
    distance = np.where(np.isnan(off).any(axis=2), np.inf, np.square(off).sum(axis=2))
    exponent = distance / (2 * sigmas) ** 2 / (person.area_px2 + np.spacing(1)) / 2
    alike: NDArray[np.float64] = np.exp(-exponent).mean(axis=1)
    return alike
