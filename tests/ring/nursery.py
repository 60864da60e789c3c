"""The supervisor with children that are no processes."""

import os
from collections.abc import Callable

from edge.camera.state import CameraState
from edge.clock import SimulatedClock
from edge.errors import DeviceError
from edge.ring.geometry import RingGeometry
from edge.ring.memory import create_memory
from edge.ring.reader import RingReader
from edge.ring.supervisor import Health, VisionState, VisionSupervisor
from edge.ring.writer import RingWriter

POLL_S = 0.05


class SimulatedChild:
    """A vision process without a process: a real ring, and beats as long as nobody stops them."""

    def __init__(self) -> None:
        memory = create_memory(RingGeometry.for_size(16, 16))
        reading, self._writing = os.pipe2(os.O_NONBLOCK)
        self.reader = RingReader(memory, reading)
        self.ring = RingWriter(memory, self._writing)
        os.close(memory)
        self.code: int | None = None
        self.killed = self.closed = False
        self.captures = self.poses = True

    def turn(self, now_s: float) -> None:
        if self.captures:
            self.ring.change_status(capture_beat_s=now_s)
        if self.poses:
            self.ring.change_status(pose_beat_s=now_s)

    def pose(self) -> None:
        self.ring.change_status(
            running=True, camera=CameraState.FINE, reason="", frames_posed=self.ring.status.frames_posed + 1
        )

    def exit_code(self) -> int | None:
        return self.code

    def kill(self) -> None:
        self.killed = True
        self.code = -9

    def close(self) -> None:
        self.kill()
        self.reader.close()
        if not self.closed:
            os.close(self._writing)
        self.closed = True


class Nursery:
    """The supervisor, its clock and all the children it has started."""

    def __init__(self) -> None:
        self.clock = SimulatedClock()
        self.children: list[SimulatedChild] = []
        self.start_s: list[float] = []
        self.error: DeviceError | None = None
        self.supervisor = VisionSupervisor(self._start, self.clock)

    @property
    def child(self) -> SimulatedChild:
        return self.children[-1]

    def _start(self) -> SimulatedChild:
        self.start_s.append(self.clock.monotonic_s())
        if self.error is not None:
            raise self.error
        self.children.append(SimulatedChild())
        return self.child

    def run(self, seconds: float, until: Callable[[Health], bool] | None = None) -> Health:
        """Poll every 50 ms; returns early when `until` is true."""
        end_s = self.clock.monotonic_s() + seconds
        while True:
            for child in self.children:
                if child.code is None:
                    child.turn(self.clock.monotonic_s())
            health = self.supervisor.poll()
            if (until is not None and until(health)) or self.clock.monotonic_s() >= end_s:
                return health
            self.clock.sleep(POLL_S)

    def run_well(self) -> None:
        self.run(POLL_S)
        self.child.pose()
        assert self.run(POLL_S).state is VisionState.RUNNING

    def time_to_notice_s(self) -> float:
        began_s = self.clock.monotonic_s()
        self.run(10.0, lambda health: health.state is VisionState.LOST)
        return self.clock.monotonic_s() - began_s
