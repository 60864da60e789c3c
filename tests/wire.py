"""Summaries and parts for tests of store, wire and collector."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edge.errors import StoreError
from edge.mqtt.publisher import Message
from edge.mqtt.simulated import SimulatedPublisher
from edge.mqtt.topics import matches
from edge.session.summary import Moment, Scale, SessionSummary, Source, Station
from edge.store.outbox import Outbox

SITE, STATION = "clinic-a", "station-1"
MEMORY = Path("/dev/shm")


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder where thousands of syncs cost nothing, for tests that are about something else."""
    place = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="plumbline-test-", dir=place) as name:
        yield Path(name)


def a_summary(msg_id: str | None = None, *, code: str = "K7-2F", reason: str | None = None) -> SessionSummary:
    """A voided session of a few hundred bytes."""
    moment = Moment(utc="2026-06-01T08:00:00.000Z", trust="ntp")
    return SessionSummary(
        id=msg_id or str(uuid.uuid4()),
        code=code,
        station=Station(site=SITE, station=STATION, software="0.1.0"),
        source=Source(camera="simulated", recorded=False, announcement="SIMULATED", width_px=None, height_px=None),
        started=moment,
        ended=moment,
        duration_s=12.5,
        outcome="voided",
        reason=reason or "the person left",
        view="back",
        scale=Scale(
            px_per_m=None, origin="unknown", roll_deg=None, camera_height_m=None, distance_m=None, person_height_m=None
        ),
        networks=[],
        takes=[],
        results=[],
    )


def carry(source: SimulatedPublisher, target: SimulatedPublisher) -> int:
    """Play the broker: hand over what was published on one side to whoever listens on the other; return how many."""
    messages, source.published = source.published, []
    return sum(target.deliver(Message(message.topic, message.payload)) for message in messages)


def published_on(publisher: SimulatedPublisher, topic: str) -> list[Message]:
    """What was published on a topic."""
    return [message for message in publisher.published if matches(topic, message.topic)]


def save_until_refused(outbox: Outbox, ids: list[str]) -> str:
    """Fill the outbox; returns the sentence it ends with, and adds what was saved to the ids."""
    try:
        while True:
            ids.append(outbox.save(a_summary(reason="x" * 3000)).msg_id)
    except StoreError as error:
        return str(error)
