"""The process is killed while it encrypts or decrypts: the base is whole, and nothing encrypted is left readable."""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.cipher import BaseKey, connect_file, is_encrypted
from sisfoh_desktop.db.database import Database

BEATS = range(1, 100, 6)
BY_CHANCE = 12
NAME = "Rosa Ñahui Quispe"
_WORK = """
import os, signal, sys
from pathlib import Path
from sisfoh_desktop.db.cipher import BaseKey, is_encrypted, use_key
from sisfoh_desktop.db.recrypt import recrypt
base, key, die_at, after = Path(sys.argv[1]), BaseKey.from_text(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
use_key(key)
beats = 0
def beat(*_told):
    global beats
    beats += 1
    if beats == die_at:
        os.kill(os.getpid(), signal.SIGKILL)
def hear(event, told):  # every file that is opened, linked, renamed or removed
    if event in ("open", "os.link", "os.rename", "os.remove") and base.name in str(told[0]):
        beat()
sys.addaudithook(hear)
if after:
    signal.setitimer(signal.ITIMER_REAL, after)  # ends the process wherever it is, inside SQLite too
while True:
    recrypt(base, None if is_encrypted(base) else key, finish=lambda new: None, progress=beat)
"""


@pytest.fixture
def key() -> Iterator[BaseKey]:
    made = BaseKey.new()
    cipher.use_key(made)
    yield made
    cipher.forget_keys()


def test_killed_while_it_changes_the_base_is_whole(
    template_base: Path, tmp_path: Path, now: datetime, key: BaseKey
) -> None:
    base = tmp_path / "oficina.db"
    shutil.copyfile(template_base, base)
    db = Database.open(base)
    with db.transaction() as session:
        for number in range(400):
            record_audit(
                session, actor=Actor("prueba"), now=now, action="office.save", subject=f"office:{number}",
                after={"name": NAME, "note": "x" * 500},
            )  # fmt: skip
    db.close()
    entries = _entries(base)
    orders = [(beat, 0.0) for beat in BEATS] + [(0, random.uniform(0.01, 0.4)) for _kill in range(BY_CHANCE)]
    for die_at, after in orders:
        worker = subprocess.run(
            [sys.executable, "-c", _WORK, str(base), key.text, str(die_at), str(after)], check=False
        )
        assert worker.returncode in (-signal.SIGKILL, -signal.SIGALRM)
        Database.open(base).close()
        assert _entries(base) == entries
        left = [path for path in tmp_path.iterdir() if path.name.startswith(".oficina.db")]
        assert not left
        if is_encrypted(base):
            assert not [path for path in tmp_path.iterdir() if NAME.encode() in path.read_bytes()]


def _entries(base: Path) -> int:
    with closing(connect_file(base)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        count: int = connection.execute("SELECT count(*) FROM audit_entry").fetchone()[0]
        return count
