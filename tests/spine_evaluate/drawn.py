"""
People and results drawn by chance, in COCO's format, with everything in them that COCO's program treats apart:
unlabelled points, people of all sizes, crowds, people without a label, several found at once, equal scores, more than
twenty found.
"""

from typing import Any

import numpy as np

CHANCE = 7


def drawn(count: int, pictures: int = 25, seed: int = CHANCE) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """
    Annotations and results.

    Args:
        count: points a person.
        pictures: how many, with 0 to 4 people each; number 3 holds more than 20 results.
        seed: of the dice; PCG64's stream is the same everywhere.
    """
    chance = np.random.Generator(np.random.PCG64(seed))
    annotations: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    for picture in range(1, pictures + 1):
        for _ in range(int(chance.integers(0, 5)) if picture != 3 else 4):
            annotation = _person(chance, count, picture, len(annotations) + 1)
            annotations.append(annotation)
            for _ in range(int(chance.integers(0, 3)) if picture != 3 else 7):
                results.append(_result(chance, annotation))
    for _ in range(5):
        results.append(_result(chance, annotations[int(chance.integers(len(annotations)))], off=3.0))
    truth = {
        "images": [{"id": n, "width": 640, "height": 480} for n in range(1, pictures + 1)],
        "annotations": annotations,
        "categories": [{"id": 1, "name": "person"}],
    }
    return truth, results


def _person(chance: np.random.Generator, count: int, picture: int, number: int) -> dict[str, Any]:
    side = float(np.round(chance.uniform(20, 220), 2))
    corner = np.round(chance.uniform(0, 300, 2), 2)
    points = np.round(corner + chance.uniform(0, side, (count, 2)), 2)
    labelled = chance.choice([0, 1, 2], count, p=[0.25, 0.25, 0.5])
    if chance.random() < 0.1:
        labelled[:] = 0
    rows = np.column_stack([points * (labelled > 0)[:, None], labelled])
    return {
        "id": number,
        "image_id": picture,
        "category_id": 1,
        "keypoints": [float(value) for value in rows.reshape(-1)],
        "num_keypoints": int((labelled > 0).sum()),
        "area": float(np.round(side * side * 0.5, 2)),
        "bbox": [float(corner[0]), float(corner[1]), side, side],
        "iscrowd": int(chance.random() < 0.08),
    }


def _result(chance: np.random.Generator, annotation: dict[str, Any], off: float = 0.12) -> dict[str, Any]:
    rows = np.array(annotation["keypoints"]).reshape(-1, 3)
    side = annotation["bbox"][2]
    spread = off * side * chance.uniform(0, 1) ** 2
    points = rows[:, :2] + np.round(chance.normal(0, spread, (len(rows), 2)), 2)
    return {
        "image_id": annotation["image_id"],
        "category_id": 1,
        "keypoints": [float(value) for value in np.column_stack([points, np.ones(len(rows))]).reshape(-1)],
        # One digit: many are equally sure.
        "score": float(np.round(chance.uniform(0.1, 1.0), 1)),
    }
