"""One picture under somebody's hand: what mouse and keys do to its points."""

import math

import pygame

from models.spine.label.desk import Desk
from models.spine.label.drag import Drag
from models.spine.label.editor import Editor
from models.spine.label.keys import Do, asked, nudge, toggled
from models.spine.label.layout import Layout
from models.spine.label.points import GROUPS, MIDLINE, SHOWN_FIRST, group_of, spoken
from models.spine.label.view import Point, View, fitted

REACH_PX = 14.0
"""So far from a point, on the screen, it can be taken."""
ZOOM = 1.25
SMALLEST = 0.5
"""The smallest zoom, shares of the whole picture's."""


class Labelling:
    """
    Turns events into changes on the desk; each drop and each key is kept at once.

        page = Labelling(desk, layout((1280, 720)))
        page.handle(event)

    Attributes:
        selected: the point that keys act on.
        drag: the point in the hand.
        nudging: whether arrows move the selected point just now.
        shown: numbers of the groups that are shown.
        message: one sentence about what was just done.
        done: nobody wants to go on.
    """

    def __init__(self, desk: Desk, parts: Layout) -> None:
        self.desk, self.parts = desk, parts
        self.selected: int | None = None
        self.drag: Drag | None = None
        self.nudging = False
        self.shown = set(SHOWN_FIRST)
        self.message = ""
        self.done = False
        self.pointer: tuple[int, int] = parts.stage.center
        self._pan: tuple[int, int] | None = None
        self._warned = False
        self.view = self._whole()

    def resize(self, parts: Layout) -> None:
        """The window has another size."""
        self.parts, self.drag, self._pan = parts, None, None
        self.view = self._whole()

    @property
    def numbers(self) -> list[int]:
        """The points that are shown, in the order of Tab."""
        return [n for place, group in enumerate(GROUPS) if place in self.shown for n in group.members]

    def place(self, number: int) -> Point | None:
        """Where a point is now, in the hand included; pixels of the picture."""
        if self.drag is not None and self.drag.number == number and self.drag.now_px is not None:
            return self.drag.now_px
        return self.desk.points[number].xy_px

    def in_sight(self) -> list[int]:
        """The shown points that lie within the picture's part of the window."""
        placed = [(number, place) for number in self.numbers if (place := self.place(number)) is not None]
        return [number for number, place in placed if self.parts.stage.collidepoint(self.view.to_screen(place))]

    def handle(self, event: pygame.event.Event) -> None:
        """Do what one event asks for."""
        match event.type:
            case pygame.MOUSEMOTION:
                self.pointer = event.pos
                self._moved(event.pos)
            case pygame.MOUSEBUTTONDOWN:
                self.pointer = event.pos
                self._settle()
                self._pressed(event.pos, event.button)
            case pygame.MOUSEBUTTONUP:
                self._released(event.pos, event.button)
            case pygame.MOUSEWHEEL if self.drag is None and event.y:
                self._zoom(ZOOM**event.y, self.pointer)
            case pygame.KEYDOWN | pygame.KEYUP | pygame.QUIT:
                self._key(event)

    def _key(self, event: pygame.event.Event) -> None:
        by = nudge(event)
        if by is not None:
            self._nudge(by)
            return
        if event.type == pygame.KEYUP or event.type == pygame.QUIT or asked(event) or toggled(event) is not None:
            self._settle()
        group, do = toggled(event), asked(event)
        if self.drag is not None and do not in (Do.LEAVE_POINT, Do.QUIT):
            return  # a hand that holds a point does nothing else
        if group is not None:
            self.toggle(group)
        elif do is not None:
            self.do(do)

    def _nudge(self, by: Point) -> None:
        if self.selected is None or self.drag is not None or self.desk.sheet is None:
            return
        at = self.place(self.selected)
        if at is None:
            self.message = f"{spoken(self.selected)} has no place yet: Space puts it under the pointer."
            return
        self.desk.sheet.editor.move(self.selected, (at[0] + by[0], at[1] + by[1]), self.desk.stamp, nudged=True)
        self.desk.changed()
        # Kept when the key is let go or anything else is done: a held key would write thirty times a second.
        self.nudging = True
        self._in_view()

    def _settle(self) -> None:
        if self.nudging:
            self.nudging = False
            self.desk.keep()

    def toggle(self, group: int) -> None:
        """Show a group or hide it; a point that is no longer shown is let go."""
        self.shown ^= {group}
        if self.selected is not None and group_of(self.selected) not in self.shown:
            self.selected = None

    def do(self, do: Do) -> None:
        """Do one of the listed things."""
        self.message = ""
        match do:
            case Do.QUIT:
                self._quit()
            case Do.NEXT | Do.PREVIOUS:
                self._turn(1 if do is Do.NEXT else -1)
            case Do.LEAVE_POINT:
                self.selected, self.drag = (self.selected, None) if self.drag else (None, None)
            case _ if self.desk.sheet is None:
                self.message = "This picture cannot be labelled; N opens the next one."
            case Do.NEXT_POINT | Do.PREVIOUS_POINT:
                self._step(1 if do is Do.NEXT_POINT else -1)
            case Do.WHOLE:
                self.view = self._trunk() if self.view == self._whole() else self._whole()
            case Do.CLOSER | Do.FARTHER:
                self._zoom(ZOOM if do is Do.CLOSER else 1 / ZOOM, self._focus())
            case _:
                self._change(do)

    def _change(self, do: Do) -> None:
        if self.desk.sheet is None:
            return
        editor = self.desk.sheet.editor
        if do in (Do.UNDO, Do.REDO, Do.CONFIRM_SHOWN):
            self.message = self._change_many(editor, do)
        elif self.selected is None:
            self.message = "Choose a point first: click it, or press Tab."
            return
        else:
            self.message = self._change_one(editor, do, self.selected)
        self.desk.changed()
        self.desk.keep()

    def _change_many(self, editor: Editor, do: Do) -> str:
        match do:
            case Do.UNDO:
                return "" if editor.undo() else "There is nothing to take back."
            case Do.REDO:
                return "" if editor.redo() else "Nothing was taken back."
        return f"{editor.confirm(self.in_sight(), self.desk.stamp)} points confirmed as predicted."

    def _change_one(self, editor: Editor, do: Do, number: int) -> str:
        match do:
            case Do.CONFIRM if not editor.confirm([number], self.desk.stamp):
                return "This point cannot be confirmed: it has no place, or was confirmed or corrected before."
            case Do.HIDE:
                editor.hide(number, self.desk.stamp)
            case Do.RESTORE:
                editor.restore(number)
            case Do.PUT:
                x, y = self.pointer if self.parts.stage.collidepoint(self.pointer) else self.parts.stage.center
                editor.move(number, self.view.to_picture((x + 0.5, y + 0.5)), self.desk.stamp)
        return ""

    def _pressed(self, at: tuple[int, int], button: int) -> None:
        if not self.parts.stage.collidepoint(at):
            pressed = self.parts.button_at(at) if button == pygame.BUTTON_LEFT else None
            if pressed is not None and isinstance(pressed.means, Do):
                self.do(pressed.means)
            elif pressed is not None and not isinstance(pressed.means, Do):
                self.toggle(pressed.means)
        elif button in (pygame.BUTTON_RIGHT, pygame.BUTTON_MIDDLE):
            self._pan = at
        elif button == pygame.BUTTON_LEFT and self.desk.sheet is not None:
            self.message = ""
            self.selected = self._nearest(at)
            if self.selected is not None and (place := self.place(self.selected)) is not None:
                self.drag = Drag(self.selected, at, place)

    def _moved(self, to: tuple[int, int]) -> None:
        if self._pan is not None:
            self.view = self.view.panned((to[0] - self._pan[0], to[1] - self._pan[1]))
            self._pan = to
        if self.drag is not None:
            self.drag = self.drag.moved(to, self.view.scale)

    def _released(self, at: tuple[int, int], button: int) -> None:
        if button in (pygame.BUTTON_RIGHT, pygame.BUTTON_MIDDLE):
            self._pan = None
        if button != pygame.BUTTON_LEFT or self.drag is None:
            return
        self._moved(at)
        dropped, self.drag = self.drag, None
        if dropped.now_px is not None and self.desk.sheet is not None:
            self.desk.sheet.editor.move(dropped.number, dropped.now_px, self.desk.stamp)
            self.desk.changed()
            self.desk.keep()

    def _nearest(self, at: tuple[int, int]) -> int | None:
        """The point a press means: the one already chosen if it is within reach, else the nearest."""
        away = {
            number: math.dist(self.view.to_screen(place), (at[0] + 0.5, at[1] + 0.5))
            for number in self.numbers
            if (place := self.place(number)) is not None
        }
        if self.selected is not None and away.get(self.selected, math.inf) <= REACH_PX / 2:
            return self.selected
        nearest = min(away, key=lambda number: away[number], default=None)
        return nearest if nearest is not None and away[nearest] <= REACH_PX else None

    def _step(self, way: int) -> None:
        numbers = self.numbers
        if numbers:
            at = numbers.index(self.selected) + way if self.selected in numbers else (0 if way > 0 else -1)
            self.selected = numbers[at % len(numbers)]
            self._in_view()

    def _turn(self, way: int) -> None:
        if not 0 <= self.desk.place + way < len(self.desk.items):
            self.message = "This is the last picture." if way > 0 else "This is the first picture."
        elif self.desk.open(self.desk.place + way):
            self.selected, self.drag, self.view = None, None, self._whole()

    def _quit(self) -> None:
        self.drag = None
        if self.desk.keep() or self._warned:
            self.done = True
        else:
            self._warned = True
            self.message = "Quit once more to leave without the last change."

    def _whole(self) -> View:
        sheet = self.desk.sheet
        return fitted(sheet.pyramid.size_px, self.parts.stage) if sheet else View(1.0, 0.0, 0.0)

    def _trunk(self) -> View:
        """The midline fills the window's height."""
        places = [place for number in MIDLINE if (place := self.desk.points[number].xy_px) is not None]
        if not places:
            return self._whole()
        (left, right), (top, bottom) = ((min(one), max(one)) for one in zip(*places, strict=True))
        view = fitted((max(1, right - left), max(1, bottom - top)), self.parts.stage)
        return view.panned((-view.scale * left, -view.scale * top))

    def _zoom(self, factor: float, about: Point) -> None:
        if self.desk.sheet is not None:
            self.view = self.view.zoomed(factor, about, SMALLEST * self._whole().scale)

    def _focus(self) -> Point:
        place = None if self.selected is None else self.place(self.selected)
        return self.parts.stage.center if place is None else self.view.to_screen(place)

    def _in_view(self) -> None:
        if self.selected is not None and (place := self.place(self.selected)) is not None:
            self.view = self.view.around(place, self.parts.stage)
