"""
The command line.

    plumbline run --config station.toml     the station
    plumbline demo                          the whole job on a recording
    plumbline measure picture.jpg           one picture in, joints and overlay out
"""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge import __version__
from edge.accuracy.seeds import HOLD_OUT
from edge.config import StationConfig, load_config
from edge.errors import ConfigError, PlumblineError
from edge.logs import configure_logs

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console()
errors = Console(stderr=True)

ConfigOption = Annotated[Path, typer.Option("--config", help="the settings, a station.toml")]
WRONG_SETTING = 78  # EX_CONFIG of sysexits.h
DEFAULT_CONFIG = Path("/etc/plumbline/station.toml")


def main() -> None:
    """
    Run one command.

    Exit 0 if all went well, 2 on wrong usage; after one sentence that says why not, 78 if a setting is wrong (systemd
    then waits for a person instead of trying again) and 1 otherwise.
    """
    try:
        app()
    except PlumblineError as error:
        errors.print(f"plumbline: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(WRONG_SETTING if isinstance(error, ConfigError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def run(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Run the station: camera, guidance, screen, store."""
    from edge.assembly.station import run_station

    configure_logs()
    run_station(load_config(config))


@app.command()
def relay(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Carry stored summaries to the broker until each has its receipt."""
    from edge.assembly.wire import run_relay

    configure_logs()
    run_relay(load_config(config))


@app.command()
def collect(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Receive summaries, store them, then say so: the embedded collector of one clinic."""
    from edge.assembly.wire import run_collector

    configure_logs()
    run_collector(load_config(config))


@app.command(hidden=True)
def vision() -> None:
    """Be the vision child of a station; not for people."""
    from edge.factory import run_vision

    run_vision()


@app.command()
def demo(
    clip: Annotated[str, typer.Option(help="straight or right_thoracic")] = "straight",
    folder: Annotated[Path, typer.Option(help="where pictures and the received summary go")] = Path("demo-output"),
    headless: Annotated[bool, typer.Option("--headless", help="no window even where there is a display")] = False,
    window: Annotated[bool, typer.Option("--window", help="a window instead of the full screen")] = False,
    models: Annotated[str, typer.Option(help="the folder of the built networks")] = StationConfig().models.folder,
) -> None:
    """Play a recording of a person through the whole job, from the lens to the receipt."""
    from edge.demo.demo import run_demo

    run_demo(clip, folder, headless=headless, full_screen=not window, models=models)


@app.command()
def measure(
    picture: Annotated[Path, typer.Argument(help="a photograph of one standing person")],
    out: Annotated[Path, typer.Option(help="folder for the overlay and the JSON")] = Path("measure-output"),
    config: Annotated[Path | None, typer.Option("--config", help="settings with scale, roll and networks")] = None,
    view: Annotated[str, typer.Option(help="back or front: which side of the person it shows")] = "back",
) -> None:
    """One picture in, joints, measures and overlay out."""
    from edge.picture.measuring import measure_file

    measure_file(picture, out, load_config(config) if config else StationConfig(), view, console)


@app.command()
def bench(
    json: Annotated[Path | None, typer.Option("--json", help="also write the figures here")] = None,
    data: Annotated[Path, typer.Option(help="the folder of photographs and clips")] = Path("../shared/data"),
    only: Annotated[list[str] | None, typer.Option(help="networks, latency, recovery or chaos; repeatable")] = None,
    models: Annotated[str, typer.Option(help="the folder of the built networks")] = StationConfig().models.folder,
) -> None:
    """Measure how well the station works on this machine."""
    from edge.bench.bench import run_bench

    if not run_bench(data, tuple(only or ()), models, json, console):
        raise typer.Exit(1)


@app.command()
def accuracy(  # noqa: PLR0913 - every argument is an option
    seeds: Annotated[str, typer.Option(help="of the people, first:end, half-open")] = HOLD_OUT,
    json: Annotated[Path | None, typer.Option("--json", help="also write the figures here")] = None,
    out: Annotated[Path, typer.Option(help="where pictures of the errors go")] = Path("accuracy-output"),
    precision: Annotated[str, typer.Option(help="int8, float or both")] = "both",
    renders: Annotated[Path | None, typer.Option(help="a finished folder of renders; else they are made")] = None,
    views: Annotated[str, typer.Option(help="back, bend or both: standing, or bent forward")] = "both",
    networks: Annotated[str, typer.Option(help="landmarks, spine, spine_small, both, or auto: what is there")] = "auto",
    masked: Annotated[bool, typer.Option(help="give the spine network the outline, as models.silhouette")] = True,
    hidden: Annotated[str, typer.Option(help="an occlusion network: only people a part of whom is hidden")] = "",
) -> None:
    """Measure rendered people whose truth is known, from pixels to measures, and print the errors."""
    from edge.accuracy.accuracy import Request, run_accuracy

    if hidden:
        from edge.accuracy.hidden import HiddenRequest, run_hidden

        run_hidden(HiddenRequest(seeds, out, hidden, precision, renders), json, console)
        return
    if not run_accuracy(Request(seeds, out, precision, renders, views, networks, masked), json, console):
        raise typer.Exit(1)


@app.command()
def selftest(
    config: Annotated[Path | None, typer.Option("--config", help="settings that name the networks")] = None,
) -> None:
    """Look at people whose posture is known, as at every start, and say what was read."""
    from edge.factory import make_estimator, slack_of
    from edge.selftest.bundle import known_people
    from edge.selftest.self_test import run_self_test

    models = (load_config(config) if config else StationConfig()).models
    estimator, description = make_estimator(models)
    found = run_self_test(estimator, known_people(), slack_of(models))
    console.print(description, highlight=False)
    for check in found.checks:
        console.print(str(check), style="green" if check.ok else "red", highlight=False, soft_wrap=True)
    if not found.ok:
        raise typer.Exit(1)


@app.command("check-config")
def check_config(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Say whether the settings can be used, or name the first mistake."""
    load_config(config)
    console.print(f"{config}: fine")


@app.command()
def version() -> None:
    """Print the version."""
    console.print(__version__)
