"""Fork, save, SIGKILL, over and over; run as a program of its own because it forks."""

import json
import os
import random
import signal
import sys
import time
import uuid
from pathlib import Path

from edge.store.outbox import Outbox
from tests.wire import a_summary


def main(folder: Path, kills: int) -> dict[str, int]:
    """Return how many saves were reported, how many of them are missing, and how often a save was cut short."""
    chance = random.Random(11)
    reported: set[str] = set()
    retry, cut_short = str(uuid.uuid4()), 0
    for _ in range(kills):
        begun, done = _one_life(folder, retry, chance.uniform(0.0005, 0.012))
        reported |= done
        unfinished = begun - done
        cut_short += len(unfinished)
        retry = unfinished.pop() if unfinished else str(uuid.uuid4())
    with Outbox.open(folder, "station") as outbox:
        stored = [row.msg_id for row in outbox.due(0, 1_000_000)]
        damaged = int(outbox.notice is not None)
    return {
        "reported": len(reported),
        "lost": len(reported - set(stored)),
        "doubled": len(stored) - len(set(stored)),
        "cut_short": cut_short,
        "damaged": damaged,
    }


def _one_life(folder: Path, first_id: str, seconds: float) -> tuple[set[str], set[str]]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with Outbox.open(folder, "station") as outbox:
            next_id = first_id
            while True:
                os.write(writer, f"b{next_id}\n".encode())
                outbox.save(a_summary(next_id))
                os.write(writer, f"d{next_id}\n".encode())
                next_id = str(uuid.uuid4())
    os.close(writer)
    first = os.read(reader, 38)  # wait until it is at it
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        lines = (first + pipe.read()).decode().split()
    return {line[1:] for line in lines if line[0] == "b"}, {line[1:] for line in lines if line[0] == "d"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
