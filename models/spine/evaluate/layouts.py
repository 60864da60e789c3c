"""Every point layout that can be evaluated, and the groups whose figures are published apart."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError
from edge.pose import mpii, simcc
from edge.pose.point_layout import BODY17, PointLayout
from edge.pose.spinetrack import SPINE

LAYOUTS: Mapping[str, PointLayout] = {**simcc.LAYOUTS, **mpii.LAYOUTS}
"""Name -> layout."""

_FEET = ("big_toe", "small_toe", "heel")


def groups(layout: PointLayout) -> dict[str, NDArray[np.intp]]:
    """
    The rows of each group as SpineTrack's evaluation takes them apart: body, feet, spine and all of them.

    >>> {name: len(rows) for name, rows in groups(LAYOUTS["spinetrack37"]).items()}
    {'body': 17, 'feet': 6, 'spine': 9, 'all': 37}
    >>> list(groups(LAYOUTS["mpii16"]))
    ['all']
    """
    body = list(BODY17.points)
    feet = [f"{side}_{part}" for part in _FEET for side in ("left", "right")]
    wanted = {
        "body": body,
        "feet": feet,
        "spine": [*SPINE] if "spine_01" in layout.points else [],
        "all": layout.points,
    }
    return {
        name: np.array([layout.points.index(point) for point in points], np.intp)
        for name, points in wanted.items()
        if points and set(points) <= set(layout.points)
    }


def layout_named(name: str) -> PointLayout:
    """
    One layout by its name.

    Raises:
        PictureError: there is none of this name.
    """
    if name not in LAYOUTS:
        raise PictureError(f"there is no layout {name!r}, name one of {', '.join(LAYOUTS)} by --layout")
    return LAYOUTS[name]


def layout_for(count: int, names: tuple[str, ...] | None) -> PointLayout:
    """
    The layout of a file, by the names of its points where it has them, else by their number.

    Raises:
        PictureError: no layout or several fit.
    """
    fitting = [one for one in LAYOUTS.values() if (one.points == names if names else len(one.points) == count)]
    if len(fitting) != 1:
        found = "several layouts have" if fitting else "no layout has"
        raise PictureError(f"{found} these {count} points, name one of {', '.join(LAYOUTS)} by --layout")
    return fitting[0]
