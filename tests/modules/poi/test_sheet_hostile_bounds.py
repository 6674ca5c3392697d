"""Files that would exhaust a PC, brought to the import of the POI: what each costs, measured in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from poi_hostile import REFUSED, YEAR, workbook

from sisfoh_desktop.db.database import Database

MOST_SECONDS, MOST_MB = 5, 300
SOUND = "a sound table"
SCRIPT = (
    """
import json, resource, sys
from datetime import datetime
from pathlib import Path
import sisfoh_desktop.app.all_tables
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.service import importing

WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # the program, and the process that reads for it

def seconds():
    return sum(told.ru_utime + told.ru_stime for told in map(resource.getrusage, WHO))

db = Database.open(sys.argv[1])
for case, path, name in json.loads(sys.argv[2]):
    data, before, said = Path(path).read_bytes(), seconds(), ""
    try:
        importing.check_file(db, year=%d, file_name=name, data=data, now=datetime(2024, 3, 8, 10, tzinfo=LIMA))
    except SisfohError as error:
        said = error.sentence
    peak = sum(resource.getrusage(one).ru_maxrss for one in WHO) / 1024
    print(json.dumps([case, said, seconds() - before, peak]), flush=True)
db.close()
"""
    % YEAR
)


@pytest.mark.skipif(sys.platform != "linux", reason="measures with what Linux tells of a process")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_file_costs_more_than_five_seconds_or_300_megabytes(db: Database, tmp_path: Path) -> None:
    """Seconds of the processor, which a busy PC does not stretch; the peak is that of all files until then."""
    listed = []
    for number, (case, (name, make)) in enumerate(
        {SOUND: ("poi.xlsx", workbook), **{one: told[:2] for one, told in REFUSED.items()}}.items()
    ):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(make())
        listed.append((case, str(path), name))
    assert len(listed) > 25
    base = tmp_path / "oficina.db"
    before = base.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(base), json.dumps(listed)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [case for case, *_ in told] == [case for case, *_ in listed]
    assert [case for case, said, *_ in told if not said] == [SOUND]
    assert [one for one in told if one[2] > MOST_SECONDS or one[3] > MOST_MB] == []
    assert base.read_bytes() == before
