"""
Build the networks the station runs: download, convert, quantise, verify, describe.

    python -m models.build --station
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from calibration.int8.table import load_table
from edge.errors import ModelError
from models.artefacts import (
    EXPECTED,
    KNOWN_ANSWERS,
    Built,
    expected_sha256,
    finish,
    known_answers,
    write,
    write_manifest,
)
from models.float_network import FloatNetwork, float_network
from models.known_answers import answer_entry
from models.quantisation.equalise import equalise
from models.quantisation.qdq import quantise
from models.quantisation.topology import Topology
from models.recipes import RECIPES, Recipe
from models.trained import FINISHED, TRAINED, Trained, install, place
from models.verify import verify


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table: an artefact, or why there is none."""

    recipe: Recipe
    built: Built | None
    note: str


def make(recipe: Recipe, source: FloatNetwork) -> Built:
    """One artefact from its float network."""
    model, spared = source.model, recipe.network.spared
    if recipe.precision == "int8" and spared is not None:
        table = load_table(recipe.network.name, source.tflite_sha256)
        if recipe.network.equalised:
            model = equalise(model, table.channels)
        model = quantise(model, table.tensors, spared.convolutions(Topology(model)))
    return finish(recipe, model, source.origin)


def build(recipes: Sequence[Recipe], folder: Path, cache: Path, *, renew: bool = False) -> list[Outcome]:
    """
    Build some artefacts and the manifest over the whole folder.

    Args:
        recipes: which.
        folder: where to.
        cache: where the archives are kept.
        renew: write down what comes out as the new known answers and hashes instead of checking them.

    Raises:
        ModelError: an artefact could be made but is wrong; nothing of it is written.
    """
    outcomes, sources = [], dict[str, FloatNetwork]()
    for recipe in recipes:
        try:
            source = sources.get(recipe.network.name) or float_network(recipe.network, cache)
        except ModelError as error:
            outcomes.append(Outcome(recipe, None, str(error)))
            continue
        sources[recipe.network.name] = source
        built = make(recipe, source)
        if renew:
            _renew(built)
        outcomes.append(_check_and_write(built, source, folder))
    if any(outcome.built for outcome in outcomes):
        write_manifest(folder)
    return outcomes


def _check_and_write(built: Built, source: FloatNetwork, folder: Path) -> Outcome:
    answers = known_answers().get(built.recipe.artefact, {})
    deviation = verify(built, answers, source.model)
    write(built, folder, answers)
    expected = expected_sha256().get(built.recipe.artefact, "")
    same = "as expected" if built.sha256 == expected else f"[yellow]expected {expected[:12]}[/yellow]"
    return Outcome(built.recipe, built, f"{same}, {deviation:.2f}")


def _renew(built: Built) -> None:
    hashes = {**expected_sha256(), built.recipe.artefact: built.sha256}
    EXPECTED.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    answers = {**known_answers(), built.recipe.artefact: answer_entry(built)}
    lines = [f" {json.dumps(name)}: {json.dumps(answers[name], sort_keys=True)}" for name in sorted(answers)]
    KNOWN_ANSWERS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main(
    names: Annotated[list[str] | None, typer.Argument(help="Artefacts, e.g. pose_full.int8; all without one")] = None,
    folder: Annotated[Path, typer.Option(help="Where the networks are written")] = Path("models/built"),
    cache: Annotated[Path, typer.Option(help="Where the archives are kept")] = Path("models/cache"),
    station: Annotated[bool, typer.Option("--station", help="Only what a station runs")] = False,
    renew: Annotated[bool, typer.Option("--renew", help="Keep what comes out as the expected hashes")] = False,
) -> None:
    """Build the networks: download, convert, quantise, verify, describe."""
    console, started_s = Console(), time.monotonic()
    try:
        with console.status("building the networks"):
            outcomes = build(_chosen(names or [], station=station), folder, cache, renew=renew)
            ours = [line for network in _ours(names or []) for line in install(network, folder)]
            ours += [line for source in FINISHED if not names for line in place(source, folder)]
            if ours:
                write_manifest(folder)
    except ModelError as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(1) from error
    _show(console, outcomes, ours)
    console.print(f"{folder} in {time.monotonic() - started_s:.0f} s")
    missing = [o for o in outcomes if o.built is None]
    if missing and (names or any(o.recipe.artefact in NEEDED for o in missing)):
        raise typer.Exit(1)


NEEDED = frozenset({"pose_detector.int8", "pose_full.int8", "silhouette"})
"""Without these no station starts; the rest may be missing when npm is."""


def _ours(names: Sequence[str]) -> list[Trained]:
    return [one for one in TRAINED if not names or set(names) & set(one.artefacts)]


def _chosen(names: Sequence[str], *, station: bool) -> list[Recipe]:
    known = {recipe.artefact: recipe for recipe in RECIPES}
    ours = [name for one in TRAINED for name in one.artefacts]
    unknown = [name for name in names if name not in known and name not in ours]
    if unknown:
        raise ModelError(f"there is no network {unknown[0]}; name one of {', '.join([*known, *ours])}")
    if names:
        return [known[name] for name in names if name in known]
    return [recipe for recipe in RECIPES if recipe.station or not station]


def _show(console: Console, outcomes: Sequence[Outcome], ours: Sequence[tuple[str, int, str]]) -> None:
    table = Table("network", "MB", "sha256", "hash, distance from known answer")
    for outcome in outcomes:
        built = outcome.built
        size, digest = (f"{len(built.content) / 1e6:.1f}", built.sha256[:12]) if built else ("-", "-")
        table.add_row(outcome.recipe.artefact, size, digest, outcome.note)
    for name, size_bytes, digest in ours:
        table.add_row(name, f"{size_bytes / 1e6:.1f}", digest[:12], "trained here")
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
