"""Processes of the tests' own that work on a base and an archive until the power goes: SIGKILL at a chosen moment.

Run as a program it is a nursery: it imports what the work needs once, then forks a child for each order that it reads
from its input, so that fifty of them cost little. Each child beats at every statement, every few bytes that it
writes and every rename; it dies at the beat that the order names, by its own hand or by the nursery's.
"""

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BYTES_A_BEAT = 4_096
OPERATIONS_A_BEAT = 400  # of SQLite's own machine, inside one statement


@dataclass(frozen=True)
class Order:
    """Work for one child: `job` is a name in JOBS, done for `subject`-`first` and the `rounds` - 1 that follow.

    It dies at beat `die_at` (0: it lives).
    With `struck` the nursery kills it when it hears that beat, so that it dies a little later, wherever it is.
    """

    target: str
    archive: str
    job: str
    subject: str
    series_id: int
    first: int = 0
    rounds: int = 1
    die_at: int = 0
    struck: bool = False
    certificate: str = ""
    password: str = ""


@dataclass(frozen=True)
class End:
    """How a child ended: `killed`, or its exit `code`; how many `beats` were heard, and what it said at the end."""

    killed: bool
    code: int
    beats: int
    said: str


class Nursery:
    """`with Nursery(folder) as nursery: nursery.run(order)`; several orders at once begin together.

    `program` is a file beside this one that puts its own work into JOBS and listens to its input.
    """

    def __init__(self, folder: Path, program: str = "power_cut.py") -> None:
        self._folder, self._program = folder, program
        self._log = folder / "nursery.txt"

    def __enter__(self) -> "Nursery":
        self._errors = self._log.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / self._program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=HERE.parent,
            env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()
        self._errors.close()

    def run(self, *orders: Order) -> list[End]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([asdict(order) for order in orders]).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(self._log.read_text(errors="replace")[-3000:])
        return [End(**end) for end in json.loads(line)]


# -- inside the nursery ----------------------------------------------------------------------------------


def main() -> None:
    import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules
    from sisfoh_desktop.db.revisions import head_revision
    from sisfoh_desktop.documents import signers, verifying  # noqa: F401 - known to every child
    from sisfoh_desktop.documents.signing import prepare_fields
    from sisfoh_desktop.modules.papers.service import KindHooks, register_kind

    register_kind("resolucion_gm", KindHooks())
    head_revision()
    built = _paper("000-2024")
    prepare_fields(built.pdf, built.boxes)
    listen()


def listen() -> None:
    for line in sys.stdin:
        orders = [Order(**order) for order in json.loads(line)]
        print(json.dumps([asdict(end) for end in _bring_up(orders)]), flush=True)


def _bring_up(orders: list[Order]) -> list[End]:
    gate_in, gate_out = os.pipe()
    children = []
    for order in orders:
        heard, beats = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(heard)
            os.close(gate_out)
            _live(order, beats, gate_in)
        os.close(beats)
        children.append((pid, heard, order))
    os.close(gate_in)
    os.close(gate_out)  # the gate opens: all begin
    return _watch(children)


def _watch(children: list[tuple[int, int, Order]]) -> list[End]:
    counts = {pid: 0 for pid, _, _ in children}
    said = {pid: b"" for pid, _, _ in children}
    open_ones = {heard: (pid, order) for pid, heard, order in children}
    while open_ones:
        for heard in select.select(list(open_ones), [], [])[0]:
            pid, order = open_ones[heard]
            data = os.read(heard, 4096)
            if not data:
                del open_ones[heard]
                os.close(heard)
                continue
            counts[pid] += data.count(b".")
            said[pid] += data.replace(b".", b"")
            if order.struck and counts[pid] >= order.die_at > 0:
                os.kill(pid, signal.SIGKILL)
    ends = []
    for pid, _, _ in children:
        status = os.waitpid(pid, 0)[1]
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
        ends.append(End(killed, code, counts[pid], said[pid].decode(errors="replace")))
    return ends


def _live(order: Order, beats: int, gate: int) -> None:
    """The child's whole life; it never returns."""
    code = 1
    try:
        os.read(gate, 1)  # until the nursery closes it
        heart = _Heart(beats, 0 if order.struck else order.die_at)
        _work(order, heart)
        code = 0
    except BaseException as error:
        os.write(beats, f"{type(error).__name__}: {error}".replace(".", " ").encode()[:2000])
    finally:
        os._exit(code)


class _Heart:
    def __init__(self, pipe: int, die_at: int) -> None:
        self._pipe, self._die_at, self._count = pipe, die_at, 0

    def beat(self, *_: object, **__: object) -> None:
        self._count += 1
        os.write(self._pipe, b".")
        if self._count == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _work(order: Order, heart: _Heart) -> None:
    from sisfoh_desktop.db.database import Database

    _wire(heart)
    db = Database.open(order.target)
    _wire_engine(db, heart)
    for turn in range(order.first, order.first + order.rounds):
        JOBS[order.job](db, order, f"{order.subject}-{turn}")
        heart.beat()
    db.close()


def _wire(heart: _Heart) -> None:
    """Beats while a file is written: every few bytes, at each sync and at the rename."""
    open_file, sync, rename = os.fdopen, os.fsync, Path.replace

    class Slow:
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __enter__(self) -> "Slow":
            self._stream.__enter__()
            return self

        def __exit__(self, *trouble: Any) -> Any:
            return self._stream.__exit__(*trouble)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

        def write(self, data: bytes) -> int:
            for at in range(0, len(data), BYTES_A_BEAT):
                self._stream.write(data[at : at + BYTES_A_BEAT])
                self._stream.flush()
                heart.beat()
            return len(data)

    def fdopen(handle: int, mode: str = "r", *rest: Any, **named: Any) -> Any:
        stream = open_file(handle, mode, *rest, **named)
        return Slow(stream) if "w" in mode and "b" in mode else stream

    def fsync(handle: int) -> None:
        heart.beat()
        sync(handle)

    def replace(self: Path, target: Any) -> Path:
        heart.beat()
        moved = rename(self, target)
        heart.beat()
        return moved

    os.fdopen, os.fsync, Path.replace = fdopen, fsync, replace  # type: ignore[assignment,method-assign]


def _wire_engine(db: Any, heart: _Heart) -> None:
    """Beats before and after each statement and at each commit; on SQLite also inside long statements."""
    from sqlalchemy import event

    engine = db._engine
    event.listen(engine, "before_cursor_execute", heart.beat)
    event.listen(engine, "after_cursor_execute", heart.beat)
    event.listen(engine, "commit", heart.beat)
    if db.is_sqlite:

        def inside() -> int:
            heart.beat()
            return 0

        @event.listens_for(engine, "connect")
        def _connect(dbapi: Any, _record: Any) -> None:
            dbapi.set_progress_handler(inside, OPERATIONS_A_BEAT)


# -- the work --------------------------------------------------------------------------------------------


def _who() -> dict[str, Any]:
    from datetime import datetime

    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.basics.clock import LIMA

    return {"actor": Actor("prueba", "ULE"), "now": datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)}


def _number(db: Any, order: Order, subject: str) -> Any:
    from sisfoh_desktop.modules.papers import service

    return service.reserve_number(
        db, **_who(), series_id=order.series_id, year=2024, subject=f"resolucion:{subject}"
    )


def _freeze(db: Any, order: Order, subject: str) -> int:
    from datetime import date

    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.modules.papers import service
    from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole

    number = _number(db, order, subject)
    built = _paper(number.text)
    return service.freeze_paper(
        db,
        Archive(Path(order.archive)),
        **_who(),
        kind="resolucion_gm",
        title=f"Resolución {number.text}",
        number=number,
        dated=date(2024, 3, 8),
        subject=f"resolucion:{subject}",
        pdf=built.pdf,
        pages=built.pages,
        boxes=built.boxes,
        signers=[
            NewSigner("VB1_OGAJ", SignerRole.VISTO_BUENO, "", "Jefe", "OGAJ"),
            NewSigner("AUTOR_GM", SignerRole.AUTHOR, "Juan Quispe", "Gerente Municipal", "GM"),
        ],
    )


def _paper(number: str) -> Any:
    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.documents.page import PaperFormat, build_paper
    from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
    from sisfoh_desktop.documents.text import paragraph

    story = [paragraph(f"Que se aprueba con el N° {number}."), paragraph("Que se archiva.")]
    slots = [
        SignatureSlot("VB1_OGAJ", "visto_bueno", "", "Jefe", "OGAJ"),
        SignatureSlot("AUTOR_GM", "author", "GERENTE DE PRUEBA", "Gerente Municipal", "GM"),
    ]
    paper_format = PaperFormat(Letterhead("Municipalidad de Prueba"), "Resolución", "GM", foot_number=number)
    return build_paper([*story, signature_zone(slots)], paper_format)


def _sign(db: Any, order: Order, subject: str) -> None:
    """Go on with the papers that wait for a signature; freeze one where none does."""
    from contextlib import nullcontext

    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.documents.signing import open_pkcs12
    from sisfoh_desktop.modules.papers import service
    from sisfoh_desktop.modules.papers.rules import PaperState, next_signer

    waiting = service.list_papers(db, [PaperState.FROZEN, PaperState.SIGNING])
    paper_id = waiting[0].id if waiting else _freeze(db, order, subject)
    paper = service.load_paper(db, paper_id)
    slot = next_signer(paper)
    assert slot is not None
    signer = open_pkcs12(Path(order.certificate).read_bytes(), order.password)
    service.sign_paper(
        db,
        Archive(Path(order.archive)),
        **_who(),
        paper_id=paper_id,
        signer_id=slot.id,
        expected_version=paper.version,
        open_signer=lambda: nullcontext(signer),
    )


JOBS = {"number": _number, "freeze": _freeze, "sign": _sign}

if __name__ == "__main__":
    main()
