import threading

import numpy as np
import pytest

from edge.camera.liveness import Liveness
from edge.camera.simulated import Fault, SimulatedCamera
from edge.camera.state import CameraState
from edge.clock import SimulatedClock
from edge.errors import DeviceError


def test_pictures_come_paced_over_and_over():
    images = [np.full((4, 6, 3), level, np.uint8) for level in (10, 20)]
    camera = SimulatedCamera(images, SimulatedClock(), fps=10.0)
    frames = [camera.read() for _ in range(4)]
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [10, 20, 10, 20]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.3])


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (None, CameraState.FINE),
        (Fault.FREEZE, CameraState.FROZEN),
        (Fault.BLACK, CameraState.DARK),
        (Fault.WHITE, CameraState.BRIGHT),
        (Fault.SLOW, CameraState.SLOW),
    ],
)
def test_each_fault_is_what_the_liveness_check_calls_it(fault: Fault | None, state: CameraState):
    camera, liveness = SimulatedCamera([], SimulatedClock(), size_px=(64, 48), fault=fault), Liveness(30.0)
    assert [liveness.judge(camera.read()) for _ in range(25)][-1] is state


def test_a_camera_that_has_gone_says_so_and_comes_back():
    camera = SimulatedCamera([], SimulatedClock(), size_px=(64, 48))
    camera.fault = Fault.RAISE
    with pytest.raises(DeviceError):
        camera.read()
    camera.fault = None
    camera.read()


def test_a_stopped_camera_hangs_until_it_is_closed():
    camera = SimulatedCamera([], SimulatedClock(), size_px=(64, 48), fault=Fault.STOP)
    errors: list[Exception] = []

    def read() -> None:
        try:
            camera.read()
        except DeviceError as error:
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join(0.1)
    assert thread.is_alive()
    camera.close()
    thread.join(5.0)
    assert len(errors) == 1
