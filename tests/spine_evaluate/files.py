"""Annotations and results as files and as the evaluation holds them."""

import json
from pathlib import Path
from typing import Any

from models.spine.evaluate.people import Found, Truth, read_found, read_truth


def write(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def read_both(folder: Path, truth: Any, results: Any, layout: str | None = None) -> tuple[Truth, list[Found]]:
    people = read_truth(write(folder / "truth.json", truth), layout)
    return people, read_found(write(folder / "results.json", results), people)


def annotation(points: list[list[float]], picture: int = 1, **more: Any) -> dict[str, Any]:
    """One person; points are x, y and whether labelled."""
    flat = [float(value) for point in points for value in point]
    return {"image_id": picture, "keypoints": flat, "bbox": [0, 0, 100, 200], "area": 10_000.0, **more}


def result(points: list[list[float | None]], picture: int = 1, score: float = 0.9) -> dict[str, Any]:
    return {"image_id": picture, "keypoints": [value for point in points for value in (*point, 1)], "score": score}


def annotations(*people: dict[str, Any], pictures: int = 1) -> dict[str, Any]:
    return {"images": [{"id": number + 1} for number in range(pictures)], "annotations": list(people)}
