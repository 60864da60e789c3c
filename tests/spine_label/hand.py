"""A hand that sits before the labelling tool: pictures, a clock, and events through the tool's own loop."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pygame

from models.people.whole_file import write_whole
from models.spine.label.desk import Desk
from models.spine.label.folder import LabelFolder, Write, answer, pictures_of
from models.spine.label.labelling import Labelling
from models.spine.label.prediction import Predictor
from models.spine.label.simulated import SimulatedPredictor
from models.spine.label.tool import Tool
from models.spine.layout import POINTS

NOW = datetime.datetime(2026, 11, 20, 12, 40, 30, tzinfo=datetime.timezone.utc)
DAY = datetime.date(2026, 11, 2)
OPERATOR = "nurse-2"
WINDOW_PX = (1280, 720)
C7, T8, L3 = (POINTS.index(name) for name in ("C7", "T8", "L3"))
SHOULDER = POINTS.index("left_shoulder")


def now() -> datetime.datetime:
    return NOW


def write_picture(path: Path, brightness: int = 120, size_px: tuple[int, int] = (180, 320)) -> str:
    """A picture of nothing in particular; give its SHA-256."""
    noise = np.random.default_rng(len(path.name) + brightness).normal(brightness, 9.0, (size_px[1], size_px[0], 3))
    assert cv2.imwrite(str(path), np.clip(noise, 0, 255).astype(np.uint8))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def agree(folder: Path, *, date: datetime.date | None = DAY, only: str | None = None) -> None:
    """Everybody, or one picture's person, agreed; without a date they refused."""
    files = [file for file in pictures_of(folder) if only in (None, file.path.name)]
    LabelFolder(folder).add_consents([answer(file.sha256, date, OPERATOR, "2026-11-02T08:00:00Z") for file in files])


def site(folder: Path, *brightness: int) -> Path:
    """A folder of agreed pictures: the first `0.png` is the brightest unless told otherwise."""
    for number, level in enumerate(brightness or (200, 120, 40)):
        write_picture(folder / f"{number}.png", level)
    agree(folder)
    return folder


def kept(folder: Path, name: str) -> dict:
    """The labels of one picture as they lie on the disk."""
    sha256 = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    return json.loads((folder / "labels" / f"{sha256[:16]}.json").read_text())


class Hand:
    """Presses, drags and types; every event goes through `Tool.step`."""

    def __init__(
        self, folder: Path, predictor: Predictor | None = None, write: Write = write_whole, **more: bool
    ) -> None:
        self.desk = Desk(
            LabelFolder(folder, write), pictures_of(folder), predictor or SimulatedPredictor(),
            operator=OPERATOR, now=now, **more,
        )  # fmt: skip
        self.tool = Tool(self.desk, WINDOW_PX)
        self._gathering = False
        pygame.event.clear()

    @property
    def page(self) -> Labelling:
        assert isinstance(self.tool.page, Labelling)
        return self.tool.page

    @property
    def open(self) -> str:
        """The name of the picture that is open."""
        return self.desk.items[self.desk.place].file.path.name

    def point(self, number: int):
        return self.desk.points[number]

    def on_screen(self, number: int) -> tuple[int, int]:
        x, y = self.page.view.to_screen(self.page.place(number))
        return int(x), int(y)

    def post(self, kind: int, **what) -> None:
        pygame.event.post(pygame.event.Event(kind, **what))

    def keys(self, *names: int, shift: bool = False) -> None:
        mod = pygame.KMOD_LSHIFT if shift else 0
        for name in names:
            self.post(pygame.KEYDOWN, key=name, mod=mod)
            self.post(pygame.KEYUP, key=name, mod=mod)
        self._step()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Whatever is done here is one turn of the tool's loop: a hand faster than the screen."""
        self._gathering = True
        yield
        self._gathering = False
        self._step()

    def _step(self) -> None:
        if not self._gathering:
            self.tool.step()

    def type(self, text: str) -> None:
        self.keys(*(ord(letter) for letter in text))

    def press(self, at: tuple[int, int], button: int = 1) -> None:
        self.post(pygame.MOUSEBUTTONDOWN, pos=at, button=button, touch=False)
        self._step()

    def move(self, to: tuple[int, int]) -> None:
        self.post(pygame.MOUSEMOTION, pos=to, rel=(0, 0), buttons=(1, 0, 0), touch=False)
        self._step()

    def release(self, at: tuple[int, int], button: int = 1) -> None:
        self.post(pygame.MOUSEBUTTONUP, pos=at, button=button, touch=False)
        self._step()

    def click(self, at: tuple[int, int]) -> None:
        self.press(at)
        self.release(at)

    def drag(self, number: int, by: tuple[int, int]) -> None:
        """Take a point and drop it so many pixels of the screen away."""
        x, y = self.on_screen(number)
        self.press((x, y))
        self.move((x + by[0] // 2, y + by[1] // 2))
        self.release((x + by[0], y + by[1]))

    def choose(self, number: int) -> None:
        """Press Tab until a point is chosen."""
        for _ in range(len(POINTS)):
            if self.page.selected == number:
                return
            self.keys(pygame.K_TAB)
        raise AssertionError(f"Tab never comes to {POINTS[number]}")


@contextmanager
def sitting(folder: Path, *what, **more) -> Iterator[Hand]:
    """A hand before an open tool; the window is closed at the end."""
    hand = Hand(folder, *what, **more)
    try:
        yield hand
    finally:
        hand.tool.close()
