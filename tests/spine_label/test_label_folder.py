"""Damaged pictures, damaged files and full disks: one sentence each, and nothing is lost."""

import json
import os
import shutil
from pathlib import Path

import pygame
import pytest

from edge.errors import ConfigError, PictureError, StoreError
from models.people.whole_file import write_whole
from models.spine.label.folder import LabelFolder, pictures_of
from tests.spine_label.hand import C7, T8, agree, kept, site, sitting, write_picture


class Disk:
    """Writes files; set `full = True` to lose the room for them."""

    def __init__(self) -> None:
        self.full = False

    def write(self, path: Path, data: bytes) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        write_whole(path, data)


def labels_of(folder: Path, name: str) -> Path:
    sha256 = next(file.sha256 for file in pictures_of(folder) if file.path.name == name)
    return LabelFolder(folder).file(sha256)


def said(hand) -> str:
    hand.tool.refresh()
    return " ".join(" ".join(text.paragraph.lines) for text in hand.tool.canvas.texts)


def test_a_broken_picture_is_last_says_why_and_the_others_go_on(tmp_path):
    for name in ("0.png", "1.png"):
        write_picture(tmp_path / name, 90 if name == "0.png" else 60)
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    agree(tmp_path)
    with sitting(tmp_path) as hand:
        assert [item.file.path.name for item in hand.desk.items] == ["1.png", "0.png", "a.jpg"]
        hand.drag(C7, (20, 0))
        hand.keys(pygame.K_n, pygame.K_n)
        assert "a.jpg: the file is cut off" in said(hand)
        hand.keys(pygame.K_c, pygame.K_TAB, pygame.K_LEFT, pygame.K_0, pygame.K_PLUS)
        hand.click((400, 300))
        hand.keys(pygame.K_p)
        assert hand.desk.sheet is not None


def test_broken_labels_are_left_as_they_are(tmp_path):
    with sitting(site(tmp_path)) as hand:
        first = hand.open
        hand.drag(C7, (20, 0))
    path = labels_of(tmp_path, first)
    broken = path.read_bytes()[:500]
    path.write_bytes(broken)
    with sitting(tmp_path) as hand:
        assert hand.open != first
        hand.keys(pygame.K_p)
        assert "damaged" in said(hand)
        assert "put a backup in its place or move it away" in said(hand)
        hand.keys(pygame.K_c, pygame.K_TAB, pygame.K_UP)
        hand.click((400, 300))
        hand.keys(pygame.K_n, pygame.K_q)
    assert path.read_bytes() == broken
    path.unlink()
    with sitting(tmp_path) as hand:
        assert hand.open == first


def test_labels_of_another_picture_are_refused(tmp_path):
    site(tmp_path)
    with sitting(tmp_path) as hand:
        first = hand.open
        hand.drag(C7, (20, 0))
        hand.keys(pygame.K_n)
        second = hand.open
    shutil.copy(labels_of(tmp_path, first), labels_of(tmp_path, second))
    with pytest.raises(StoreError, match="belongs to another picture"):
        LabelFolder(tmp_path).load(next(f.sha256 for f in pictures_of(tmp_path) if f.path.name == second))


def test_labels_for_another_size_are_refused(tmp_path):
    with sitting(site(tmp_path)) as hand:
        first = hand.open
        hand.drag(C7, (20, 0))
    path = labels_of(tmp_path, first)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"width_px": 999}))
    with sitting(tmp_path) as hand:
        hand.desk.open(0)
        assert "another size" in said(hand)


def test_a_damaged_manifest_stops_everything_with_one_sentence(tmp_path):
    site(tmp_path)
    manifest = tmp_path / "labels" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    with pytest.raises(StoreError, match=r"manifest\.json: damaged"), sitting(tmp_path):
        pass


def test_a_full_disk_is_said_and_the_change_is_kept_once_there_is_room(tmp_path):
    disk = Disk()
    with sitting(site(tmp_path), None, disk.write) as hand:
        first = hand.open
        hand.drag(T8, (20, 0))
        disk.full = True
        hand.drag(C7, (20, 0))
        assert "The last change is not kept" in said(hand)
        assert kept(tmp_path, first)["points"][C7]["state"] == "predicted"
        hand.keys(pygame.K_n)
        assert hand.open == first  # not left behind
        disk.full = False
        hand.keys(pygame.K_n)
        assert hand.open != first
        assert "not kept" not in said(hand)
    assert kept(tmp_path, first)["points"][C7]["state"] == "corrected"
    assert kept(tmp_path, first)["points"][T8]["state"] == "corrected"


def test_with_a_full_disk_quitting_is_asked_for_twice(tmp_path):
    disk = Disk()
    with sitting(site(tmp_path), None, disk.write) as hand:
        disk.full = True
        hand.drag(C7, (20, 0))
        hand.keys(pygame.K_q)
        assert not hand.page.done
        assert "Quit once more" in said(hand)
        hand.keys(pygame.K_q)
        assert hand.page.done


def test_a_renamed_picture_keeps_its_labels_and_a_copy_is_labelled_once(tmp_path):
    with sitting(site(tmp_path)) as hand:
        first = hand.open
        hand.drag(C7, (20, 0))
    (tmp_path / first).rename(tmp_path / "renamed.png")
    shutil.copy(tmp_path / "renamed.png", tmp_path / "zz.png")
    assert len(pictures_of(tmp_path)) == 3
    assert kept(tmp_path, "renamed.png")["points"][C7]["state"] == "corrected"
    assert first not in json.dumps(kept(tmp_path, "renamed.png"))


def test_pictures_are_never_changed(tmp_path):
    site(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    with sitting(tmp_path) as hand:
        hand.drag(C7, (20, 0))
        hand.keys(pygame.K_n, pygame.K_q)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.png")} == before


def test_a_folder_without_pictures_says_so(tmp_path):
    with pytest.raises(PictureError, match="no picture in it"):
        pictures_of(tmp_path)
    with pytest.raises(ConfigError, match="no such folder"):
        pictures_of(tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_picture_nobody_may_read_says_so(tmp_path):
    write_picture(tmp_path / "0.png")
    (tmp_path / "0.png").chmod(0)
    with pytest.raises(PictureError, match="check who may read it"):
        pictures_of(tmp_path)
