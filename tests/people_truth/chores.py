"""Jobs that end badly the first time, for workers of another process."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from models.people.whole_file import write_whole


@dataclass(frozen=True)
class Chore:
    number: int
    folder: str
    deadly: bool = False

    @property
    def path(self) -> Path:
        return Path(self.folder) / f"{self.number}.txt"


def chore(job: Chore) -> int:
    """Writes a file; a deadly one kills its own process the first time."""
    time.sleep(0.01)
    first = Path(job.folder) / "killed"
    if job.deadly and not first.exists():
        first.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    write_whole(job.path, str(job.number).encode())
    return job.number


def always_deadly(job: Chore) -> int:
    """Kills its own process every time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return job.number
