from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.camera.ended import CameraEndedError
from edge.camera.folder import FolderCamera, read_picture
from edge.clock import SimulatedClock
from edge.errors import DeviceError, PictureError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, level in (("b.png", 100), ("a.png", 50), ("c.JPG", 150)):
        cv2.imwrite(str(tmp_path / name), np.full((40, 30, 3), level, np.uint8))
    (tmp_path / "notes.txt").write_text("not a picture")
    return tmp_path


def test_pictures_come_in_the_order_of_their_names_and_end(folder: Path):
    camera = FolderCamera(folder, SimulatedClock(), fps=2.0)
    frames = [camera.read() for _ in range(3)]
    assert [round(float(frame.image.mean()), -1) for frame in frames] == [50, 100, 150]
    assert [(frame.index, frame.time_s) for frame in frames] == [(0, 0.0), (1, 0.5), (2, 1.0)]
    with pytest.raises(CameraEndedError, match="every picture was shown"):
        camera.read()
    camera.close()


def test_a_loop_begins_again_and_goes_on_counting(folder: Path):
    camera = FolderCamera(folder, SimulatedClock(), loop=True)
    assert [camera.read().index for _ in range(7)] == list(range(7))


def test_a_late_reader_loses_pictures(folder: Path):
    clock = SimulatedClock()
    camera = FolderCamera(folder, clock, fps=10.0, loop=True)
    camera.read()
    clock.sleep(0.55)
    assert camera.read().index == 5


def test_one_broken_picture_is_named_and_the_next_one_is_shown(folder: Path):
    (folder / "b.png").write_bytes(b"\x89PNG but not really")
    camera = FolderCamera(folder, SimulatedClock())
    camera.read()
    with pytest.raises(PictureError, match=r"b\.png: cannot be read as a picture"):
        camera.read()
    assert camera.read().index == 2


def test_pictures_are_stood_upright(folder: Path):
    assert FolderCamera(folder, SimulatedClock(), rotation_deg=270).read().size_px == (40, 30)


def test_a_folder_that_is_missing_empty_or_taken_away_is_named(folder: Path, tmp_path: Path):
    with pytest.raises(DeviceError, match="no such folder"):
        FolderCamera(tmp_path / "nowhere", SimulatedClock())
    (tmp_path / "empty").mkdir()
    with pytest.raises(DeviceError, match="holds no pictures"):
        FolderCamera(tmp_path / "empty", SimulatedClock())
    camera = FolderCamera(folder, SimulatedClock())
    for path in folder.iterdir():
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()
    with pytest.raises(DeviceError, match="the folder has gone"):
        camera.read()


def test_an_empty_missing_or_oversized_picture_is_refused(tmp_path: Path):
    (tmp_path / "empty.png").touch()
    with pytest.raises(PictureError, match=r"empty\.png: 0 bytes"):
        read_picture(tmp_path / "empty.png")
    with pytest.raises(PictureError, match=r"gone\.png: cannot be read \(No such file"):
        read_picture(tmp_path / "gone.png")
    cv2.imwrite(str(tmp_path / "long.png"), np.zeros((4097, 8, 3), np.uint8))
    with pytest.raises(PictureError, match="8x4097 is too large"):
        read_picture(tmp_path / "long.png")


def test_a_grey_picture_becomes_a_colour_one(tmp_path: Path):
    cv2.imwrite(str(tmp_path / "grey.png"), np.full((8, 9), 77, np.uint8))
    assert read_picture(tmp_path / "grey.png").shape == (8, 9, 3)
