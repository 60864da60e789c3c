"""Run as a process: vision with a simulated pose network, breaking the way its settings' site name says."""

import os
import socket
import sys
from pathlib import Path

import numpy as np

from edge.camera.recording import RecordingCamera
from edge.camera.simulated import SimulatedCamera
from edge.clock import Clock
from edge.config import StationConfig
from edge.errors import ModelError
from edge.pose.estimator import Estimate
from edge.vision import Networks, Parts, run_child
from tests.ring.parts import landmarks


class SimulatedEstimator:
    """Finds one person in the same place in every frame."""

    def __init__(self, site: str) -> None:
        self.site = site

    def estimate(self, frame):
        match self.site:
            case "fails":
                raise ModelError("the simulated network has failed, this is a test")
            case "spy-file":
                Path(os.devnull).write_text("a person was here")
            case "spy-socket":
                socket.socket(socket.AF_UNIX).connect("/nowhere")
        return Estimate(landmarks(frame.time_s), 1)

    def reset(self) -> None:
        pass


def camera(config: StationConfig, clock: Clock):
    if config.camera.driver == "recording":
        return RecordingCamera(Path(config.camera.path), clock, loop=config.camera.loop)
    return SimulatedCamera([], clock, fps=config.camera.fps, size_px=(config.camera.width, config.camera.height))


def networks(config: StationConfig) -> Networks:
    match config.site.site:
        case "dies":
            os._exit(7)
        case "crashes":
            raise ZeroDivisionError
        case "refuses":
            raise ModelError("pose_full.int8.onnx has been altered, build it again")
        case "spy" | "spy-file" | "spy-socket":
            sys.addaudithook(spy)
    return Networks(SimulatedEstimator(config.site.site), "simulated pose network")


def spy(event: str, arguments: tuple[object, ...]) -> None:
    """End the process with its own exit code where it writes a file or opens a socket."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event.startswith(("socket.", "subprocess.", "os.mkdir", "os.remove", "os.rename")):
        os._exit(99)


if __name__ == "__main__":
    np.seterr(all="raise")
    run_child(Parts(camera, networks))
