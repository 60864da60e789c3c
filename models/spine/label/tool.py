"""The window in which somebody labels pictures, and its loop."""

import os

import pygame

from edge.display.canvas import Canvas
from edge.display.font import Typeface, find_family
from edge.display.theme import MIST, NIGHT, PAPER, TEAL
from edge.errors import DeviceError, PictureError
from models.spine.label.asking import Asking
from models.spine.label.desk import Desk
from models.spine.label.labelling import Labelling
from models.spine.label.layout import layout
from models.spine.label.panel import paint

TITLE = "Plumbline: label pictures"
REPEAT_MS = (300, 33)
"""How long a key is held before it repeats, and how often then."""
WAIT_MS = 200
SMALLEST_PX = (640, 480)
INVISIBLE = ("dummy", "offscreen")


class Tool:
    """
    Asks for consent, sorts the pictures, lets somebody correct them.

        Tool(desk, (1280, 720)).run()
    """

    def __init__(self, desk: Desk, size_px: tuple[int, int]) -> None:
        """
        Open the window.

        Raises:
            DeviceError: there is no screen.
        """
        self._desk = desk
        self._window = _open(size_px)
        self._typeface = Typeface(find_family())
        self.canvas = Canvas(self._window.get_size(), self._typeface)
        self.page: Asking | Labelling = Asking(desk)
        self.refresh()

    def run(self) -> None:
        """Go on until somebody quits; the window is closed whatever happens."""
        try:
            while not self.page.done:
                self.step(WAIT_MS)
        finally:
            self.close()

    def step(self, wait_ms: int = 0) -> None:
        """Do what was asked for since the last step and paint; wait for something at most this long, milliseconds."""
        first = pygame.event.wait(wait_ms) if wait_ms else pygame.event.poll()
        if first.type == pygame.NOEVENT:
            return
        for event in (first, *pygame.event.get()):
            self._handle(event)
            if self.page.done:
                return
        self.refresh()

    def close(self) -> None:
        """Give the screen back; closing twice is fine."""
        pygame.display.quit()

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.VIDEORESIZE:
            size = max(event.w, SMALLEST_PX[0]), max(event.h, SMALLEST_PX[1])
            self.canvas = Canvas(size, self._typeface)
            if isinstance(self.page, Labelling):
                self.page.resize(layout(size))
        self.page.handle(event)
        self._turn()

    def _turn(self) -> None:
        """From the questions to the pictures."""
        if isinstance(self.page, Asking) and self.page.finished and not self.page.done:
            self._desk.sort(self._told)
            if not self._desk.items:
                raise PictureError(
                    "no picture may be opened, none has consent: ask the people in them, then start again"
                )
            self.page = Labelling(self._desk, layout(self.canvas.rect.size))

    def refresh(self) -> None:
        """Paint what there is to see."""
        self._turn()
        if isinstance(self.page, Asking):
            self.page.paint(self.canvas)
        else:
            paint(self.canvas, self.page)
        self._flip()

    def _told(self, done: int, total: int) -> None:
        """While the network reads the pictures."""
        canvas = self.canvas
        canvas.clear(NIGHT)
        size = canvas.sizes.body_px
        words = canvas.typeface.wrap(f"The network reads picture {done + 1} of {total}", size, True, canvas.rect.width)
        place = pygame.Rect(0, canvas.rect.centery - 2 * size, canvas.rect.width, 2 * size)
        canvas.write(words, place, PAPER, NIGHT, "centre")
        bar = pygame.Rect(canvas.rect.width // 4, canvas.rect.centery, canvas.rect.width // 2, size // 2)
        canvas.box(bar, MIST, bar.height // 2)
        canvas.box(
            pygame.Rect(bar.left, bar.top, round(bar.width * (done + 1) / total), bar.height), TEAL, bar.height // 2
        )
        self._flip()
        pygame.event.pump()  # else the desktop takes the window for dead

    def _flip(self) -> None:
        try:
            window = pygame.display.get_surface()
            if window is None:
                raise DeviceError("the window is gone, start again: what was corrected is kept")
            window.blit(self.canvas.surface, (0, 0))
            pygame.display.flip()
        except pygame.error as error:
            raise DeviceError(
                f"the screen does not answer ({error}), start again: what was corrected is kept"
            ) from None


def _open(size_px: tuple[int, int]) -> pygame.Surface:
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver in INVISIBLE and os.environ.get("SDL_VIDEODRIVER") != driver:
            pygame.display.quit()
            raise DeviceError("no screen was found to label on: connect one, or start from a desktop")
        window = pygame.display.set_mode(size_px, pygame.RESIZABLE)
    except pygame.error as error:
        raise DeviceError(f"no screen can be opened ({error}): connect one, or start from a desktop") from None
    pygame.display.set_caption(TITLE)
    pygame.key.set_repeat(*REPEAT_MS)
    return window
