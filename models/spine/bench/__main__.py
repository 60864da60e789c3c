"""
Measure the spine network on people it has never seen.

    python -m models.spine.bench --json spine.json               # the frozen hold-out, 60 people
    python -m models.spine.bench --photos photos --out pictures  # photographs too, and sheets to look at
    python -m models.spine.bench fit                             # the reading of the points alone, once a network
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge.accuracy.seeds import HOLD_OUT, parse_seeds
from edge.config import ModelsConfig
from edge.errors import ConfigError
from models.said import as_written, said
from models.spine.bench import ridge
from models.spine.bench.bench import Request, run_bench
from models.spine.bench.fitting import SEEDS, fit_points

app = typer.Typer(add_completion=False, help=as_written(__doc__), rich_markup_mode=None)
console = Console()

RENDERS = Path("spine-bench")
Renders = Annotated[Path, typer.Option(help="Where the renders are kept; what lies there is not rendered again")]
Built = Annotated[Path, typer.Option(help="Where the networks lie")]
Network = Annotated[str, typer.Option(help="spine_base or spine_small; speed is always the small one's")]


@app.callback(invoke_without_command=True)
def bench(  # noqa: PLR0913 - every argument is an option
    context: typer.Context,
    seeds: Annotated[str, typer.Option(help="Who, A:B half-open")] = HOLD_OUT,
    json: Annotated[Path | None, typer.Option(help="Write every figure here too")] = None,
    photos: Annotated[Path | None, typer.Option(help="Folder of annotated photographs (lspet)")] = None,
    renders: Renders = RENDERS,
    out: Annotated[Path | None, typer.Option(help="Folder for sheets to look at")] = None,
    models: Built = Path("models/built"),
    network: Network = "spine_base",
) -> None:
    """Render people whose spine is known, read them with both precisions, and hold the figures against the targets."""
    if context.invoked_subcommand is not None:
        return
    with said(console):
        request = Request(parse_seeds(seeds), renders, photos, out, _config(models, network))
        met = run_bench(request, json, console)
    if not met:
        raise typer.Exit(1)


@app.command()
def fit(
    seeds: Annotated[str, typer.Option(help="Who, A:B half-open; nobody of the hold-out")] = SEEDS,
    renders: Renders = RENDERS,
    out: Annotated[Path, typer.Option(help="The file to write")] = ridge.FITTED,
    models: Built = Path("models/built"),
    network: Network = "spine_base",
) -> None:
    """Fit how a curve is read from the points alone, on people the bench does not use."""
    with said(console):
        found = fit_points(parse_seeds(seeds), renders, _config(models, network), console)
        ridge.write(found, out)
        console.print(f"{out}: {dict(found.about)}", highlight=False, soft_wrap=True)


def _config(models: Path, network: str) -> ModelsConfig:
    if network not in ("spine_small", "spine_base"):
        raise ConfigError(f"--network: name spine_small or spine_base, not {network!r}")
    return ModelsConfig(folder=str(models), spine=network)  # type: ignore[arg-type]


if __name__ == "__main__":
    app()
