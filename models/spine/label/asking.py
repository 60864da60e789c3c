"""Asks for the consent of whoever is in a picture before anybody sees the picture."""

import pygame

from edge.display.canvas import Canvas
from edge.display.theme import AMBER, EDGE, INK, MIST, NIGHT, PAPER, SLATE, TEAL, Colour
from edge.errors import ConfigError, StoreError
from models.spine.label.desk import Desk
from models.spine.label.record import STATEMENT
from models.spine.label.stamp import consent_date

ASKED_FOR = "When was consent given? Type the date, YYYY-MM-DD, then press Enter."
CHOICES = (
    "Enter: consent was given on this date, open the picture",
    "N: there is no consent, never open it",
    "L: ask later",
    "Esc: quit",
)
LETTERS = 10


class Asking:
    """
    One question for each picture nobody was asked about; the picture itself is not shown.

        page = Asking(desk)
        page.handle(event)

    Attributes:
        typed: the date so far.
        message: what is wrong with it.
        finished: nobody is left to be asked about.
        done: nobody wants to go on.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.typed = ""
        self.message = ""
        self.done = False

    @property
    def finished(self) -> bool:
        """Whether every picture has its answer or was put off."""
        return not self.desk.unasked

    def handle(self, event: pygame.event.Event) -> None:
        """Do what one event asks for."""
        if event.type == pygame.QUIT:
            self.done = True
        elif event.type == pygame.KEYDOWN and not self.finished:
            try:
                self._key(event.key)
            except (ConfigError, StoreError) as error:
                self.message = str(error)

    def _key(self, key: int) -> None:
        self.message = ""
        match key:
            case pygame.K_ESCAPE | pygame.K_q:
                self.done = True
            case pygame.K_RETURN | pygame.K_KP_ENTER:
                self.desk.consent(consent_date(self.typed, self.desk.today))
                self.typed = ""
            case pygame.K_n:
                self.desk.consent(None)
                self.typed = ""
            case pygame.K_l:
                self.desk.ask_later()
                self.typed = ""
            case pygame.K_BACKSPACE:
                self.typed = self.typed[:-1]
            case _ if len(self.typed) < LETTERS:
                self.typed += _letter(key)

    def paint(self, canvas: Canvas) -> None:
        """Show the question."""
        canvas.clear(NIGHT)
        size, gap = canvas.sizes.body_px, canvas.sizes.gap_px
        place = canvas.rect.inflate(-canvas.rect.width // 4, -canvas.rect.height // 4)
        canvas.frame(place, EDGE, SLATE, gap, max(1, size // 16))
        inner = place.inflate(-4 * gap, -4 * gap)
        file = self.desk.unasked[0].path.name if self.desk.unasked else ""
        lines = (
            (f"Before {file} is opened ({len(self.desk.unasked)} to ask about)", TEAL, True),
            (STATEMENT, PAPER, False),
            (ASKED_FOR, MIST, False),
        )
        for text, colour, bold in lines:
            inner = _written(canvas, inner, text, colour, bold)
        field = pygame.Rect(inner.left, inner.top, size * 9, size * 2)
        canvas.frame(field, TEAL, NIGHT, size // 3, max(1, size // 12))
        typed = canvas.typeface.wrap(f"{self.typed}|", size, True, field.width)
        canvas.write(typed, field.inflate(-size, -size // 2), PAPER, NIGHT)
        inner.top = field.bottom + gap
        for choice in CHOICES:
            inner = _written(canvas, inner, choice, MIST, False).move(0, -gap // 2)
        if self.message:
            wrong = canvas.typeface.wrap(self.message, size, True, canvas.rect.width - 4 * gap)
            strip = pygame.Rect(0, canvas.rect.bottom - wrong.height_px - gap, canvas.rect.width, wrong.height_px + gap)
            canvas.surface.fill(AMBER, strip)
            canvas.write(wrong, strip.inflate(-4 * gap, -gap), INK, AMBER)


def _letter(key: int) -> str:
    if pygame.K_0 <= key <= pygame.K_9:
        return chr(key)
    if pygame.K_KP1 <= key <= pygame.K_KP9:
        return str(key - pygame.K_KP1 + 1)
    return {pygame.K_KP0: "0", pygame.K_MINUS: "-", pygame.K_KP_MINUS: "-"}.get(key, "")


def _written(canvas: Canvas, inner: pygame.Rect, text: str, colour: Colour, bold: bool) -> pygame.Rect:
    """Write a paragraph and give what is left below it."""
    paragraph = canvas.typeface.wrap(text, canvas.sizes.body_px, bold, inner.width)
    covered = canvas.write(paragraph, inner, colour, SLATE)
    rest = inner.copy()
    rest.top = covered.bottom + canvas.sizes.gap_px
    return rest
