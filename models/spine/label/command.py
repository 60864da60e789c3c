"""
The command `label`.

    python -m models.spine label pictures --operator nurse-2
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge.errors import ConfigError, ModelError, PlumblineError
from edge.store.lock import StoreLock
from models.people.whole_file import without_leftovers
from models.spine.label.desk import Desk
from models.spine.label.folder import LabelFolder, PictureFile, answer, pictures_of
from models.spine.label.prediction import Predictor
from models.spine.label.simulated import SimulatedPredictor
from models.spine.label.stamp import Now, as_text, check_operator, consent_date, utc_now
from models.spine.label.tool import Tool

NETWORK = "spine_small.int8"
console = Console(stderr=True)


def label(  # noqa: PLR0913 - every argument is an option
    folder: Annotated[Path, typer.Argument(help="A site's own pictures; corrections go to FOLDER/labels")],
    operator: Annotated[str, typer.Option(help="Who sits here: a role and a number, e.g. nurse-2, never a name")],
    consent: Annotated[
        str, typer.Option(help="YYYY-MM-DD: everybody not asked about yet agreed on that day; else each is asked about")
    ] = "",
    withdraw: Annotated[
        str, typer.Option(help="A picture whose person takes the consent back; nothing is opened")
    ] = "",
    ask_again: Annotated[
        bool, typer.Option("--ask-again", help="Ask about pictures without consent once more")
    ] = False,
    network: Annotated[str, typer.Option(help="Which of the built networks predicts")] = NETWORK,
    simulated: Annotated[bool, typer.Option("--simulated", help="An average figure instead of a network")] = False,
) -> None:
    """Show predictions on a site's own pictures and keep what a person corrects; training reads it."""
    try:
        check_operator(operator)
        files = pictures_of(folder)
        kept = LabelFolder(folder)
        lock = StoreLock(without_leftovers(kept.path) / "labels.lock", "another labelling tool")
        try:
            if withdraw:
                withdraw_consent(kept, files, withdraw, operator, utc_now)
                return
            if consent:
                agree_all(kept, files, consent, operator, utc_now)
            predictor = SimulatedPredictor() if simulated else _built(network)
            _work(Desk(kept, files, predictor, operator=operator, now=utc_now, ask_again=ask_again), kept)
        finally:
            lock.release()
    except PlumblineError as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error


def _work(desk: Desk, kept: LabelFolder) -> None:
    Tool(desk, (1280, 720)).run()
    console.print(f"{sum(item.trouble is None for item in desk.items)} pictures, {kept.path} holds what was corrected")


def agree_all(kept: LabelFolder, files: tuple[PictureFile, ...], date: str, operator: str, now: Now) -> int:
    """
    Keep consent of one date for every picture nobody was asked about; give how many those were.

    Raises:
        ConfigError: the date is none, or still to come.
        StoreError: the manifest is damaged or cannot be written.
    """
    moment = now()
    day, manifest = consent_date(date, moment.date()), kept.manifest
    new = [answer(file.sha256, day, operator, as_text(moment)) for file in files if not manifest.consent(file.sha256)]
    if new:
        kept.add_consents(new)
    return len(new)


def withdraw_consent(kept: LabelFolder, files: tuple[PictureFile, ...], name: str, operator: str, now: Now) -> None:
    """
    Keep that somebody took the consent back: the picture is shown no more, and nothing learns from it again.

    Raises:
        ConfigError: there is no such picture.
        StoreError: the manifest is damaged or cannot be written.
    """
    file = next((file for file in files if Path(name).name == file.path.name), None)
    if file is None:
        raise ConfigError(f"--withdraw: no picture {name} in the folder, write its file's name")
    kept.add_consents([answer(file.sha256, None, operator, as_text(now()))])
    console.print(
        f"{file.path.name} is never shown or learnt from again; delete it and {kept.file(file.sha256)} yourself",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


def _built(network: str) -> Predictor:
    try:
        from models.spine.label.station import station_predictor
    except ImportError as error:
        raise ModelError(f"the station's spine estimator is not here ({error.name}), use --simulated") from None
    return station_predictor(network)
