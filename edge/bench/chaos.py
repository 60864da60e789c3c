"""
Does a summary survive what will happen? Broker, relay and collector are killed while summaries are written.

Half the kills strike while everything is still getting up after the last one, half in the middle of a healthy burst.
Before some of these the collector is frozen, so that the broker has acknowledged what it then forgets: a relay that
took the broker's word would lose it.
"""

import random
import tempfile
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from edge.bench.row import Row, at_most, printed
from edge.bench.wire_parts import Parts
from edge.collector.database import CollectorDatabase, Received
from edge.session.summary import Moment, Scale, SessionSummary, Source, Station
from edge.store.outbox import Outbox

TARGETS = (("broker",), ("relay",), ("broker", "relay"))
HEALTHY_SHARE, FROZEN_SHARE = 0.5, 0.6
LONGEST_WAIT_S, LONGEST_DRAIN_S = 4.0, 60.0


@dataclass(frozen=True, slots=True)
class ChaosResult:
    """
    What came of it.

    Attributes:
        saved: summaries the outbox said it had stored.
        lost: saved, and not in the collector with the same words.
        doubled: summaries the collector has more than once.
        strangers: summaries in the collector that nobody saved.
        wire_duplicates: deliveries the collector recognised as repeated.
        waiting: rows still without a receipt when the drain ended.
        kills: SIGKILLs by what was hit; "collector" comes on top of the number asked for.
        unexpected_ends: processes that ended by themselves.
        seconds: how long it took.
    """

    saved: int
    lost: int
    doubled: int
    strangers: int
    wire_duplicates: int
    waiting: int
    kills: dict[str, int]
    unexpected_ends: int
    seconds: float

    def rows(self) -> list[Row]:
        """Return the figures as rows of a bench."""
        hits = ", ".join(f"{count} {name}" for name, count in sorted(self.kills.items()))
        note = f"{self.saved} summaries, SIGKILL: {hits}; {self.seconds:.0f} s"
        return [
            at_most("relay_chaos_lost", self.lost, 0, "", note),
            at_most("relay_chaos_doubled", self.doubled, 0, "", f"{self.wire_duplicates} duplicates on the wire"),
            printed("relay_chaos_wire_duplicates", self.wire_duplicates, ""),
        ]


def run_chaos(
    summaries: int = 500, kills: int = 50, seed: int = 0, *, persistence: bool = False, longest_pause_s: float = 1.6
) -> ChaosResult:
    """
    Save summaries while processes are killed at random, let everything drain, and count.

    Args:
        summaries: how many are saved, spread over the kills.
        kills: SIGKILLs on broker, relay or both; the collector is hit once more for every five.
        seed: of targets and pauses; how the processes meet them stays chance.
        persistence: whether the broker keeps its messages on disk.
        longest_pause_s: between two kills.

    Raises:
        DeviceError: mosquitto is not installed.
    """
    chance = random.Random(seed)  # noqa: S311 - a bench, no secret
    begun_s = time.monotonic()
    hits: Counter[str] = Counter()
    saved: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="plumbline-chaos-") as name:
        folder = Path(name)
        with Outbox.open(folder / "state", "station") as outbox, Parts(folder, persistence=persistence) as parts:
            for number in range(kills):
                healthy = chance.random() < HEALTHY_SHARE and not _drain(outbox, parts, LONGEST_WAIT_S)
                frozen = healthy and chance.random() < FROZEN_SHARE
                if frozen:
                    parts.freeze("collector")
                share = (number + 1) * summaries // kills - number * summaries // kills
                _save(outbox, share, chance.uniform(0.2, longest_pause_s), chance, saved)
                parts.look_after()
                _hit(parts, chance.choice(TARGETS), chance, hits)
                if frozen:
                    parts.thaw("collector")
                if number % 5 == 4:
                    _hit(parts, ("collector",), chance, hits)
            waiting = _drain(outbox, parts, LONGEST_DRAIN_S)
            ends = parts.unexpected_ends
        with CollectorDatabase.open(folder / "collector.sqlite") as database:
            received = database.received()
    return _count(saved, received, waiting, hits, ends, time.monotonic() - begun_s)


def _save(outbox: Outbox, count: int, pause_s: float, chance: random.Random, saved: dict[str, str]) -> None:
    end_s = time.monotonic() + pause_s
    for before_end_s in sorted((chance.uniform(0, pause_s) for _ in range(count)), reverse=True):
        _sleep_until(end_s - before_end_s)
        summary = _summary(len(saved))
        outbox.save(summary)
        saved[summary.id] = summary.model_dump_json()
    _sleep_until(end_s)


def _sleep_until(moment_s: float) -> None:
    time.sleep(max(0.0, moment_s - time.monotonic()))


def _hit(parts: Parts, names: tuple[str, ...], chance: random.Random, hits: Counter[str]) -> None:
    for name in names:
        parts.kill(name)
    hits["+".join(names)] += 1
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, 0.3))
    for name in names:
        parts.start(name)


def _drain(outbox: Outbox, parts: Parts, limit_s: float) -> int:
    deadline_s = time.monotonic() + limit_s
    while (waiting := outbox.waiting()) and time.monotonic() < deadline_s:
        parts.look_after()
        time.sleep(0.2)
    return waiting


def _count(
    saved: dict[str, str], received: list[Received], waiting: int, hits: Counter[str], ends: int, seconds: float
) -> ChaosResult:
    bodies = Counter(SessionSummary.model_validate_json(row.body).id for row in received)
    words = {row.id: row.body for row in received}
    return ChaosResult(
        saved=len(saved),
        lost=sum(words.get(msg_id) != body for msg_id, body in saved.items()),
        doubled=sum(count - 1 for count in bodies.values()),
        strangers=len(bodies.keys() - saved.keys()),
        wire_duplicates=sum(row.times - 1 for row in received),
        waiting=waiting,
        kills=dict(hits),
        unexpected_ends=ends,
        seconds=seconds,
    )


def _summary(number: int) -> SessionSummary:
    moment = Moment(utc="2026-06-01T08:00:00.000Z", trust="none")
    return SessionSummary(
        id=str(uuid.uuid4()),
        code=f"BENCH-{number}",
        station=Station(site="bench", station="station-1", software="bench"),
        source=Source(camera="simulated", recorded=False, announcement="BENCH", width_px=None, height_px=None),
        started=moment,
        ended=moment,
        duration_s=0.0,
        outcome="voided",
        reason="written by the chaos bench",
        view="back",
        scale=Scale(
            px_per_m=None, origin="unknown", roll_deg=None, camera_height_m=None, distance_m=None, person_height_m=None
        ),
        networks=[],
        takes=[],
        results=[],
    )
