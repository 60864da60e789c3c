"""Movements recorded as landmarks, never as pictures, and played back to the last bit."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from edge.errors import StoreError
from edge.pose.landmarks import COUNT, Landmarks
from edge.pose.observation import Observation

FORMAT = 1
TABLES = """
CREATE TABLE IF NOT EXISTS movement (id INTEGER PRIMARY KEY, task TEXT NOT NULL, session TEXT NOT NULL, rating INTEGER,
    CHECK (rating IS NULL OR rating BETWEEN 0 AND 100)) STRICT;
CREATE TABLE IF NOT EXISTS frame (movement INTEGER NOT NULL REFERENCES movement (id), number INTEGER NOT NULL,
    time_s REAL NOT NULL, posed_s REAL NOT NULL, people INTEGER, landmarks BLOB,
    PRIMARY KEY (movement, number)) STRICT, WITHOUT ROWID;
"""
FLOATS = COUNT * (3 + 3 + 1)


@dataclass(frozen=True, slots=True)
class Movement:
    """
    What is known of a recorded movement beside its frames.

    Attributes:
        number: within its file.
        task: which.
        session: code of the session it belongs to; empty when none was given.
        rating: comfort of the back afterwards, 100 best to 0 worst; None when nobody gave one.
    """

    number: int
    task: str
    session: str
    rating: int | None


class Recording:
    """
    A database of movements. It holds joints, times, the task, a session code and the comfort rating; nobody's name, no
    picture.

        with Recording(Path("movements.sqlite")) as recording:
            movement = recording.begin("walk", session="K7M2")
            recording.add(movement, observation)
            recording.rate(movement, 80)
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises StoreError when that is not possible or it is something else."""
        try:
            self._connection = sqlite3.connect(path)
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, FORMAT):
                raise StoreError(f"{path.name} was written by another version; choose another file")
            self._connection.executescript(TABLES)
            self._connection.execute(f"PRAGMA user_version = {FORMAT:d}")
            self._connection.commit()
        except sqlite3.Error as error:
            raise StoreError(f"{path.name} is no recording of movements ({error}); choose another file") from error

    def begin(self, task: str, session: str = "") -> int:
        """Start a movement of a task, within a session known by its code; returns its number."""
        with self._connection:
            row = task, session
            number = self._connection.execute("INSERT INTO movement (task, session) VALUES (?, ?)", row).lastrowid
        if number is None:
            raise StoreError("the recording gave a movement no number; choose another file")
        return number

    def add(self, movement: int, observation: Observation) -> None:
        """Keep what was seen in one frame; silhouettes are not kept."""
        joints = None if observation.landmarks is None else packed(observation.landmarks)
        row = movement, observation.index, observation.time_s, observation.posed_s, observation.people, joints
        try:
            with self._connection:
                self._connection.execute("INSERT INTO frame VALUES (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise StoreError(f"frame {observation.index} cannot be recorded ({error}); make room or stop") from error

    def rate(self, movement: int, rating: int) -> None:
        """Keep the comfort of the back after a movement, 100 best to 0 worst."""
        if not 0 <= rating <= 100:
            raise ValueError(f"a rating lies between 0 and 100, got {rating}")
        with self._connection:
            self._connection.execute("UPDATE movement SET rating = ? WHERE id = ?", (rating, movement))

    def movements(self) -> list[Movement]:
        """Every movement that was begun, in order."""
        rows = self._connection.execute("SELECT id, task, session, rating FROM movement ORDER BY id")
        return [Movement(*row) for row in rows]

    def play(self, movement: int) -> Iterator[Observation]:
        """What was seen, frame by frame, to the last bit."""
        asked = "SELECT number, time_s, posed_s, people, landmarks FROM frame WHERE movement = ? ORDER BY number"
        rows = self._connection.execute(asked, (movement,))
        for number, time_s, posed_s, people, joints in rows:
            landmarks = None if joints is None else unpacked(joints, time_s)
            yield Observation(number, time_s, posed_s, landmarks, people)

    def close(self) -> None:
        """Let go of the file; closing twice is fine."""
        self._connection.close()

    def __enter__(self) -> "Recording":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def packed(landmarks: Landmarks) -> bytes:
    """Joints as little-endian float32, what was recovered as bytes after them."""
    numbers: NDArray[np.float32] = np.concatenate(
        [landmarks.xyz_px.reshape(-1), landmarks.world_m.reshape(-1), landmarks.score]
    )
    return numbers.astype("<f4").tobytes() + landmarks.recovered.astype(np.uint8).tobytes()


def unpacked(joints: bytes, time_s: float) -> Landmarks:
    """The landmarks back; raises StoreError when the bytes are none."""
    if len(joints) != 4 * FLOATS + COUNT:
        raise StoreError("a recorded frame is damaged; record the movement again")
    numbers = np.frombuffer(joints, "<f4", FLOATS).astype(np.float32)
    xyz_px, world_m = numbers[: 3 * COUNT].reshape(COUNT, 3), numbers[3 * COUNT : 6 * COUNT].reshape(COUNT, 3)
    recovered = np.frombuffer(joints, np.uint8, offset=4 * FLOATS).astype(np.bool_)
    return Landmarks(xyz_px, world_m, numbers[6 * COUNT :], recovered, time_s)
