"""A disk that forgets: every write is taped, and for any moment one of the disks a power cut may leave is rebuilt."""

import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import apsw

SECTOR_BYTES = 512
Fate = Literal["dropped", "kept", "mixed", "torn"]
FATES: tuple[Fate, ...] = ("dropped", "kept", "mixed", "torn")


@dataclass(frozen=True)
class Write:
    """Bytes written to a file; data None: the file was cut at offset."""

    offset: int
    data: bytes | None


@dataclass(frozen=True)
class Step:
    """One thing that happened to a file: opened, written, synced or deleted."""

    file: str
    deed: Literal["open", "write", "sync", "delete"]
    write: Write | None = None


class Tape(apsw.VFS):
    """Records what SQLite does to its files, in order, while doing it."""

    def __init__(self, name: str) -> None:
        self.steps: list[Step] = []
        super().__init__(name, "")

    def xOpen(self, name, flags):  # noqa: N802
        return TapedFile(self.steps, name, flags)

    def xDelete(self, name, sync):  # noqa: N802
        super().xDelete(name, sync)
        self.steps.append(Step(os.path.basename(name), "delete"))


class TapedFile(apsw.VFSFile):
    def __init__(self, steps: list[Step], name, flags) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name, self._steps = os.path.basename(path), steps
        super().__init__("", name, flags)
        steps.append(Step(self._name, "open"))

    def xWrite(self, data, offset):  # noqa: N802
        self._steps.append(Step(self._name, "write", Write(offset, bytes(data))))
        super().xWrite(data, offset)

    def xTruncate(self, size):  # noqa: N802
        self._steps.append(Step(self._name, "write", Write(size, None)))
        super().xTruncate(size)

    def xSync(self, flags):  # noqa: N802
        super().xSync(flags)
        self._steps.append(Step(self._name, "sync"))

    def xSectorSize(self):  # noqa: N802
        return SECTOR_BYTES

    def xDeviceCharacteristics(self):  # noqa: N802
        return 0  # a disk that promises nothing


def disk_after(steps: list[Step], fate: Fate, chance: random.Random) -> dict[str, bytes]:
    """What the files may hold if the power goes after these steps: what was synced is there, the rest has its fate."""
    files: dict[str, bytearray] = {}
    pending: dict[str, list[Write]] = {}
    for step in steps:
        if step.write is not None:
            pending.setdefault(step.file, []).append(step.write)
        else:
            _settle(step, files, pending)
    for name, writes in pending.items():
        for part in (part for write in writes for part in _survivors(write, fate, chance)):
            _apply(files[name], part)
    return {name: bytes(content) for name, content in files.items()}


def write_disk(folder: Path, files: dict[str, bytes]) -> None:
    """Lay the files down."""
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _settle(step: Step, files: dict[str, bytearray], pending: dict[str, list[Write]]) -> None:
    if step.deed == "open":
        files.setdefault(step.file, bytearray())
        return
    writes = pending.pop(step.file, [])
    if step.deed == "delete":
        files.pop(step.file, None)
        return
    for write in writes:
        _apply(files[step.file], write)


def _survivors(write: Write, fate: Fate, chance: random.Random) -> list[Write]:
    if fate == "dropped":
        return []
    if fate == "kept":
        return [write]
    if write.data is None:
        return [write] if chance.random() < 0.5 else []
    parts = []
    for start in range(0, len(write.data), SECTOR_BYTES):
        sector, luck = write.data[start : start + SECTOR_BYTES], chance.random()
        if luck < 0.45:
            parts.append(Write(write.offset + start, sector))
        elif luck < 0.55 and fate == "torn":
            parts.append(Write(write.offset + start, chance.randbytes(len(sector))))
    return parts


def _apply(content: bytearray, write: Write) -> None:
    end = write.offset if write.data is None else write.offset + len(write.data)
    content.extend(bytes(max(0, end - len(content))))
    if write.data is None:
        del content[write.offset :]
    else:
        content[write.offset : end] = write.data
