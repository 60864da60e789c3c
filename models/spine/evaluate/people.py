"""Where people's points are and where a network says they are, in COCO's files."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError
from edge.pose.point_layout import PointLayout
from edge.pose.spinetrack import OF_THE_BOX
from models.spine.evaluate.layouts import layout_for, layout_named

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """
    One annotated person.

    Attributes:
        picture: number of the picture.
        xy_px: (n, 2) float64, pixels of the picture.
        labelled: (n,) bool, True where somebody placed the point.
        area_px2: of the person, square pixels.
        box: (4,) float64, left, top, width, height, pixels.
        crowd: a group nobody took apart; finding it or not counts neither way.
        head_box: (4,) float64, left, top, right, bottom of the head, pixels; None where not annotated.
    """

    picture: int
    xy_px: NDArray[np.float64]
    labelled: NDArray[np.bool_]
    area_px2: float
    box: NDArray[np.float64]
    crowd: bool = False
    head_box: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """
    One person a network found.

    Attributes:
        picture: number of the picture.
        xy_px: (n, 2) float64, pixels of the picture; NaN where the network gave no point.
        score: how sure it is of the person.
    """

    picture: int
    xy_px: NDArray[np.float64]
    score: float


@dataclass(frozen=True, slots=True)
class Truth:
    """The annotated people of some pictures, all in one layout."""

    layout: PointLayout
    pictures: tuple[int, ...]
    people: tuple[Person, ...]


def read_truth(path: Path, layout: str | None = None) -> Truth:
    """
    Read annotations in COCO's format: `images`, `annotations` and, with the names of the points, `categories`.

    `area` may be missing where `bbox` is there; `head_box` (left, top, right, bottom) is an extra of ours. A point
    counts as labelled where its third number is above 0.

    Args:
        path: the file.
        layout: its name; None to tell from the file.

    Raises:
        PictureError: the file is missing or broken; the message says where.
    """
    content = _json(path)
    if not isinstance(content, dict) or not isinstance(content.get("annotations"), list):
        raise PictureError(f"{path} has no list of annotations, name a file in COCO's format by --truth")
    entries = content["annotations"]
    if not entries:
        raise PictureError(f"{path} has no annotated person, name another file by --truth")
    points = layout_named(layout) if layout else _told(path, content, entries)
    pictures = _each(path, "images", content.get("images") or [], lambda entry: int(entry["id"]))
    people = _each(path, "annotations", entries, lambda entry: _person(entry, points))
    known = set(pictures) | {one.picture for one in people}
    return Truth(points, tuple(sorted(known)), tuple(people))


def read_found(path: Path, truth: Truth) -> list[Found]:
    """
    Read a network's results in COCO's format: a list of `image_id`, `keypoints`, `score`; null for a point not found.

    Raises:
        PictureError: the file is missing or broken, or names a picture the truth does not have.
    """
    content = _json(path)
    if not isinstance(content, list):
        raise PictureError(f"{path} is no list of results, name a file in COCO's results format by --points")
    found = _each(path, "results", content, lambda entry: _found(entry, truth.layout))
    strange = sorted({one.picture for one in found} - set(truth.pictures))
    if strange:
        raise PictureError(f"{path} names picture {strange[0]}, which the truth does not have; name its own by --truth")
    return found


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PictureError(f"{path} cannot be read ({error.strerror}), name another file") from error
    except ValueError as error:
        raise PictureError(f"{path} is no JSON ({error}), write it again") from error


def _each(path: Path, what: str, entries: Sequence[Any], read: Callable[[Any], T]) -> list[T]:
    result = []
    for place, entry in enumerate(entries):
        try:
            result.append(read(entry))
        except KeyError as error:
            raise PictureError(f"{path}: {what}[{place}] has no {error}, add it") from error
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise PictureError(f"{path}: {what}[{place}] cannot be read ({error}), mend it") from error
    return result


def _told(path: Path, content: Mapping[str, Any], entries: Sequence[Any]) -> PointLayout:
    (count,) = _each(path, "annotations", entries[:1], lambda entry: len(entry["keypoints"]) // 3)
    categories = content.get("categories") or [{}]
    (names,) = _each(path, "categories", categories[:1], lambda entry: tuple(entry.get("keypoints") or ()))
    return layout_for(count, names or None)


def _person(entry: Mapping[str, Any], layout: PointLayout) -> Person:
    xy_px, third = _points(entry, layout)
    labelled = third > 0
    box = _numbers(entry["bbox"], 4) if "bbox" in entry else _around(xy_px[labelled])
    area = float(entry["area"]) if "area" in entry else float(box[2] * box[3]) * OF_THE_BOX
    if not (math.isfinite(area) and area >= 0) or not np.isfinite(xy_px[labelled]).all():
        raise ValueError("its area and labelled points must be finite")
    head = _numbers(entry["head_box"], 4) if entry.get("head_box") is not None else None
    return Person(int(entry["image_id"]), xy_px, labelled, area, box, bool(entry.get("iscrowd", 0)), head)


def _found(entry: Mapping[str, Any], layout: PointLayout) -> Found:
    xy_px, _ = _points(entry, layout)
    score = float(entry["score"])
    if not math.isfinite(score) or np.isinf(xy_px).any():
        raise ValueError("its score and points must be finite")
    xy_px[np.isnan(xy_px).any(axis=1)] = np.nan
    return Found(int(entry["image_id"]), xy_px, score)


def _points(entry: Mapping[str, Any], layout: PointLayout) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    count = len(layout.points)
    values = np.array([np.nan if value is None else float(value) for value in entry["keypoints"]], np.float64)
    if values.shape != (count * 3,):
        raise ValueError(f"{layout.name} has {count} points of 3 numbers, not {len(values)} numbers")
    rows = values.reshape(count, 3)
    return rows[:, :2].copy(), rows[:, 2]


def _numbers(values: Any, count: int) -> NDArray[np.float64]:
    numbers = np.array(values, np.float64)
    if numbers.shape != (count,) or not np.isfinite(numbers).all():
        raise ValueError(f"a box has {count} numbers, not {values}")
    return numbers


def _around(xy_px: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(xy_px):
        raise ValueError("a person without labelled points needs a bbox")
    return np.concatenate([xy_px.min(axis=0), np.ptp(xy_px, axis=0)])
