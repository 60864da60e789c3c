"""
A whole station with movement tasks, killed again and again; run as a program of its own because it forks.

Each life is a process with the real session, station loop and store. It says on a pipe what its screen has come to;
the parent, which is the relay meanwhile, kills it at some moment, opens the store as the next station does, and hands
everything that is due to a collector's database.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from edge.collector.collector import open_message
from edge.collector.database import CollectorDatabase
from edge.display.display import Action
from edge.mqtt.envelope import Envelope, pack
from edge.mqtt.publisher import Message
from edge.session.state import Phase
from edge.session.summary import SessionSummary
from edge.session.tasks.inputs import Key
from edge.session.tasks.plan import TaskKind, TaskPlan
from edge.store.outbox import Outbox
from tests.house import House
from tests.people import Person

STILL = Person(jitter_px=0.3)
PLAN = TaskPlan(kinds=(TaskKind.TOUCH_TOES, TaskKind.WALK, TaskKind.JUMP), scoliometer=True)
STANDING_S = 7.2
LINES = 2
"""After how many words a life is killed at most. One that is to be killed waits before its last one for that."""


def main(folder: Path, kills: int) -> dict[str, int]:
    """What became of the sessions whose standing takes were over when their station was killed."""
    chance = random.Random(7)
    promised: dict[str, int] = {}
    early = in_tasks = 0
    with CollectorDatabase.open(folder / "collector.sqlite") as database:
        for number in range(kills):
            moment = 1 + number % LINES, chance.uniform(0.0, 0.005)
            said, over = _one_life(folder / "state", *moment, ends=number % 5 == 4)
            promised |= said
            in_tasks += bool(said) and not over
            early += _deliver(folder / "state", "relay", database) - over
            _deliver(folder / "state", "station", database)
        received = [SessionSummary.model_validate_json(one.body) for one in database.received()]
        refused = len(database.dead_letters())
    found = {summary.id: summary for summary in received}
    return {
        "promised": len(promised),
        "killed_in_tasks": in_tasks,
        "lost": len(set(promised) - set(found)),
        "doubled": len(received) - len(found),
        "refused": refused,
        "sent_early": early,
        "without_numbers": sum(
            not any(one.value is not None for one in found[i].results) for i in promised if i in found
        ),
        "tasks_lost": sum(_done(found[i]) < tasks for i, tasks in promised.items() if i in found),
        "with_tasks": sum(_done(found[i]) > 0 for i in promised if i in found),
    }


def _done(summary: SessionSummary) -> int:
    return sum(task.outcome == "skipped" for task in summary.tasks)


def _one_life(folder: Path, lines: int, seconds: float, *, ends: bool) -> tuple[dict[str, int], bool]:
    """
    How many tasks were over by session id, and whether the session ended, before the process was killed.

    Args:
        folder: of the store.
        lines: how many times it says how far it is before it is killed; the first time the standing takes are over.
        seconds: after that.
        ends: it is not killed before its end.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _live(folder, writer, ends=ends)
    os.close(writer)
    first = b""
    while first.count(b"\n") < (0 if ends else lines) and (more := os.read(reader, 1)):
        first += more
    if not ends:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reader, "rb") as pipe:
        lines = (first + pipe.read()).decode().split("\n")[:-1]  # a line that was cut promises nothing
    os.waitpid(child, 0)
    said = [line.split() for line in lines]
    return {key: int(tasks) for key, tasks, _ in said}, any(over == "over" for *_, over in said)


def _live(folder: Path, writer: int, *, ends: bool) -> None:
    """Stand, then skip task after task and enter nothing, saying each time what is on the disk now."""
    house, parent = House(folder, plan=PLAN), os.getppid()
    house.see(STILL, STANDING_S - 0.6)
    while house.state.phase is not Phase.TASK:
        house.see(STILL, 1 / 30)
    draft = house.state.draft
    while draft is not None:
        os.write(writer, f"{draft.id} {_done(draft)} going\n".encode())
        while not ends and _done(draft) == len(PLAN.kinds) and os.getppid() == parent:
            time.sleep(1)  # the next step would be the end; without a parent nobody kills it any more
        house.see(STILL, 0.3)
        house.display.press(Action.PRESS if house.state.phase is Phase.TASK else Key.SKIP)
        house.see(STILL, 1 / 30)
        draft = house.state.draft
    summary = house.state.summary
    if summary is not None:
        os.write(writer, f"{summary.id} {_done(summary)} over\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


def _deliver(folder: Path, role: str, database: CollectorDatabase) -> int:
    """Send everything that is due as a relay would, whether it was sent before or not; return how much was new."""
    before = len(database.received())
    with Outbox.open(folder, "station" if role == "station" else "relay") as outbox:
        for row in outbox.due(2**60, 10_000):
            message = pack(row)
            envelope = open_message(Message(message.topic, message.payload))
            assert isinstance(envelope, Envelope), envelope
            (why,) = database.store([(envelope, 1)])
            assert why is None, why
    return len(database.received()) - before


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
