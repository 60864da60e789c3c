"""The real driver, on SDL's own dummy screen."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

import edge.display
from edge.display.display import Action
from edge.display.pygame import PygameDisplay
from edge.errors import DeviceError
from edge.session.state import Phase
from edge.session.tasks.inputs import Key, Typed
from tests.display.screens import picture, screen, seen


@pytest.fixture
def display(monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    display = PygameDisplay(1280, 720, full_screen=False)
    pygame.event.clear()
    yield display
    display.close()


def key(name):
    return pygame.event.Event(pygame.KEYDOWN, key=name)


@pytest.mark.parametrize(
    ("event", "action"),
    [
        (key(pygame.K_SPACE), Action.PRESS),
        (key(pygame.K_RETURN), Key.CONFIRM),
        (key(pygame.K_s), Key.SKIP),
        (key(pygame.K_LEFT), Key.LESS),
        (key(pygame.K_UP), Key.MORE),
        (key(pygame.K_MINUS), Key.OTHER_SIDE),
        (key(pygame.K_7), Typed(7)),
        (key(pygame.K_KP_0), Typed(0)),
        (key(pygame.K_BACKSPACE), Action.CANCEL),
        (key(pygame.K_c), Action.CANCEL),
        (key(pygame.K_ESCAPE), Action.QUIT),
        (key(pygame.K_q), Action.QUIT),
        (pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(5, 5), touch=False), Action.PRESS),
        (pygame.event.Event(pygame.FINGERDOWN, touch_id=0, finger_id=0, x=0.5, y=0.5), Action.PRESS),
        (pygame.event.Event(pygame.QUIT), Action.QUIT),
    ],
)
def test_keys_clicks_and_touches_are_understood(display, event, action):
    pygame.event.post(event)
    assert display.actions() == [action]
    assert display.actions() == []


@pytest.mark.parametrize(
    "event",
    [
        key(pygame.K_F4),
        key(pygame.K_a),
        pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=3, pos=(5, 5), touch=False),
        pygame.event.Event(pygame.MOUSEMOTION, pos=(5, 5), rel=(1, 1), buttons=(0, 0, 0), touch=False),
    ],
)
def test_anything_else_is_ignored(display, event):
    pygame.event.post(event)
    assert display.actions() == []


def test_a_touch_counts_once_although_sdl_repeats_it_as_a_click(display):
    pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, touch_id=0, finger_id=0, x=0.5, y=0.5))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(5, 5), touch=True))
    assert display.actions() == [Action.PRESS]


def test_actions_come_in_the_order_they_were_made(display):
    for name in (pygame.K_SPACE, pygame.K_c, pygame.K_q):
        pygame.event.post(key(name))
    assert display.actions() == [Action.PRESS, Action.CANCEL, Action.QUIT]


def test_what_was_painted_can_be_read_and_is_on_the_window(display):
    display.show(screen(frame=picture(), observation=seen()))
    window = pygame.display.get_surface()
    assert display.surface.get_size() == window.get_size() == (1280, 720)
    for spot in ((40, 40), (640, 360), (1200, 700), (140, 400)):
        assert display.surface.get_at(spot)[:3] == window.get_at(spot)[:3]


def test_each_phase_looks_different(display):
    looks = set()
    for phase in (Phase.IDLE, Phase.POSITION, Phase.TAKE, Phase.BETWEEN, Phase.PAUSED):
        display.show(screen(phase))
        looks.add(pygame.image.tobytes(display.surface, "RGB"))
    assert len(looks) == 5


def test_a_resized_window_is_painted_anew(display):
    pygame.display.set_mode((800, 480), pygame.RESIZABLE)
    display.show(screen())
    assert display.surface.get_size() == (800, 480)


def test_a_closed_display_says_so_and_closes_twice(display):
    display.close()
    display.close()
    assert display.actions() == []
    with pytest.raises(DeviceError, match="closed"):
        display.show(screen())


def test_a_screen_that_went_away_is_a_device_error(display):
    pygame.display.quit()
    with pytest.raises(DeviceError, match="restart the station"):
        display.show(screen())
    assert display.actions() == []


def test_without_a_screen_one_sentence_says_what_to_do():
    environment = {name: value for name, value in os.environ.items() if name not in NO_SCREEN_AT_ALL}
    program = (
        "from edge.display.pygame import PygameDisplay\n"
        "from edge.errors import DeviceError\n"
        "try:\n    PygameDisplay(640, 480)\n"
        "except DeviceError as error:\n    print(error)\n"
    )
    environment["SDL_VIDEODRIVER"] = "no-such-driver"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert "no screen can be opened" in done.stdout
    assert "set display.driver to simulated" in done.stdout


NO_SCREEN_AT_ALL = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


def test_no_picture_or_video_writer_is_called_anywhere_in_the_display():
    forbidden = {"imwrite", "imencode", "VideoWriter", "save", "save_extended", "tofile", "write_bytes", "open"}
    for source in Path(edge.display.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert name not in forbidden, f"{source.name}:{node.lineno} calls {name}"
