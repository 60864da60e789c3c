"""A power cut at any write takes nothing that was called saved; with a laxer setting the same cuts take something."""

import hashlib
import random
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from edge.store import statements
from edge.store.outbox import FILE, Outbox
from edge.store.schema import Limits, creation, settings
from tests.store.power_cut import FATES, Tape, disk_after, write_disk
from tests.wire import folder_in_memory

OPERATIONS = 150
CUTS = 400


class Story:
    """What a station and its relay did, and after which step of the tape each deed was promised to last."""

    def __init__(self, folder: Path, synchronous: str, *, last_word: bool = True) -> None:
        """last_word False: where there is a draft the summary is promised and never written."""
        self.tape = Tape(f"tape-{folder.name}")
        self._chance = random.Random(5)
        self._connection = apsw.Connection(str(folder / FILE), vfs=f"tape-{folder.name}")
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # else SQLite asks the tape for shared memory
        for statement in settings(Limits()):
            self._connection.execute(statement).fetchall()
        self._connection.execute(f"PRAGMA synchronous = {synchronous}")
        self._connection.execute("PRAGMA wal_autocheckpoint = 20")  # many checkpoints in a short story
        for statement in creation("0" * 32):
            self._connection.execute(statement).fetchall()
        self._last_word = last_word
        self.final: dict[str, bytes] = {}  # by msg_id, the body of the summary itself
        self.begin = len(self.tape.steps)
        self.promises: list[tuple[int, str, str]] = []  # (length of the tape, deed, msg_id)
        self._tell()
        self._connection.close()

    def _tell(self) -> None:
        waiting: list[tuple[str, str]] = []
        for number in range(OPERATIONS):
            if number % 40 == 39:
                self._do("purge", "", (statements.PURGE, (2**62, 500)))
            elif waiting and self._chance.random() < 0.35:
                msg_id, sha256 = waiting.pop(0)
                self._do("receipt", msg_id, (statements.RECEIPTED, (msg_id, sha256, 1)))
            else:
                waiting.append(self._save())

    def _save(self) -> tuple[str, str]:
        body = self._chance.randbytes(self._chance.choice((200, 900, 6000)))
        msg_id, sha256 = str(uuid.UUID(int=self._chance.getrandbits(128))), hashlib.sha256(body).hexdigest()
        row = (msg_id, "a", "b", "s", "boot", 1, 1, "ntp", "none")
        drafted = self._chance.random() < 0.5
        if drafted:
            early = body[:100]
            self._do("draft", msg_id, (statements.DRAFT, (*row, hashlib.sha256(early).hexdigest(), early)))
        over = statements.FORGET_DRAFT, (msg_id,)
        written = self._last_word or not drafted
        self._do("save", msg_id, *([(statements.INSERT, (*row, sha256, body)), over] if written else []))
        self.final[msg_id] = body
        return msg_id, sha256

    def _do(self, deed: str, msg_id: str, *changes: tuple[str, tuple]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for statement, values in changes:
            self._connection.execute(statement, values)
        self._connection.execute("COMMIT")
        self.promises.append((len(self.tape.steps), deed, msg_id))

    def promised(self, cut: int) -> tuple[set[str], set[str]]:
        """The ids that must still wait, and those that must never wait again, when the power goes at `cut`."""
        saved: set[str] = set()
        receipted: set[str] = set()
        for moment, deed, msg_id in self.promises:
            if deed == "receipt" and moment > cut:
                saved.discard(msg_id)  # under way: both are true
                break
            if moment > cut:
                break
            if deed in ("draft", "save"):
                saved.add(msg_id)
            elif deed == "receipt":
                receipted.add(msg_id)
        return saved - receipted, receipted

    def finished(self, cut: int) -> dict[str, bytes]:
        """The bodies that were called saved when the power goes at `cut`, by id."""
        return {
            msg_id: self.final[msg_id] for moment, deed, msg_id in self.promises if deed == "save" and moment <= cut
        }


def cut_the_power(story: Story, folder: Path, seed: int) -> list[str]:
    """Cut once; return what was broken."""
    chance = random.Random(seed)
    cut = chance.randrange(story.begin, len(story.tape.steps) + 1)
    folder.mkdir()
    write_disk(folder, disk_after(story.tape.steps[:cut], chance.choice(FATES), chance))
    must_wait, must_not = story.promised(cut)
    with Outbox.open(folder, "station") as outbox:
        found = {row.msg_id: row.body for row in outbox.due(0, 10_000)}
        waiting = set(found)
        broken = [outbox.notice] if outbox.notice else []
        finished = story.finished(cut)
        broken += [f"draft sent for {each}" for each in waiting & set(finished) if found[each] != finished[each]]
    shutil.rmtree(folder)
    return [
        *broken,
        *(f"lost {each}" for each in must_wait - waiting),
        *(f"risen {each}" for each in must_not & waiting),
    ]


@pytest.fixture
def memory():
    with folder_in_memory() as folder:
        yield folder


@pytest.fixture
def told(memory: Path) -> Callable[..., Story]:
    def tell(synchronous: str, **habits: bool) -> Story:
        folder = memory / f"{uuid.uuid4()}"
        folder.mkdir()
        return Story(folder, synchronous, **habits)

    return tell


def test_four_hundred_power_cuts_take_nothing(told: Callable[..., Story], memory: Path):
    story = told("FULL")
    broken = {seed: found for seed in range(CUTS) if (found := cut_the_power(story, memory / "cut", seed))}
    assert broken == {}


def test_the_same_cuts_find_the_laxer_setting_guilty(told: Callable[..., Story], memory: Path):
    story = told("NORMAL")
    guilty = sum(bool(cut_the_power(story, memory / "cut", seed)) for seed in range(100))
    assert guilty > 10


def test_a_draft_sent_in_the_place_of_its_summary_is_found(told: Callable[..., Story], memory: Path):
    story = told("FULL", last_word=False)
    broken = [each for seed in range(20) for each in cut_the_power(story, memory / "cut", seed)]
    assert any(each.startswith("draft sent") for each in broken)
