"""
COCO's own keypoint evaluation (pycocotools 2.0.11) over drawn people: how `coco_figures.json` was made.

    python -m venv coco && coco/bin/pip install pycocotools numpy
    PYTHONPATH=. coco/bin/python -m tests.spine_evaluate.published > tests/spine_evaluate/coco_figures.json

It imports nothing of the project; the sigmas and rows below are those that SpineTrack publishes, once more.
"""

import contextlib
import copy
import io
import json
from typing import Any

import numpy as np

from tests.spine_evaluate.drawn import drawn

NAMES = ("ap", "ap50", "ap75", "ap_medium", "ap_large", "ar", "ar50", "ar75", "ar_medium", "ar_large")
BODY = [26, 25, 25, 35, 35, 79, 79, 72, 72, 62, 62, 107, 107, 87, 87, 89, 89]
SIGMAS = np.array([*BODY, 26, 40, 70, *[79] * 6, 100, 100, 100, 80, 80, 120, 120, 70, 70, 70, 60]) / 1000
GROUPS = {
    "body": list(range(17)),
    "feet": list(range(20, 26)),
    "spine": [36, 35, 18, 30, 29, 28, 27, 26, 19],
    "all": list(range(37)),
}


def published(truth: dict[str, Any], results: list[dict[str, Any]], rows: list[int]) -> dict[str, float | None]:
    """The ten figures of COCO's program for some of the points; None where it says -1."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = copy.deepcopy(truth)
        for annotation in coco.dataset["annotations"]:
            annotation["keypoints"] = _rows(annotation["keypoints"], rows)
            annotation["num_keypoints"] = int((np.array(annotation["keypoints"][2::3]) > 0).sum())
        coco.createIndex()
        found = coco.loadRes([{**one, "keypoints": _rows(one["keypoints"], rows)} for one in copy.deepcopy(results)])
        program = COCOeval(coco, found, "keypoints")
        program.params.kpt_oks_sigmas = SIGMAS[rows]
        program.evaluate()
        program.accumulate()
        program.summarize()
    return {name: None if value < 0 else float(value) for name, value in zip(NAMES, program.stats, strict=True)}


def _rows(keypoints: list[float], rows: list[int]) -> list[float]:
    return [float(value) for value in np.array(keypoints).reshape(-1, 3)[rows].reshape(-1)]


if __name__ == "__main__":
    figures = {group: published(*drawn(37), rows) for group, rows in GROUPS.items()}
    print(json.dumps(figures, indent=1))  # noqa: T201
