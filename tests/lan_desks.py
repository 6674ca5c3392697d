"""Desks of an office on one server: processes that number papers, hand out forms, save records and look at lists.

Run as a program it loads what the work needs once, forks the desks and waits for them; each keeps its own notes of what
it was told. A desk whose server is gone asks again with the same token, as the window's «Reintentar» does.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FORMS = 20_000  # numbers 1 to FORMS lie in the store
MOST = 20  # forms of one hand-out
NORMS = 12  # records that all the desks save
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Office:
    """What the desks work on, by id, and how: they go on until the file `until` is there.

    `weights` are of save, number, form and look; `pauses` seconds (least, most) between two actions.
    """

    url: str
    folder: str
    until: str
    desks: int
    series: int
    fsu: int
    store: int
    campaign: int
    people: list[int]
    norms: list[int]
    weights: list[int] = field(default_factory=lambda: [1, 1, 1, 0])
    pauses: list[float] = field(default_factory=lambda: [0.0, 0.0])
    bare_url: str = ""  # with it, one more desk makes bare transactions by psycopg


@dataclass(frozen=True)
class Note:
    """One action: `told` is the number, the movement or the version; `tries` counts how often it was asked."""

    kind: str
    subject: str
    token: str
    told: int = 0
    refused: str = ""
    tries: int = 1
    ms: float = 0.0


def open_office(owner: Any, url: str, folder: Path, *, desks: int, **more: Any) -> Office:
    """Lay out what the desks need in the base `owner`; they will enter it by `url`."""
    from kardex_office import make_office

    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.modules.office import service as office
    from sisfoh_desktop.modules.office.rules import Norm, NormKind
    from sisfoh_desktop.modules.papers.service import numbers

    who: dict[str, Any] = {"actor": Actor("prueba", "ULE"), "now": _now()}
    kardex = make_office(owner, **who)
    kardex.receive(f"1-{FORMS}")
    series = numbers.create_series(owner, **who, kind="lan", title="Prueba de red", mask="{n:05d}-{year}-RED")
    norms = [
        office.add_norm(
            owner, **who, norm=Norm(f"Norma {n}", "Título 1", NormKind.LAW, valid_from=date(2024, 1, 1))
        )
        for n in range(NORMS)
    ]
    folder.mkdir(exist_ok=True)
    return Office(
        url=url,
        folder=str(folder),
        until=str(folder / "basta"),
        desks=desks,
        series=series,
        fsu=kardex.fsu,
        store=kardex.store,
        campaign=kardex.campaign,
        people=[kardex.ana, kardex.beto],
        norms=norms,
        **more,
    )


class Desks:
    """`with Desks(office):` the desks work; at the end of the block they finish what they are at."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.codes: list[int] = []

    def __enter__(self) -> "Desks":
        self._log = Path(self.office.folder) / "errores.txt"
        self._errors = self._log.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(self.office)).encode() + b"\n")
        self._process.stdin.close()
        if self._process.stdout.readline() != b"trabajan\n":
            raise RuntimeError(self.errors())
        return self

    def __exit__(self, *_: object) -> None:
        Path(self.office.until).touch()
        assert self._process.stdout is not None
        self.codes = json.loads(self._process.stdout.read() or b"[]")
        self._process.stdout.close()
        self._process.wait(PATIENCE_SECONDS)
        self._errors.close()

    def errors(self) -> str:
        """What the desks complained of."""
        return self._log.read_text(errors="replace")[-3000:]

    def notes(self) -> list[Note]:
        """All that they were told."""
        return [
            Note(**json.loads(line))
            for path in sorted(Path(self.office.folder).glob("*.jsonl"))
            for line in path.read_text().splitlines()
        ]


# -- inside the program ----------------------------------------------------------------------------------


def _now() -> datetime:
    from sisfoh_desktop.basics.clock import LIMA

    return datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)


def main() -> None:
    from importlib import import_module

    for known in ("app.all_tables", "modules.kardex.service.moving", "modules.papers.service.numbers"):
        import_module(f"sisfoh_desktop.{known}")  # once, for every desk
    office = Office(**json.loads(sys.stdin.readline()))
    jobs: list[Callable[[], None]] = [lambda number=n: _work(office, number) for n in range(office.desks)]  # type: ignore[misc]
    if office.bare_url:
        jobs.append(lambda: _work_bare(office))
    children = []
    for job in jobs:
        pid = os.fork()
        if pid == 0:
            _live(job)
        children.append(pid)
    print("trabajan", flush=True)
    print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]), flush=True)


def _live(job: Callable[[], None]) -> None:
    code = 1
    try:
        job()
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


class _Desk:
    def __init__(self, office: Office, number: int) -> None:
        from sisfoh_desktop.basics.actor import Actor
        from sisfoh_desktop.db.database import Database

        self.office, self.number = office, number
        self.chance = random.Random(number)
        self.who: dict[str, Any] = {"actor": Actor(f"mesa{number}", "ULE"), "now": _now()}
        self.db = _patiently(lambda: Database.open(office.url))
        self._notes = (Path(office.folder) / f"mesa{number}.jsonl").open("a")

    def ask(self, kind: str, subject: str, job: Callable[[str], int]) -> None:
        """Do it, again with the same token while the server is away, and note what was told."""
        from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError, StaleRow

        token, tries, refused, told = f"{kind}-{subject}", 0, "", 0
        start = time.perf_counter()
        while True:
            tries += 1
            try:
                told = job(token)
            except DatabaseUnavailable:
                if time.perf_counter() - start > PATIENCE_SECONDS:
                    raise
                time.sleep(0.2)
                continue
            except RuleError as error:
                refused = error.code
            except StaleRow:
                refused = "stale"
            break
        note = Note(kind, subject, token, told, refused, tries, (time.perf_counter() - start) * 1000)
        self._notes.write(json.dumps(asdict(note)) + "\n")
        self._notes.flush()

    # -- the four things that a desk does --

    def number_a_paper(self, subject: str) -> None:
        from sisfoh_desktop.modules.papers.service import numbers

        def job(token: str) -> int:
            told = numbers.reserve_number(
                self.db,
                **self.who,
                series_id=self.office.series,
                year=2024,
                subject=f"resolucion:{subject}",
                token=token,
            )
            return told.number

        self.ask("number", subject, job)

    def hand_out(self, subject: str) -> None:
        from sisfoh_desktop.basics.serials import FormRanges
        from sisfoh_desktop.modules.kardex.rules import MovementKind, NewMovement
        from sisfoh_desktop.modules.kardex.service import moving

        first = self.chance.randrange(1, FORMS - MOST)
        wanted = NewMovement(
            kind=MovementKind.HAND_OUT,
            type_id=self.office.fsu,
            moved_on=date(2024, 3, 8),
            from_holder_id=self.office.store,
            to_holder_id=self.chance.choice(self.office.people),
            ranges=FormRanges.single(first, first + self.chance.randrange(MOST)),
        )
        self.ask(
            "form",
            subject,
            lambda token: moving.register_movement(self.db, **self.who, movement=wanted, token=token),
        )

    def save(self, subject: str) -> None:
        from dataclasses import replace

        from sisfoh_desktop.modules.office import service

        norm_id = self.chance.choice(self.office.norms)
        norms = _patiently(lambda: service.list_norms(self.db))
        [norm] = [one for one in norms if one.id == norm_id]
        mine = replace(norm, title=f"Título {subject}")
        self.ask(
            "save",
            f"{subject}@{norm_id}",
            lambda token: service.save_norm(
                self.db, **self.who, norm=mine, expected_version=norm.version, token=token
            ),
        )

    def look(self, subject: str) -> None:
        from sisfoh_desktop.modules.kardex.service import catalogue
        from sisfoh_desktop.modules.office import service
        from sisfoh_desktop.modules.papers.service import numbers

        looks: list[Callable[[], Any]] = [
            lambda: numbers.number_register(self.db, self.office.series, 2024),
            lambda: service.list_norms(self.db),
            lambda: catalogue.list_holders(self.db),
            lambda: catalogue.list_types(self.db, self.office.campaign),
        ]
        chosen = self.chance.choice(looks)
        self.ask("look", subject, lambda _token: len(chosen()))


def _patiently(look: Callable[[], Any]) -> Any:
    """What only reads, asked for again while the server is away."""
    from sisfoh_desktop.basics.errors import DatabaseUnavailable

    start = time.perf_counter()
    while True:
        try:
            return look()
        except DatabaseUnavailable:
            if time.perf_counter() - start > PATIENCE_SECONDS:
                raise
            time.sleep(0.2)


def _work(office: Office, number: int) -> None:
    desk = _Desk(office, number)
    jobs = (desk.save, desk.number_a_paper, desk.hand_out, desk.look)
    turn = 0
    while not Path(office.until).exists():
        [job] = desk.chance.choices(jobs, office.weights)
        job(f"{number}-{turn}")
        turn += 1
        time.sleep(desk.chance.uniform(*office.pauses))
    desk.db.close()


BARE_TABLES = (
    "CREATE TABLE bare_record (id int PRIMARY KEY, title text, version int)",
    "CREATE TABLE bare_head (id int PRIMARY KEY, entries int, hash text)",
    "CREATE TABLE bare_entry (id serial PRIMARY KEY, at timestamptz, actor text, told text, hash text UNIQUE)",
    "CREATE TABLE bare_token (token text PRIMARY KEY, result text)",
    "INSERT INTO bare_record VALUES (1, 'Título', 1)",
    "INSERT INTO bare_head VALUES (1, 0, '')",
)


def _work_bare(office: Office) -> None:
    """The five writes of a save in one transaction by psycopg alone, timed."""
    import psycopg

    chance, turn = random.Random(0), 0
    with (
        psycopg.connect(office.bare_url) as connection,
        (Path(office.folder) / "directo.jsonl").open("a") as notes,
    ):
        while not Path(office.until).exists():
            turn += 1
            start = time.perf_counter()
            with connection.transaction():
                run = connection.execute
                run(
                    "UPDATE bare_record SET title = %s, version = version + 1 WHERE id = 1",
                    [f"Título {turn}"],
                )
                run("UPDATE bare_head SET entries = entries + 1 WHERE id = 1")
                run(
                    "INSERT INTO bare_entry (at, actor, told, hash) VALUES (now(), 'prueba', '{}', %s)",
                    [f"{turn:064d}"],
                )
                run("UPDATE bare_head SET hash = %s WHERE id = 1", [f"{turn:064d}"])
                run("INSERT INTO bare_token VALUES (%s, '1')", [str(turn)])
            note = Note("bare", str(turn), "", ms=(time.perf_counter() - start) * 1000)
            notes.write(json.dumps(asdict(note)) + "\n")
            notes.flush()
            time.sleep(chance.uniform(*office.pauses))


if __name__ == "__main__":
    main()
