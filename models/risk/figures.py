"""The figures of the bench."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from edge.pose.observation import Observation
from edge.risk.movement_risk import MovementRisk
from edge.risk.movement_tracker import assess
from edge.risk.recording import Recording
from models.risk.faults import WEIGHTS, Faults, draw_faults, insert
from models.risk.motion import Motion
from models.risk.people import EIGHT_DEGREES, HALF_TURNING, Counts, everything, one_task_each, unseen_cmu, walkers
from models.risk.rank import rank_correlation
from models.risk.recorded import CMU, MSR, recorded_cmu, recorded_msr
from models.risk.take import film, frame_times, without
from models.risk.trial import Trial

TAKES, RECORDED_TAKES, LEAST_RANKED = 3, 8, 5
RATES_HZ = (15.0, 24.0, 30.0, 60.0)
RATE_PEOPLE = 24
Point = tuple[str, float, float]


def severity(trial: Trial, data: Path | None, motions: Sequence[Motion] | None = None) -> dict[str, Any]:
    """Rank correlation of index and inserted severity: unseen people, unseen recordings, and a source left out."""
    synthetic = motions if motions is not None else everything("severity", Counts().severity)
    groups: dict[str, tuple[Sequence[Motion], int]] = {"unseen people": (synthetic, TAKES)}
    if data is not None and (data / MSR).exists():
        groups["MSR bends (left out)"] = recorded_msr(data), RECORDED_TAKES
    if data is not None and (data / CMU).exists():
        groups["unseen CMU recordings"] = unseen_cmu(recorded_cmu(data)), RECORDED_TAKES
    graded = {name: list(_graded(trial, name, some, takes)) for name, (some, takes) in groups.items()}
    points = [point for some in graded.values() for of_one in some for point in of_one]
    by_group = {name: [(s, i) for group, s, i in points if group == name] for name in groups}
    found = {name: round(rank_correlation(*zip(*some, strict=True)), 4) for name, some in by_group.items()}
    return {
        "severity_rank_correlation": found["unseen people"],
        "severity_rank_correlation_left_out": found.get("MSR bends (left out)"),
        "severity_by_group": found,
        "severity_takes": {name: len(some) for name, some in by_group.items()},
        "severity_within_a_recording": {name: _within(some) for name, some in graded.items()},
        "severity_all_rank_correlation": round(rank_correlation(*zip(*[(s, i) for _, s, i in points], strict=True)), 4),
        "points": points,
    }


def _graded(trial: Trial, name: str, motions: Sequence[Motion], takes: int) -> Iterable[list[Point]]:
    """The takes of one recording after the other."""
    rng = np.random.default_rng(11)
    for motion in motions:
        points = []
        for number in range(takes):
            faults = draw_faults(rng, motion.task) if number else Faults()
            result = trial.index(insert(motion, faults, rng), rng)
            if result.index is not None:
                points.append((name, faults.severity, result.index))
        yield points


def _within(recordings: Sequence[Sequence[Point]]) -> float | None:
    """
    Mean rank correlation among the takes of one recording: without what people and recordings differ in anyway.

    None where a recording has too few takes to rank.
    """
    pairs = [[(severity, index) for _, severity, index in points] for points in recordings]
    found = [rank_correlation(*zip(*some, strict=True)) for some in pairs if len(some) >= LEAST_RANKED]
    return round(float(np.mean(found)), 4) if found else None


def alone(trial: Trial, motions: Sequence[Motion] | None = None) -> dict[str, Any]:
    """Every fault by itself at its full size: the mean index of people nobody trained on, beside its severity."""
    people = motions if motions is not None else one_task_each("severity", Counts().severity)
    found = {}
    for name, weight in WEIGHTS.items():
        rng = np.random.default_rng(19)
        some = [motion for motion in people if name != "rotation" or motion.task == "walk"]
        results = [trial.index(insert(motion, Faults(**{name: 1.0}), rng), rng) for motion in some]
        known = [result.index for result in results if result.index is not None]
        found[name] = {"severity": weight, "mean_index": round(float(np.mean(known)), 3), "takes": len(known)}
    return {"faults_alone": found}


def symmetric(trial: Trial, motions: Sequence[Motion] | None = None) -> dict[str, Any]:
    """How many people without faults are called above usual, and how many cannot be measured."""
    rng = np.random.default_rng(12)
    people = motions if motions is not None else one_task_each("symmetric", Counts().symmetric)
    results = [trial.index(motion, rng) for motion in people]
    known = [result.index for result in results if result.index is not None]
    return {
        "symmetric_flagged_share": round(sum(result.above_usual for result in results) / len(results), 4),
        "symmetric_not_measurable_share": round(1.0 - len(known) / len(results), 4),
        "symmetric_people": len(results),
        "symmetric_index_quantiles": _quantiles(known),
    }


def lean_and_turning(trial: Trial, groups: Sequence[Sequence[Motion]] | None = None) -> dict[str, Any]:
    """Mean parts of walkers without faults, leaning 8 degrees, and turning half as much."""
    rng, count = np.random.default_rng(13), Counts().walkers
    made = groups or [walkers("walkers", count, faults) for faults in (Faults(), EIGHT_DEGREES, HALF_TURNING)]
    even, leaning, stiff = ([trial.index(motion, rng) for motion in group] for group in made)
    usual = {name: _mean_part(even, name) for name in ("lean", "rotation", "blades")}
    return {
        "lean_subindex": _mean_part(leaning, "lean"),
        "rotation_subindex": _mean_part(stiff, "rotation"),
        "symmetric_subindex_max": max(usual.values()),
        "symmetric_subindices": usual,
        "walkers": len(even),
    }


def replay(trial: Trial) -> dict[str, Any]:
    """Live against recorded and played back: the largest difference of anything that is said."""
    rng, worst = np.random.default_rng(14), 0.0
    with TemporaryDirectory() as folder, Recording(Path(folder) / "movements.sqlite") as recording:
        for motion in one_task_each("symmetric", 6):
            faulty = insert(motion, draw_faults(rng, motion.task), rng)
            seen = list(trial.take(faulty, rng).observations())
            number = recording.begin(motion.task)
            for observation in seen:
                recording.add(number, observation)
            live, played = assess(seen, trial.network), assess(recording.play(number), trial.network)
            worst = max(worst, _difference(live, played))
    return {"replay_difference": worst}


def frame_rates(trial: Trial, motions: Sequence[Motion] | None = None) -> dict[str, Any]:
    """The same movement and the same errors at several camera rates and jittered: the largest spread of the index."""
    people = motions if motions is not None else one_task_each("severity", RATE_PEOPLE)
    spreads = []
    for number, motion in enumerate(people):
        faults = draw_faults(np.random.default_rng((15, number)), motion.task)
        indices = [index for index in _at_rates(trial, motion, faults, number) if index is not None]
        spreads.append(max(indices) - min(indices) if len(indices) > 1 else 0.0)
    return {
        "frame_rate_difference_max": round(max(spreads), 4),
        "frame_rate_difference_median": round(float(np.median(spreads)), 4),
        "frame_rate_movements": len(spreads),
    }


def _at_rates(trial: Trial, motion: Motion, faults: Faults, number: int) -> Iterable[float | None]:
    rng = np.random.default_rng((16, number))
    moved = insert(motion, faults, rng)
    seconds = max(moved.seconds + 1.7, 6.2)
    # One fine take holds the movement and the errors of the landmark network; every camera looks at that one.
    fine = film(moved, frame_times(seconds, rng, 120.0), trial.noises[motion.task], rng, -0.5)
    for rate in (*RATES_HZ, 0.0):
        times = frame_times(seconds, rng, rate or 30.0, 0.0 if rate else 0.008)
        yield assess(fine.sampled(np.clip(times, 0.0, fine.times_s[-1])).observations(), trial.network).index


def sad_paths(trial: Trial) -> dict[str, Any]:
    """What is said when things go wrong; an index where there must be none counts as invented."""
    rng = np.random.default_rng(17)
    motion = one_task_each("symmetric", 2)[1]
    seen = list(trial.take(motion, rng).observations())
    cases = {
        "20 % of frames lost": _lose(seen, 0.2, rng),
        "person leaves": [one if one.time_s < 2.5 else _changed(one, landmarks=None) for one in seen],
        "second person": [one if one.time_s < 2.5 else _changed(one, people=2) for one in seen],
        "all joints low": [_low(one) for one in seen],
        "lights out": [one for one in seen if one.time_s < 2.5],
    }
    said = {name: assess(case, trial.network) for name, case in cases.items()}
    wrong = sum(result.index is not None for name, result in said.items() if name != "20 % of frames lost")
    return {"sad_paths": {name: result.said for name, result in said.items()}, "sad_paths_invented": wrong}


def _lose(seen: list[Observation], share: float, rng: np.random.Generator) -> list[Observation]:
    kept = set(without(np.array([one.time_s for one in seen]), share, rng, None).tolist())
    return [one for one in seen if one.time_s in kept]


def _changed(seen: Observation, **changes: Any) -> Observation:
    known = {"landmarks": seen.landmarks, "people": seen.people} | changes
    return Observation(seen.index, seen.time_s, seen.posed_s, known["landmarks"], known["people"])


def _low(seen: Observation) -> Observation:
    assert seen.landmarks is not None
    low = type(seen.landmarks)(
        seen.landmarks.xyz_px, seen.landmarks.world_m, 0.4 * seen.landmarks.score, seen.landmarks.recovered, seen.time_s
    )
    return _changed(seen, landmarks=low)


def _difference(first: MovementRisk, second: MovementRisk) -> float:
    if first == second:
        return 0.0
    if first.index is None or second.index is None:
        return 1.0
    return max(abs(first.index - second.index), 1e-12)


def _mean_part(results: Sequence[MovementRisk], name: str) -> float:
    return round(float(np.mean([getattr(one.parts, name) for one in results if one.parts is not None])), 4)


def _quantiles(values: Sequence[float]) -> dict[str, float]:
    return {f"{share:g}": round(float(np.quantile(values, share)), 3) for share in (0.5, 0.9, 0.98, 1.0)}
