"""
What the occlusion network recovers, against everything simpler, on people it was never trained on.

    python -m models.occlusion.bench --data recordings --json figures.json
    python -m models.occlusion.bench --data recordings --models folder --without cmu

The second asks a network that was trained without a source about that source only; the ridge does not know it either.
Needs no torch. Sets that `--data` does not hold are skipped with a word.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from edge.bench.row import Row, at_least, at_most, printed, show, write_json
from edge.engine.artefact import load_artefact
from edge.errors import ConfigError, PlumblineError
from edge.occlusion.known_answer import question
from edge.occlusion.window import Window, decode, encode
from models.occlusion.answers import Runner
from models.occlusion.baselines import Ridge
from models.occlusion.clips import Clips
from models.occlusion.contest import Contest, How, behind, contest, ridge_of, ridge_of_set
from models.occlusion.gate import cpu_time_ms
from models.occlusion.library import held_out, quick_sources
from models.occlusion.probe import label_curve
from models.occlusion.recordings import MAY_TRAIN, read
from models.occlusion.scenes import KINDS

HERE = Path(__file__).parent
LENT_EVERY = 4
"""Every fourth clip of Penn lent its visibility patterns to training; the bench asks about the others."""
TARGETS = {"arm": 30.0, "side": 30.0, "lower_seen": 20.0, "lower_unseen": 35.0, "whole": 20.0}
console = Console(stderr=True)


def penn_rows(results: Mapping[str, Contest]) -> list[Row]:
    """The issue's table, against the best causal baseline that learned from the same motion as the network."""
    rows = []
    for kind, target in TARGETS.items():
        rows.append(at_least(f"{kind}_reduction", results[kind].gain()[0], target, "%", _words(results[kind])))
    real = results["real_pattern"]
    rows.append(at_least("real_pattern_mean_reduction", real.gain()[0], 22.0, "%", _words(real)))
    median = real.gain(median=True)
    note = f"95 % {median[1]:.0f} to {median[2]:.0f}; medians, % torso: {_medians(real)}"
    rows.append(at_least("real_pattern_median_reduction", median[0], 5.0, "%", note))
    single = results["single"].gain(against="ridge + held residual")
    note = f"95 % {single[1]:.0f} to {single[2]:.0f}; against ridge + held residual"
    rows.append(at_least("single_vs_ridge_reduction", single[0], 0.0, "%", note))
    covered = {kind: one.covered_percent for kind, one in results.items()}
    each = ", ".join(f"{kind} {value:.0f}" for kind, value in covered.items())
    rows.append(at_least("coverage_68_min", min(covered.values()), 60.0, "%", each))
    rows.append(at_most("coverage_68_max", max(covered.values()), 76.0, "%"))
    return rows


def int8_row(results: Mapping[str, Contest]) -> Row:
    """How much more error the INT8 form has, all kinds together."""
    forms = {
        form: np.concatenate([one.ours[form].percent for one in results.values()]).mean() for form in _forms(results)
    }
    if "int8" not in forms:
        return at_most("int8_error_increase", None, 3.0, "%", "the gate allowed no INT8 form, see gate.json")
    increase = float(100.0 * (forms["int8"] / forms["float"] - 1.0))
    return at_most("int8_error_increase", increase, 3.0, "%", "against float")


def latency_rows(runner: Runner, count: int = 300) -> list[Row]:
    """One new sample: window written, network run, answer read; one thread."""
    rng = np.random.default_rng(0)
    seen = rng.random((1, 16, 33)) < 0.8
    window = Window(300.0 + 80.0 * rng.normal(size=(1, 16, 33, 2)), np.ones((1, 16, 33)), seen)
    times, cpu = [], []
    for _ in range(count):
        start, own = time.perf_counter(), time.process_time()
        encoded = encode(window)
        decode(runner.run(encoded.inputs), encoded)
        times.append(1e3 * (time.perf_counter() - start))
        cpu.append(1e3 * (time.process_time() - own))
    note = f"median {np.median(times):.2f} ms; of the processor's time p95 {np.percentile(cpu, 95):.2f} ms"
    return [
        at_most("latency_p95_ms", float(np.percentile(times, 95)), 3.0, "ms", note),
        printed(
            "latency_cpu_p95_ms", float(np.percentile(cpu, 95)), "ms", "the same, waiting for the processor left out"
        ),
        printed("network_cpu_ms", cpu_time_ms(runner), "ms", f"network alone, inputs {', '.join(question())}"),
    ]


def set_rows(name: str, results: Mapping[str, Contest]) -> list[Row]:
    """Another set: never worse than the best baseline beyond its 95 % interval."""
    rows = []
    for kind, one in results.items():
        value, _, high = one.gain()
        rows.append(Row(f"{name}_{kind}_reduction", value, "%", ">= 0 within 95 %", high >= 0.0, _words(one)))
    return rows


def compare(clips: Clips, runners: Mapping[str, Runner], ridge: Ridge, how: How) -> dict[str, Contest]:
    """Every kind of mask on one set."""
    found = {}
    for kind in KINDS:
        if kind.steps is None and how.lender is None and clips.seen[:, [0, 11, 12]].all():
            continue  # nobody in this set is ever hidden, and nobody lends a pattern
        found[kind.id] = contest(clips, kind, runners, ridge, how)
        console.print(f"{clips.name} {kind.id}: {_words(found[kind.id])}", highlight=False)
    return found


def main(
    data: Annotated[Path, typer.Option(help="Folder of the recordings")],
    json: Annotated[Path | None, typer.Option(help="Also write the figures here")] = None,
    models: Annotated[Path, typer.Option(help="Folder of the networks")] = HERE,
    every: Annotated[int, typer.Option(min=1, help="Ask about every so many clips only, for a quick look")] = 1,
    without: Annotated[str, typer.Option(help="The source that the networks were trained without: ask about it")] = "",
) -> None:
    """Measure the network that ships."""
    try:
        rows = left_out_rows(data, models, without) if without else _all_rows(data, models, every)
        show(rows, "hidden joints recovered")
        if json is not None:
            write_json(rows, json)
    except PlumblineError as error:
        console.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(1) from error


def left_out_rows(data: Path, models: Path, name: str) -> list[Row]:
    """
    A source neither the network nor the ridge was trained on.

    Raises:
        ConfigError: there is no such source, or the folder does not hold the recordings.
    """
    if name not in MAY_TRAIN:
        raise ConfigError(f"{name} is none of the recordings that train: {', '.join(MAY_TRAIN)}")
    clips, sources = read(name, data), quick_sources(data)
    if clips is None or not sources:
        raise ConfigError(f"{data} does not hold the recordings; --data names their folder")
    ridge = ridge_of({key: kept for key, kept in sources.items() if key != name}, np.random.default_rng(1))
    how = How(per_clip=8, lender=read("penn", data))
    float_only = {"float": _runners(models)["float"]}
    return set_rows(f"{name}_left_out", compare(_asked_of(name, clips, 1), float_only, ridge, how))


def _asked_of(name: str, clips: Clips, every: int) -> Clips:
    """What of a set nobody was trained on."""
    chosen = np.flatnonzero(held_out(clips)) if name == "cmu" else np.arange(0, len(clips.lengths), every)
    return clips.part(chosen)


def _all_rows(data: Path, models: Path, every: int) -> list[Row]:
    runners = _runners(models)
    sources = quick_sources(data)
    ridge = ridge_of(sources, np.random.default_rng(1)) if sources else None
    penn = read("penn", data)
    rows: list[Row] = []
    if penn is not None and ridge is not None:
        numbers = np.arange(len(penn.lengths))
        lent, asked = penn.part(numbers[::LENT_EVERY]), penn.part(numbers[numbers % LENT_EVERY != 0][::every])
        results = compare(asked, runners, ridge, How())
        rows += [*penn_rows(results), int8_row(results)]
        float_only = {"float": runners["float"]}
        own = compare(asked, float_only, ridge_of_set(lent, np.random.default_rng(2)), How())
        rows += [printed(f"{kind}_against_ridge_of_penn", one.gain()[0], "%", _words(one)) for kind, one in own.items()]
        rows += _offline_rows(asked)
        rows += _probe_rows(asked, runners["float"])
    else:
        console.print("Penn, CMU or the stoop lifts are not there: the issue's table is skipped")
    for name in ("jhmdb", "msr", "cmu"):
        clips = read(name, data)
        if clips is None or ridge is None:
            console.print(f"{name} is not there: skipped")
            continue
        clips = _asked_of(name, clips, every)
        how = How(per_clip=8 if name == "cmu" else 1, lender=penn)
        rows += set_rows(name, compare(clips, {"float": runners["float"]}, ridge, how))
        if name == "jhmdb":
            rows += _probe_rows(clips, runners["float"])
    return rows + latency_rows(next(reversed(runners.values())))


def _runners(folder: Path) -> dict[str, Runner]:
    """Float first; INT8 where there is one."""
    found = {"float": Runner(load_artefact(folder, "occlusion.float").content, int8=False)}
    if (folder / "occlusion.int8.onnx").exists():
        found["int8"] = Runner(load_artefact(folder, "occlusion.int8").content, int8=True)
    return found


def _offline_rows(clips: Clips) -> list[Row]:
    found = behind(clips, How())
    best = min(found, key=lambda name: found[name])
    each = ", ".join(f"{name} {value:.1f}" for name, value in found.items())
    return [printed("offline_side_error", found[best], "% torso", f"best: {best}, which a replay uses; {each}")]


def _probe_rows(clips: Clips, runner: Runner) -> list[Row]:
    labelled = clips.part(np.flatnonzero(clips.labels != ""))
    curve = label_curve(labelled, runner, np.random.default_rng(3))
    count = len(np.unique(labelled.labels))
    note = f"{count} actions of {clips.name}, linear probe, chance {100 / count:.0f} %"
    return [
        printed(f"probe_{clips.name}_{100 * share:g}_percent_labels", value, "%", note)
        for share, value in curve.items()
    ]


def _forms(results: Mapping[str, Contest]) -> list[str]:
    return list(next(iter(results.values())).ours)


def _medians(one: Contest) -> str:
    return ", ".join(f"{name} {e.median:.1f}" for name, e in (one.ours | one.theirs).items())


def _words(one: Contest) -> str:
    _, low, high = one.gain()
    each = ", ".join(f"{name} {e.mean:.1f}" for name, e in (one.ours | one.theirs).items())
    return f"against {one.best}, 95 % {low:.0f} to {high:.0f}; % torso: {each}; n {len(one.ours['float'].percent)}"


if __name__ == "__main__":
    typer.run(main)
