import struct

import cv2
import numpy as np
import pytest

from edge.errors import PictureError
from edge.picture.photograph import read_photograph
from tests.picture.photographs import noisy, save


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".bmp"])
def test_a_photograph_is_read_as_it_is(tmp_path, ending):
    frame = read_photograph(save(tmp_path / f"one{ending}"))
    assert frame.size_px == (720, 1280)
    assert np.abs(frame.image.astype(int) - noisy()).mean() < 12


def test_a_grey_or_deep_or_transparent_picture_becomes_a_colour_frame(tmp_path):
    deep = noisy().astype(np.uint16) * 257
    transparent = np.dstack([noisy(), np.full((1280, 720), 255, np.uint8)])
    for name, image in (("grey", noisy()[:, :, 0]), ("deep", deep), ("transparent", transparent)):
        frame = read_photograph(save(tmp_path / f"{name}.png", image))
        assert frame.image.shape == (1280, 720, 3)
        assert frame.image.dtype == np.uint8


@pytest.mark.parametrize(
    ("orientation", "turn"), [(3, cv2.ROTATE_180), (6, cv2.ROTATE_90_CLOCKWISE), (8, cv2.ROTATE_90_COUNTERCLOCKWISE)]
)
def test_the_turn_a_phone_noted_is_applied(tmp_path, orientation, turn):
    path = tmp_path / "phone.jpg"
    lying = noisy(640, 480)
    jpeg = cv2.imencode(".jpg", lying)[1].tobytes()
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\x00\x00" + tiff + jpeg[2:])
    expected = cv2.rotate(lying, turn)
    frame = read_photograph(path)
    assert frame.image.shape == expected.shape
    assert np.abs(frame.image.astype(int) - expected).mean() < 12


def test_a_four_k_picture_is_read(tmp_path):
    assert read_photograph(save(tmp_path / "large.jpg", noisy(3840, 2160))).size_px == (3840, 2160)


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(PictureError, match="no such file, name a photograph"):
        read_photograph(tmp_path / "nothing.jpg")


def test_a_folder_is_one_sentence(tmp_path):
    with pytest.raises(PictureError, match="is a folder"):
        read_photograph(tmp_path)


def test_an_empty_file_is_one_sentence(tmp_path):
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(PictureError, match="the file is empty"):
        read_photograph(tmp_path / "empty.jpg")


@pytest.mark.parametrize(
    "content", [b"hello", b"%PDF-1.4 and so on", bytes(range(256)) * 20, b"\xff\xd8\xff\xda\xff\xd9"]
)
def test_what_is_no_picture_is_one_sentence(tmp_path, content):
    (tmp_path / "text.jpg").write_bytes(content)
    with pytest.raises(PictureError, match="not a picture this station can read"):
        read_photograph(tmp_path / "text.jpg")


@pytest.mark.parametrize("ending", [".jpg", ".png"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.98])
def test_a_cut_off_picture_is_refused_not_filled_with_grey(tmp_path, ending, share):
    path = save(tmp_path / f"cut{ending}")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(PictureError, match="the file is cut off"):
        read_photograph(path)


def test_a_preview_inside_a_cut_off_picture_does_not_make_it_whole(tmp_path):
    preview = cv2.imencode(".jpg", noisy(160, 120))[1].tobytes()
    jpeg = cv2.imencode(".jpg", noisy())[1].tobytes()
    path = tmp_path / "preview.jpg"
    whole = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(preview) + 2) + preview + jpeg[2:]
    path.write_bytes(whole)
    assert read_photograph(path).size_px == (720, 1280)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PictureError, match="the file is cut off"):
        read_photograph(path)


def test_bytes_after_the_end_of_a_picture_are_no_trouble(tmp_path):
    path = save(tmp_path / "phone.jpg")
    path.write_bytes(path.read_bytes() + b"maker's notes")
    assert read_photograph(path).size_px == (720, 1280)


@pytest.mark.parametrize("start", [b"\x00\x00\x00\x18ftypmp42", b"\x1aE\xdf\xa3", b"RIFF\x00\x00\x00\x00AVI LIST"])
def test_a_recording_is_told_from_a_picture(tmp_path, start):
    (tmp_path / "film.mp4").write_bytes(start + bytes(100))
    with pytest.raises(PictureError, match=r"a recording, not a picture.*camera\.driver = recording"):
        read_photograph(tmp_path / "film.mp4")


def test_a_phone_photograph_in_a_film_container_says_what_to_do(tmp_path):
    (tmp_path / "phone.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(100))
    with pytest.raises(PictureError, match="save it as JPEG first"):
        read_photograph(tmp_path / "phone.heic")


@pytest.mark.parametrize(("grey", "look"), [(0, "black"), (255, "white"), (128, "of one colour")])
def test_a_picture_of_nothing_says_so(tmp_path, grey, look):
    with pytest.raises(PictureError, match=f"the picture is all {look}"):
        read_photograph(save(tmp_path / "flat.png", np.full((480, 640, 3), grey, np.uint8)))
