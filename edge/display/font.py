"""The typeface: which files are used, and text wrapped, fitted and rendered with them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pygame

from edge.display.theme import Colour
from edge.errors import ConfigError

FAMILIES: tuple[tuple[Path, Path], ...] = (
    (
        Path("/usr/share/fonts/opentype/inter/Inter-Regular.otf"),
        Path("/usr/share/fonts/opentype/inter/Inter-SemiBold.otf"),
    ),
    (
        Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
        Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    ),
)
"""Regular and bold, best first: Debian's fonts-inter, then fonts-dejavu-core."""


def find_family(font: str = "") -> tuple[Path, Path] | None:
    """
    Files of the regular and the bold face; None means pygame's own font.

    Raises:
        ConfigError: `font` names a file that is not there.
    """
    if font:
        if not Path(font).is_file():
            raise ConfigError(f"display.font: {font} is not a file, name a .ttf, .otf or .ttc or leave it empty")
        return Path(font), Path(font)
    return next((family for family in FAMILIES if all(face.is_file() for face in family)), None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    Text broken into lines.

    Attributes:
        lines: one string a line.
        size_px: height of the letters' em.
        bold: weight.
        width_px: of the widest line.
        height_px: of all lines.
        complete: False when the text did not fit and was cut.
    """

    lines: tuple[str, ...]
    size_px: int
    bold: bool
    width_px: int
    height_px: int
    complete: bool


class Typeface:
    """
    Renders text and remembers what it rendered.

        typeface = Typeface(find_family())
    """

    def __init__(self, family: tuple[Path, Path] | None) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self._family = family
        self._font = lru_cache(maxsize=64)(self._open)
        self.wrap = lru_cache(maxsize=512)(self._wrap)
        self.fit = lru_cache(maxsize=512)(self._fit)
        self.render = lru_cache(maxsize=512)(self._render)

    def _open(self, size_px: int, bold: bool) -> pygame.font.Font:
        if self._family is None:
            return pygame.font.Font(None, size_px)
        try:
            font = pygame.font.Font(self._family[bold], size_px)
            font.size(" ")  # a file that is no font is noticed at the first use only
            return font
        except pygame.error as error:
            raise ConfigError(f"display.font: {self._family[bold]} is not a font pygame can read ({error})") from None

    def _wrap(self, text: str, size_px: int, bold: bool, width_px: int) -> Paragraph:
        """Break text at spaces, and inside a word only where the word alone is too wide."""
        font = self._font(size_px, bold)
        lines: list[str] = []
        for word in filter(None, text.split(" ")):  # not at a no-break space
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and font.size(joined)[0] <= width_px:
                lines[-1] = joined
            else:
                lines.extend(_pieces(word, font, width_px))
        return self._paragraph(lines, size_px, bold, complete=True)

    def _fit(self, text: str, size_px: tuple[int, int], bold: bool, room_px: tuple[int, int]) -> Paragraph:
        """The largest paragraph from size_px[1] down to size_px[0] that fits into room_px (width, height)."""
        smallest, largest = size_px
        for size in range(max(smallest, largest), smallest - 1, -max(1, largest // 24)):
            paragraph = self.wrap(text, size, bold, room_px[0])
            if paragraph.height_px <= room_px[1]:
                return self._balance(text, paragraph, room_px[0])
        paragraph = self.wrap(text, smallest, bold, room_px[0])
        if paragraph.height_px <= room_px[1]:
            return paragraph
        return self._cut(paragraph, room_px)

    def _balance(self, text: str, paragraph: Paragraph, width_px: int) -> Paragraph:
        """The same number of lines, of about the same length: no single word is left on the last one."""
        for share in range(95, 50, -5):
            narrower = self.wrap(text, paragraph.size_px, paragraph.bold, width_px * share // 100)
            if len(narrower.lines) > len(paragraph.lines) or " ".join(narrower.lines) != " ".join(paragraph.lines):
                break  # one line more, or a word broken in two
            paragraph = narrower
        return paragraph

    def _cut(self, paragraph: Paragraph, room_px: tuple[int, int]) -> Paragraph:
        font = self._font(paragraph.size_px, paragraph.bold)
        lines = list(paragraph.lines[: max(1, room_px[1] // font.get_linesize())])
        while lines[-1] and font.size(lines[-1] + "…")[0] > room_px[0]:
            lines[-1] = lines[-1][:-1]
        lines[-1] += "…"
        return self._paragraph(lines, paragraph.size_px, paragraph.bold, complete=False)

    def _paragraph(self, lines: list[str], size_px: int, bold: bool, *, complete: bool) -> Paragraph:
        font = self._font(size_px, bold)
        width = max((font.size(line)[0] for line in lines), default=0)
        return Paragraph(tuple(lines), size_px, bold, width, len(lines) * font.get_linesize(), complete)

    def _render(self, line: str, size_px: int, bold: bool, colour: Colour, ground: Colour) -> pygame.Surface:
        """One line on an opaque ground: a blit without alpha is several times cheaper on a small computer."""
        return self._font(size_px, bold).render(line, True, colour, ground)

    def line_px(self, size_px: int, bold: bool = False) -> int:
        """Height of one line, pixels."""
        return self._font(size_px, bold).get_linesize()


def _pieces(word: str, font: pygame.font.Font, width_px: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.size(pieces[-1] + letter)[0] > width_px:
            pieces.append("")
        pieces[-1] += letter
    return pieces
