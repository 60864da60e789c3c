"""
`plumbline accuracy --hidden occlusion.float`: what an occluder costs in degrees, with and without recovery.

Everybody stands still before the camera; then, from one frame to the next, something stands before a part of them, and
half a second later the angles are read. The same people are rendered with and without it, so the truth is exact. What
the own arm hides is seen from an arm that has moved: there the second before shows another posture.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console

from edge.accuracy.angles import Angle, angles_of
from edge.accuracy.look import Estimator
from edge.accuracy.networks import load_networks
from edge.accuracy.renders import render
from edge.accuracy.seeds import parse_seeds
from edge.accuracy.shot import Shot, read_takes
from edge.bench.row import Row, printed, show, write_json
from edge.camera.frame import Frame
from edge.config import ModelsConfig
from edge.errors import ConfigError
from edge.factory import make_recovery
from edge.occlusion.recovery import Recovery

PEOPLE = 40
"""So many of the seeds are rendered at most."""
SEEN, HIDDEN = "V0-back", "V0-hidden"
"""The same people in the same posture, without and with something before them."""
FPS = 30.0
SEEN_S, HIDDEN_S = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class HiddenRequest:
    """
    What is to be measured.

    Attributes:
        seeds: "A:B", half-open; the first forty are taken.
        out: folder for the renders, unless they are named.
        network: the occlusion network, e.g. "occlusion.int8".
        precision: of the pose networks, "int8" or "float"; "both" takes int8.
        renders: a finished folder of both distributions; None to have them made.
    """

    seeds: str
    out: Path
    network: str
    precision: str = "int8"
    renders: Path | None = None

    def settings(self) -> ModelsConfig:
        """
        The settings that name the occlusion network.

        Raises:
            ConfigError: none can have that name.
        """
        try:
            return ModelsConfig(occlusion=self.network)
        except ValidationError:
            raise ConfigError(f"--hidden: name a network, e.g. occlusion.int8, not {self.network!r}") from None


def run_hidden(request: HiddenRequest, json: Path | None, console: Console) -> list[Row]:
    """
    Render or read, recover, print, and write what was asked for; return every figure.

    Raises:
        PlumblineError: something is missing or was asked wrongly.
    """
    people = parse_seeds(request.seeds)[:PEOPLE]
    settings = request.settings()
    precision = "int8" if request.precision == "both" else request.precision
    networks = load_networks(ModelsConfig(), precision)
    recovery, recovered_by = make_recovery(settings)
    folder = request.renders or request.out / "renders" / HIDDEN
    if request.renders is None:
        for distribution in (SEEN, HIDDEN):
            render(people, folder, distribution)
    console.print(f"{networks.description}; {recovered_by or 'nothing is recovered'}", highlight=False)
    angles = []
    for seen, hidden in pairs_in(folder, people):
        estimator = networks.estimator(tracking=True, view=hidden.view)
        angles += look_through(seen, hidden, estimator, recovery)
    rows = rows_of(angles)
    show(rows, f"{len(people)} people, a part of each hidden for {HIDDEN_S:g} s", console)
    if json is not None:
        write_json(rows, json)
    return rows


def pairs_in(folder: Path, people: range) -> Iterator[tuple[Shot, Shot]]:
    """
    The frames of a folder that show the same person at the same time, without and with an occluder.

    Raises:
        PictureError: a person is missing in one of the two distributions.
    """
    before = {(shot.seed, shot.number): shot for take in read_takes(folder, people, SEEN) for shot in take}
    for take in read_takes(folder, people, HIDDEN):
        for shot in take:
            if (shot.seed, shot.number) in before:
                yield before[shot.seed, shot.number], shot


def look_through(seen: Shot, hidden: Shot, estimator: Estimator, recovery: Recovery) -> list[Angle]:
    """
    Look at one person for half a second, at what is left to see for another half, and read the last frame's angles.

    Args:
        seen: the person alone.
        hidden: the same person behind something.
        estimator: has seen nobody yet.
        recovery: forgets whom it knew.
    """
    recovery.reset()
    read = recovered = None
    for frame in _stream(seen.frame(), hidden.frame()):
        estimate = estimator.estimate(frame)
        read = estimate.landmarks
        recovered = None if read is None else recovery.recover(read, estimate.own_score)
    return angles_of(hidden, read, recovered)


def rows_of(angles: Sequence[Angle]) -> list[Row]:
    """
    The figures: what cannot be measured, how far off what was seen is, and how far off what only recovery gives.

    Args:
        angles: of every frame; one without truth is left out.
    """
    due = [angle for angle in angles if angle.true is not None]
    lost = [angle for angle in due if angle.without is None]
    won = [angle for angle in lost if angle.recovered is not None]
    held = [angle for angle in due if angle.without is not None]
    note, note_won = f"{len(due)} angles", f"{len(won)} angles that nothing but recovery gives"
    rows = [
        printed("hidden_not_measurable_share_without", _share(lost, due), "", note),
        printed("hidden_not_measurable_share_with", _share([a for a in lost if a.recovered is None], due), "", note),
        *_error_rows("hidden_seen_error", held, "without", f"{len(held)} angles all of whose joints were seen"),
        *_error_rows("hidden_recovered_error", won, "recovered", note_won),
        *_error_rows("hidden_guessed_error", won, "guessed", f"the same {len(won)}, by the pose network's own guess"),
    ]
    for what in sorted({angle.hides for angle in won}):
        those = [angle for angle in won if angle.hides == what]
        name = what.replace(" ", "_")
        rows.append(printed(f"hidden_recovered_{name}_median_deg", _median(those, "recovered"), "deg", str(len(those))))
        rows.append(printed(f"hidden_guessed_{name}_median_deg", _median(those, "guessed"), "deg", str(len(those))))
    return rows


def _stream(seen: Frame, hidden: Frame) -> Iterator[Frame]:
    """Two pictures as a camera would have filmed them one after the other."""
    before = round(SEEN_S * FPS)
    for index in range(before + round(HIDDEN_S * FPS)):
        picture = seen if index < before else hidden
        yield replace(picture, index=index, time_s=index / FPS)


def _error_rows(name: str, angles: Sequence[Angle], which: str, note: str) -> list[Row]:
    found = sorted(_errors(angles, which))
    p90 = found[min(len(found) - 1, int(0.9 * len(found)))] if found else None
    return [
        printed(f"{name}_median_deg", statistics.median(found) if found else None, "deg", note),
        printed(f"{name}_p90_deg", p90, "deg", note),
    ]


def _median(angles: Sequence[Angle], which: str) -> float | None:
    found = _errors(angles, which)
    return statistics.median(found) if found else None


def _errors(angles: Sequence[Angle], which: str) -> list[float]:
    pairs = ((getattr(angle, which), angle.true) for angle in angles)
    return [abs(value - true) for value, true in pairs if value is not None and true is not None]


def _share(some: Sequence[Angle], every: Sequence[Angle]) -> float | None:
    return len(some) / len(every) if every else None
