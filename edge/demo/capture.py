"""A display that also keeps what a person would have seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pygame

from edge.display.display import Action, Screen
from edge.errors import PictureError
from edge.pose.observation import Observation
from edge.session.state import Phase
from edge.session.tasks.inputs import Input

SETTLE_S = 0.8
"""A phase is photographed this long after it began, when its screen shows what it is about."""


class PaintedDisplay(Protocol):
    """A display whose picture can be read."""

    @property
    def surface(self) -> pygame.Surface: ...
    def show(self, screen: Screen) -> None: ...
    def actions(self) -> list[Action | Input]: ...
    def close(self) -> None: ...


class CapturingDisplay:
    """
    Passes everything on and keeps one screenshot a step, and every observation that was painted.

    Only the demo and the benches use it: the station itself cannot write pictures.
    """

    def __init__(self, inner: PaintedDisplay, folder: Path, now_s: Callable[[], float]) -> None:
        self._inner = inner
        self._folder = folder
        self._now_s = now_s
        self._key: tuple[Phase, int] | None = None
        self._since_s = 0.0
        self._kept: set[tuple[Phase, int]] = set()
        self.observations: dict[int, Observation] = {}
        self.pictures: list[Path] = []

    def show(self, screen: Screen) -> None:
        self._inner.show(screen)
        if screen.observation is not None:
            self.observations[screen.observation.index] = screen.observation
        key = (screen.state.phase, screen.state.take)
        if key != self._key:
            self._key, self._since_s = key, self._now_s()
        if key not in self._kept and self._now_s() - self._since_s >= SETTLE_S:
            self._kept.add(key)
            self.keep(f"{screen.state.phase.value}-{screen.state.take}")

    def keep(self, name: str) -> Path:
        """Write what is on the screen now as a numbered PNG."""
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        try:
            pygame.image.save(self._inner.surface, str(path))
        except (pygame.error, OSError) as error:
            raise PictureError(f"{path}: cannot be written ({error}), choose another place with --folder") from None
        self.pictures.append(path)
        return path

    def actions(self) -> list[Action | Input]:
        return self._inner.actions()

    def close(self) -> None:
        self._inner.close()
