"""Folders and disks on which an outbox cannot live."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from edge.errors import StoreError
from edge.store.outbox import FILE, Outbox
from edge.store.trouble import explained
from tests.wire import a_summary, folder_in_memory, save_until_refused


def test_a_folder_that_is_a_file_is_one_clear_sentence(tmp_path: Path):
    (tmp_path / "state").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        Outbox.open(tmp_path / "state", "station")


OPEN_AS_ANYBODY = """
import os, sys
from pathlib import Path
from edge.store.outbox import Outbox
from edge.errors import StoreError
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    Outbox.open(Path(sys.argv[1]), "station")
except StoreError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("made_before", [False, True])
def test_without_permission_there_is_one_clear_sentence(tmp_path: Path, made_before: bool):
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    folder = tmp_path / "state"
    folder.mkdir()
    if made_before:
        Outbox.open(folder, "station").close()
    folder.chmod(0o555)
    ended = subprocess.run([sys.executable, "-c", OPEN_AS_ANYBODY, str(folder)], capture_output=True, check=False)
    folder.chmod(0o755)
    assert ended.returncode == 1
    assert b"give this user access" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_a_disk_that_was_taken_away_is_still_one_clear_sentence(tmp_path: Path):
    with pytest.raises(StoreError, match="have it replaced"), explained(tmp_path / "gone" / FILE):
        raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
class TestOnASmallDisk:
    @pytest.fixture
    def disk(self, tmp_path: Path):
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], check=False)
        if mounted.returncode != 0:
            pytest.skip("this machine lets nobody mount")
        yield disk
        subprocess.run(["umount", "-l", disk], check=True)

    def test_a_full_disk_is_known_before_a_session_and_nothing_is_lost(self, disk: Path):
        with Outbox.open(disk, "station") as outbox:
            assert outbox.can_store() is None
            ids = [outbox.save(a_summary()).msg_id for _ in range(20)]
            _fill(disk / "somebody-elses")
            assert "the disk is full" in str(outbox.can_store())
            for _ in range(60):  # the ballast lets what is under way be saved, and room be made
                ids.append(outbox.save(a_summary(reason="x" * 3000)).msg_id)
            assert not (disk / "ballast").exists()
            _fill(disk / "more")
            assert "free some space" in save_until_refused(outbox, ids)
            assert [row.msg_id for row in outbox.due(0, 10_000)] == ids
            (disk / "somebody-elses").unlink()
            assert outbox.can_store() is None
            assert (disk / "ballast").exists()
            outbox.save(a_summary())
        with Outbox.open(disk, "station") as outbox:
            assert outbox.waiting() == len(ids) + 1

    def test_a_store_opens_on_a_full_disk_by_its_ballast_and_says_so_before_a_session(self, disk: Path):
        with Outbox.open(disk, "station") as outbox:
            row = outbox.save(a_summary())
        _fill(disk / "somebody-elses")
        with Outbox.open(disk, "station") as outbox:
            assert [each.msg_id for each in outbox.due(0, 10)] == [row.msg_id]
            assert "the disk is full" in str(outbox.can_store())

    def test_a_full_disk_without_ballast_is_one_clear_sentence_and_harms_nothing(self, disk: Path):
        with Outbox.open(disk, "station") as outbox:
            row = outbox.save(a_summary())
        (disk / "ballast").unlink()
        _fill(disk / "somebody-elses")
        with pytest.raises(StoreError, match="free some space"):
            Outbox.open(disk, "station")
        (disk / "somebody-elses").unlink()
        with Outbox.open(disk, "station") as outbox:
            assert [each.msg_id for each in outbox.due(0, 10)] == [row.msg_id]

    def test_a_read_only_disk_is_one_clear_sentence_and_harms_nothing(self, disk: Path):
        with Outbox.open(disk, "station") as outbox:
            row = outbox.save(a_summary())
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(StoreError, match="cannot be written"):
            Outbox.open(disk, "station")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        with Outbox.open(disk, "station") as outbox:
            assert [each.msg_id for each in outbox.due(0, 10)] == [row.msg_id]


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


AS_A_MEMBER = """
import os, sys
from pathlib import Path
from edge.store.outbox import Outbox
from edge.clock import SystemClock
from edge.store.stamp import stamp
from tests.wire import a_summary
stamp(SystemClock())  # loads what this user's Python loads late and the other user may not read
os.umask(0o007)
os.setgroups([])
os.setgid(60001)
os.setuid(int(sys.argv[2]))
with Outbox.open(Path(sys.argv[1]), sys.argv[3]) as outbox:
    if sys.argv[3] == "station":
        outbox.save(a_summary())
    else:
        (row,) = outbox.due(2**62, 10)
        print(outbox.receipted([(row.msg_id, row.sha256)]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming other users needs root")
def test_station_and_relay_may_be_two_users_of_one_group():
    with folder_in_memory() as folder:
        os.chown(folder, 0, 60001)
        folder.chmod(0o2770)
        ended = [
            subprocess.run(
                [sys.executable, "-c", AS_A_MEMBER, str(folder), user, role],
                capture_output=True,
                text=True,
                check=False,
            )
            for user, role in (("60002", "station"), ("60003", "relay"), ("60002", "station"))
        ]
        assert [one.stderr for one in ended] == ["", "", ""]
        assert ended[1].stdout == "1\n"
