"""A screen driven by pygame: a window, or the whole screen with or without a desktop."""

import os

import pygame

from edge.display.border import paint_border
from edge.display.canvas import Canvas
from edge.display.display import Action, Screen
from edge.display.font import Typeface, find_family
from edge.display.live import paint_live
from edge.display.result import paint_result
from edge.display.scoliometer import paint_scoliometer
from edge.display.stage import Stage
from edge.display.task import paint_task
from edge.display.theme import NIGHT
from edge.display.touch import Zone, touched
from edge.display.welcome import paint_welcome
from edge.errors import DeviceError
from edge.session.state import Phase
from edge.session.tasks.inputs import Input, Key, Typed

KEYS: dict[int, Action | Input] = {
    pygame.K_SPACE: Action.PRESS,
    pygame.K_RETURN: Key.CONFIRM,
    pygame.K_KP_ENTER: Key.CONFIRM,
    pygame.K_s: Key.SKIP,
    pygame.K_LEFT: Key.LESS,
    pygame.K_DOWN: Key.LESS,
    pygame.K_RIGHT: Key.MORE,
    pygame.K_UP: Key.MORE,
    pygame.K_MINUS: Key.OTHER_SIDE,
    pygame.K_KP_MINUS: Key.OTHER_SIDE,
    **{pygame.K_0 + digit: Typed(digit) for digit in range(10)},
    **{key: Typed(digit) for digit, key in enumerate((pygame.K_KP_0, *range(pygame.K_KP_1, pygame.K_KP_9 + 1)))},
    pygame.K_BACKSPACE: Action.CANCEL,
    pygame.K_c: Action.CANCEL,
    pygame.K_ESCAPE: Action.QUIT,
    pygame.K_q: Action.QUIT,
}
INVISIBLE = ("dummy", "offscreen")
"""SDL's drivers without a screen; SDL_VIDEODRIVER must ask for them by name."""
NO_SCREEN = "no screen can be opened ({}): connect one, start from a desktop, or set display.driver to simulated"


class PygameDisplay:
    """
    Paints on a screen and listens to its keys, mouse and touch.

        display = PygameDisplay(1280, 720, full_screen=False)

    Space, Enter, a click or a touch is a press; Backspace or C cancels; Esc, Q or closing the window quits. During the
    tasks S skips, digits and arrows enter numbers, Enter confirms, and only what looks like a button can be touched.
    Tested with SDL's dummy driver and under X; never on a touch screen and never with KMSDRM on a device.
    """

    def __init__(
        self,
        width: int,
        height: int,
        *,
        full_screen: bool = True,
        font: str = "",
        title: str = "Plumbline",
        stage: Stage = Stage(show_picture=True, roll_deg=0.0),  # noqa: B008 (frozen)
    ) -> None:
        """
        Args:
            width: pixels; a full screen keeps its own size.
            height: pixels.
            full_screen: cover the screen and hide the pointer.
            font: a .ttf, .otf or .ttc; empty for the system's.
            title: of the window.
            stage: how the person is shown.
        """
        self._typeface = Typeface(find_family(font))
        self._stage = stage
        self._window: pygame.Surface | None = _open_window((width, height), full_screen, title)
        self._canvas = Canvas(self._window.get_size(), self._typeface)
        self._zones: list[Zone] = []

    @property
    def surface(self) -> pygame.Surface:
        """What was painted last; read only."""
        return self._canvas.surface

    def show(self, screen: Screen) -> None:
        """Paint once and flip; raise DeviceError when the screen is gone."""
        if self._window is None:
            raise DeviceError("the display was closed, open a new one")
        try:
            window = pygame.display.get_surface()
            if window is None:
                raise DeviceError("the window is gone, restart the station")
            if window.get_size() != self._canvas.rect.size:
                self._canvas = Canvas(window.get_size(), self._typeface)
            self._zones = paint(self._canvas, screen, self._stage)
            window.blit(self._canvas.surface, (0, 0))
            pygame.display.flip()
        except pygame.error as error:
            raise DeviceError(
                f"the screen does not answer ({error}), check its cable and restart the station"
            ) from None

    def actions(self) -> list[Action | Input]:
        """What was asked for since the last call, oldest first."""
        if self._window is None or not pygame.display.get_init():
            return []
        found = [_action(event, self._zones, self._canvas.rect.size) for event in pygame.event.get()]
        return [action for action in found if action is not None]

    def close(self) -> None:
        """Give the screen back; closing twice is fine."""
        if self._window is not None:
            self._window = None
            pygame.display.quit()


def paint(canvas: Canvas, screen: Screen, stage: Stage) -> list[Zone]:
    """
    Paint the border and the page that the session's phase asks for.

    Returns:
        What can be touched; nothing where a touch anywhere is a press.
    """
    canvas.clear(NIGHT)
    place = paint_border(canvas, screen)
    match screen.state.phase:
        case Phase.IDLE:
            paint_welcome(canvas, place, screen)
        case Phase.RESULT:
            paint_result(canvas, place, screen)
        case Phase.TASK:
            return paint_task(canvas, place, screen, stage)
        case Phase.SCOLIOMETER:
            return paint_scoliometer(canvas, place, screen)
        case _:
            paint_live(canvas, place, screen, stage)
    return []


def _open_window(size_px: tuple[int, int], full_screen: bool, title: str) -> pygame.Surface:
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver in INVISIBLE and os.environ.get("SDL_VIDEODRIVER") != driver:
            pygame.display.quit()
            raise DeviceError(NO_SCREEN.format("neither a desktop nor a connected screen was found"))
        visible_size = (0, 0) if full_screen and driver not in INVISIBLE else size_px
        # No SCALED: it keeps one core busy on small computers.
        window = pygame.display.set_mode(visible_size, pygame.FULLSCREEN if full_screen else pygame.RESIZABLE)
    except pygame.error as error:
        raise DeviceError(NO_SCREEN.format(error)) from None
    pygame.display.set_caption(title)
    pygame.mouse.set_visible(not full_screen)
    return window


def _action(event: pygame.event.Event, zones: list[Zone], size_px: tuple[int, int]) -> Action | Input | None:
    if event.type == pygame.QUIT:
        return Action.QUIT
    if event.type == pygame.KEYDOWN:
        return KEYS.get(event.key)
    if event.type == pygame.FINGERDOWN:
        return _touch((event.x * size_px[0], event.y * size_px[1]), zones)
    # SDL repeats every touch as a mouse click, marked as such.
    if event.type == pygame.MOUSEBUTTONDOWN and event.button == pygame.BUTTON_LEFT and not event.touch:
        return _touch(event.pos, zones)
    return None


def _touch(at_px: tuple[float, float], zones: list[Zone]) -> Action | Input | None:
    """Where there are buttons only they count: a hand that leans on the screen skips nothing."""
    return touched(zones, at_px) if zones else Action.PRESS
