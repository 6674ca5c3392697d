"""Files that would exhaust a PC, brought to the import of the POI: what each costs, told by a process of its own."""

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
SCRIPT = """
import json, resource, sys
from datetime import datetime
from pathlib import Path
import sisfoh_desktop.app.all_tables
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.service import importing

def seconds():
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(told.ru_utime + told.ru_stime for told in both)

def megabytes():
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    return (int(told) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024

who = {"actor": Actor("prueba"), "now": datetime(2024, 3, 8, 10, tzinfo=LIMA)}
db = Database.open(sys.argv[1])
for case, path, name in json.loads(sys.argv[3]):
    data, before, said = Path(path).read_bytes(), seconds(), ""
    try:
        importing.import_file(db, year=int(sys.argv[2]), file_name=name, data=data, **who)
    except SisfohError as error:
        said = error.sentence
    print(json.dumps([case, said, seconds() - before, megabytes()]), flush=True)
db.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures with what Linux tells of a process")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_file_costs_more_than_five_seconds_or_300_megabytes(db: Database, tmp_path: Path) -> None:
    """Seconds of the processor, which a busy PC does not stretch; megabytes of the program and of its reader."""
    files = {**{case: told[:2] for case, told in REFUSED.items()}, SOUND: ("poi.xlsx", workbook)}
    assert len(files) > 25
    listed = []
    for number, (case, (name, make)) in enumerate(files.items()):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(make())
        listed.append((case, str(path), name))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "oficina.db"), str(YEAR), json.dumps(listed)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [case for case, *_ in told] == list(files)
    assert [case for case, said, *_ in told if not said] == [SOUND]
    assert [one for one in told if one[2] > MOST_SECONDS or one[3] > MOST_MB] == []
