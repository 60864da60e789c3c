"""A screen that is painted like the station's, for measuring how evenly it can be painted."""

import os
from types import TracebackType

from edge.camera.frame import Frame
from edge.display.display import Screen
from edge.display.pygame import PygameDisplay
from edge.display.stage import Stage
from edge.guidance.texts import say
from edge.pose.body_view import BodyView
from edge.pose.observation import Observation
from edge.session.state import Phase, SessionState
from edge.spine.measures import measure
from edge.spine.setup import Setup

SIZE_PX = (1280, 720)
SETUP = Setup(px_per_m=610.0)


class Painter:
    """
    Paints the busiest page, a take with live measures, on a screen nobody sees.

        with Painter() as painter: measure_latency(config, 20.0, painter.paint)
    """

    def __init__(self) -> None:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
        stage = Stage(show_picture=True, roll_deg=0.0)
        self._display = PygameDisplay(*SIZE_PX, full_screen=False, stage=stage)
        self._count = 0

    def __enter__(self) -> "Painter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.close()

    def paint(self, frame: Frame | None, observation: Observation | None) -> None:
        """Paint once, as the station does in a take."""
        self._count += 1
        live = None
        if observation is not None and observation.landmarks is not None:
            live = measure(observation.landmarks, BodyView.BACK, SETUP)
        state = SessionState(Phase.TAKE, say("measuring"), 1, 3, self._count % 100 / 100, live, None)
        self._display.show(Screen(frame, observation, state, "RECORDING - not a live person", 3, None))
        self._display.actions()
