"""A whole station on simulated parts: real session, real store, real ring, and a vision process without a process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from edge.camera.frame import Frame
from edge.camera.state import CameraState
from edge.clock import SimulatedClock
from edge.display.display import Screen
from edge.display.simulated import SimulatedDisplay
from edge.notify import Notifier
from edge.panel.simulated import SimulatedPanel
from edge.ring.geometry import RingGeometry
from edge.ring.memory import create_memory
from edge.ring.reader import RingReader
from edge.ring.supervisor import VisionSupervisor
from edge.ring.writer import RingWriter
from edge.session.session import Session
from edge.session.state import SessionState
from edge.session.tasks.plan import NO_TASKS, TaskPlan
from edge.station import Station, StationParts, StationWords
from edge.store.outbox import Outbox
from tests.people import SIZE_PX, Person
from tests.session.conversation import IDENTITY, PROTOCOL, SETUP

PICTURE = np.full((SIZE_PX[1], SIZE_PX[0], 3), 90, np.uint8)
FRAME_S = 1 / 30


class InlineChild:
    """Stands in for the vision process: the test itself writes into the ring."""

    def __init__(self) -> None:
        memory = create_memory(RingGeometry.for_size(*SIZE_PX))
        reading, self._writing = os.pipe2(os.O_NONBLOCK)
        self.reader = RingReader(memory, reading)
        self.ring = RingWriter(memory, self._writing)
        os.close(memory)
        self.code: int | None = None
        self.index = -1
        self._closed = False

    def see(self, person: Person | None, now_s: float, people: int | None, picture: bool) -> None:
        """What was found in one frame, and the frame itself where a test looks at pictures."""
        self.index += 1
        found = person or Person()
        observation = replace(found.at(now_s), seed=self.index).observation(self.index, people)
        if person is None:
            observation = replace(observation, landmarks=None)
        if picture:
            self.ring.publish_frame(Frame(PICTURE, now_s, self.index))
        self.ring.publish_observation(replace(observation, posed_s=now_s))
        self.ring.change_status(
            running=True,
            camera=CameraState.FINE,
            capture_beat_s=now_s,
            pose_beat_s=now_s,
            frames_posed=self.ring.status.frames_posed + 1,
        )

    def exit_code(self) -> int | None:
        return self.code

    def kill(self) -> None:
        self.code = -9

    def close(self) -> None:
        self.kill()
        self.reader.close()
        if not self._closed:
            os.close(self._writing)
        self._closed = True


class House:
    """Turns the station frame by frame."""

    def __init__(
        self,
        folder: Path,
        *,
        announcement: str | None = None,
        wrap: Callable[[Outbox], Any] = lambda outbox: outbox,
        plan: TaskPlan = NO_TASKS,
        notifier: Notifier | None = None,
    ) -> None:
        self.clock = SimulatedClock()
        self.clock.sleep(1000.0)
        self.children: list[InlineChild] = []
        self.display, self.panel = SimulatedDisplay(), SimulatedPanel()
        self.outbox = Outbox.open(folder, "station", clock=self.clock)
        self.store = wrap(self.outbox)
        parts = StationParts(
            supervisor=VisionSupervisor(self._start, self.clock),
            session=Session(PROTOCOL, SETUP, replace(IDENTITY, random_bytes=os.urandom), plan),
            outbox=self.store,
            display=self.display,
            panel=self.panel,
            clock=self.clock,
            notifier=notifier or Notifier(),
        )
        self.station = Station(parts, StationWords(announcement, SIZE_PX, silhouette=True))
        self.state: SessionState = self.station.step()

    @property
    def screen(self) -> Screen:
        """What is on the screen now."""
        return self.display.shown[-1]

    def see(self, person: Person | None, seconds: float, people: int | None = 1, *, pictures: bool = False) -> None:
        """Let vision see somebody, or nobody, for a while."""
        for _ in range(round(seconds / FRAME_S)):
            self.clock.sleep(FRAME_S)
            self.children[-1].see(person, self.clock.monotonic_s(), people, pictures)
            self.state = self.station.step()

    def beat_without_news(self, seconds: float) -> None:
        """Vision's loops turn, and nothing comes of it."""
        for _ in range(round(seconds / FRAME_S)):
            self.clock.sleep(FRAME_S)
            now_s = self.clock.monotonic_s()
            self.children[-1].ring.change_status(capture_beat_s=now_s, pose_beat_s=now_s)
            self.state = self.station.step()

    def wait(self, seconds: float) -> None:
        """Let time pass while vision is silent."""
        for _ in range(round(seconds / FRAME_S)):
            self.clock.sleep(FRAME_S)
            self.state = self.station.step()

    def close(self) -> None:
        self.station.close()
        for child in self.children:
            child.close()

    def _start(self) -> InlineChild:
        self.children.append(InlineChild())
        return self.children[-1]
