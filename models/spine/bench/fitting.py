"""Fits the reading of the points, on people that are in no hold-out."""

from pathlib import Path

import numpy as np
from rich.console import Console

from edge.config import ModelsConfig
from edge.errors import ModelError
from models.people.seeds import check_seeds
from models.spine.bench import ridge
from models.spine.bench.bench import CURVED, progress, rendered
from models.spine.bench.case import read_cases
from models.spine.bench.look import Look, look_at
from models.spine.bench.networks import load

SEEDS = "61000:61120"


def fit_points(seeds: range, renders: Path, models: ModelsConfig, console: Console) -> ridge.Ridge:
    """
    Render people of S1, have the INT8 network read their points, and fit the curve they were built with.

    Args:
        seeds: of the people; none of a hold-out.
        renders: folder for the renders; what lies there is not rendered again.
        models: which networks.
        console: shows how far it is.

    Raises:
        PlumblineError: the seeds are a hold-out's, or a network or a render is missing.
    """
    check_seeds(seeds, training=True)
    networks = load(models, "int8")
    renders.mkdir(parents=True, exist_ok=True)
    rendered(seeds, renders, CURVED)
    cases = [case for person in read_cases(renders, seeds, CURVED) for case in person]
    looks = list(progress(look_at(cases, networks), len(cases), "people to fit on", console))
    return fit_looks(looks, {
        "distribution": CURVED, "seeds": f"{seeds.start}:{seeds.stop}", "network": f"{models.spine}.int8",
        "sha256": networks.sha256,
    })  # fmt: skip


def fit_looks(looks: list[Look], about: dict[str, str]) -> ridge.Ridge:
    """
    Fit the curve that was built from what was read.

    Raises:
        ModelError: too few people could be read.
    """
    rows, curves, people = [], [], []
    for look in looks:
        reading = look.reading
        if reading is not None and reading.spine is not None and reading.landmarks is not None:
            rows.append(ridge.features(reading.spine.xy_px, reading.landmarks.xyz_px))
            curves.append(look.case.regions_deg)
            people.append(look.case.shot.seed)
    if not rows:
        raise ModelError("the network reads nobody, so nothing can be fitted; measure it first")
    found, left_out_deg = ridge.fit(np.array(rows), np.array(curves), people)
    counted = {"people": len(set(people)), "frames": len(rows), "root_mean_square_left_out_deg": round(left_out_deg, 3)}
    return ridge.Ridge(found.weights, {**about, **counted, **found.about})
