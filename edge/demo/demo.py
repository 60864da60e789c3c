"""The main job, played on a recording: lens, person, measures, guidance, store, relay, broker, collector, receipt."""

import json
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from edge.assembly.station import ANNOUNCEMENTS, build_station
from edge.clock import SystemClock
from edge.collector.database import CollectorDatabase
from edge.config import StationConfig
from edge.demo.broker import free_port
from edge.demo.capture import CapturingDisplay, PaintedDisplay
from edge.demo.companions import Companions
from edge.demo.film import write_film
from edge.demo.settings import clip_path, demo_settings
from edge.errors import DeviceError, PictureError, PlumblineError
from edge.factory import make_display
from edge.session.state import Phase, SessionState
from edge.session.summary import SessionSummary
from edge.station import Station

LIMIT_S = 180.0
"""The session takes half a minute; a demo that takes longer than this is stuck."""
RESULT_S = 2.5
"""How long the result is looked at after the receipt has come, where nobody is there to press Esc."""
SHARES = {Phase.IDLE: 0.0, Phase.POSITION: 0.0, Phase.PAUSED: 0.0, Phase.TAKE: 0.35, Phase.BETWEEN: -0.35}


def run_demo(clip: str, folder: Path, *, headless: bool, full_screen: bool, models: str) -> None:
    """
    Play a clip through the whole job and print what the collector received.

    Args:
        clip: `right_thoracic` or `straight`.
        folder: pictures, film and summary go into a new folder in here.
        headless: no window even where there is a display.
        full_screen: cover the screen.
        models: the folder of the built networks.

    Raises:
        PlumblineError: a part is missing or broken, or the job did not end; the sentence says which and what to do.
    """
    console = Console()
    headless = headless or not has_display()
    if headless:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
    place = new_folder(folder)
    config = demo_settings(clip, place, port=free_port(), models=models, full_screen=full_screen and not headless)
    console.print(f"Playing {clip_path(clip).name}, a recording: rendered by this project, not a live person.")
    with Companions(config, place) as companions:
        show = _Show(config, place, companions, headless, console)
        summary = show.play()
    film, announcement = place / "overlay.mp4", ANNOUNCEMENTS["recording"]
    with _bar(console) as bar:
        task = bar.add_task("overlay video", total=210)
        write_film(clip_path(clip), show.display.observations, film, announcement, lambda: bar.advance(task))
    print_summary(summary, console)
    for path in (*show.display.pictures, film, place / "received.json"):
        console.print(f"  {path.name}", highlight=False)
    console.print(f"Screens, overlay video and the received summary are in [bold]{place.resolve()}[/]", soft_wrap=True)


def has_display() -> bool:
    """Whether a desktop or a bare screen is there."""
    if os.environ.get("SDL_VIDEODRIVER") == "dummy":
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or any(Path("/dev/dri").glob("card*"))


def new_folder(parent: Path) -> Path:
    """
    Make a folder named after the time.

    Raises:
        PictureError: it cannot be made.
    """
    place = parent / SystemClock().wall().utc.strftime("%Y%m%d-%H%M%S")
    try:
        place.mkdir(parents=True)
    except OSError as error:
        raise PictureError(f"{place}: cannot be made ({error.strerror}), name another place with --folder") from None
    return place


@dataclass
class _Show:
    config: StationConfig
    place: Path
    companions: Companions
    headless: bool
    console: Console

    def play(self) -> SessionSummary:
        """Run the station until the summary has been received and, with a display, somebody has pressed Esc."""
        clock = SystemClock()
        self.display = CapturingDisplay(cast(PaintedDisplay, make_display(self.config)), self.place, clock.monotonic_s)
        self._started_s, self._received_s = clock.monotonic_s(), 0.0
        self._summary: SessionSummary | None = None
        with ExitStack() as opened:
            station = build_station(self.config, clock, self.display)
            opened.callback(station.close)
            bar = opened.enter_context(_bar(self.console))
            task = bar.add_task("starting", total=1.0)
            station.run(lambda state: self._enough(state, station, bar, task))
            if self._summary is None:
                raise DeviceError("the demo was left before the summary was received")
            self.display.keep("received")
        return self._summary

    def _enough(self, state: SessionState, station: Station, bar: Progress, task: TaskID) -> bool:
        now_s = time.monotonic()
        bar.update(task, completed=progress(state), description=_step_name(state))
        if self._summary is None:
            self.companions.check()
            self._check_stuck(state, now_s)
            if state.summary is not None and station.stored_id == state.summary.id and station.waiting == 0:
                self._summary, self._received_s = self._receive(state.summary.id), now_s
        return self.headless and self._summary is not None and now_s - self._received_s >= RESULT_S

    def _check_stuck(self, state: SessionState, now_s: float) -> None:
        if now_s - self._started_s > LIMIT_S:
            raise DeviceError(f"the demo is stuck at {state.phase.value!r}: {state.guidance.text} See {self.place}")

    def _receive(self, session: str) -> SessionSummary:
        """Read back what the collector has on its disk."""
        with CollectorDatabase.open(Path(self.config.collector.database)) as database:
            bodies = [each.body for each in database.received() if each.id == session]
        if not bodies:
            raise PlumblineError("the receipt came, but the collector has no such summary; please report this")
        (self.place / "received.json").write_text(json.dumps(json.loads(bodies[0]), indent=2) + "\n", encoding="utf-8")
        return SessionSummary.model_validate_json(bodies[0])


def progress(state: SessionState) -> float:
    """
    How far the session has come, 0 to 1.

    A take counts from its position to the end of the pause after it, in which the next one's number is shown.
    """
    if state.phase is Phase.RESULT:
        return 1.0
    within = SHARES[state.phase] + 0.3 * (state.progress or 0.0)
    return max(0.0, state.take - 1 + within if state.take else 0.0) / max(1, state.takes)


def _step_name(state: SessionState) -> str:
    return f"{state.phase.value} {state.take}/{state.takes}" if state.take else state.phase.value


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description:14}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    return Progress(*columns, TimeElapsedColumn(), console=console)


def print_summary(summary: SessionSummary, console: Console) -> None:
    """Print the summary as the collector has it."""
    table = Table(title=f"Received: session {summary.code}, {summary.outcome}", title_justify="left")
    for column in ("measure", "value", "in words", "takes"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for result in summary.results:
        value = "-" if result.value is None else f"{result.value:+.1f} {result.unit}"
        takes = ", ".join("-" if each is None else f"{each:+.1f}" for each in result.per_take)
        table.add_row(result.name, value, result.words or result.reason or "", takes)
    console.print(table)
    if summary.source.announcement:
        console.print(summary.source.announcement, style="bold")
    console.print(summary.notice)
