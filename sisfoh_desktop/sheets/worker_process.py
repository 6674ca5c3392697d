"""Parsing in a process of its own: whatever a workbook does to the parser, the program goes on.

The process is started by `multiprocessing` in its spawn form, which is the same on Windows, on Linux and in a frozen
build (whose start must call `multiprocessing.freeze_support()` before anything else). It never inherits the base, Qt
or a lock: it gets the bytes by a pipe and gives the cells back by it.
"""

import multiprocessing
import time
from typing import Any, cast

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.sheets.preflight import BookKind, damaged
from sisfoh_desktop.sheets.worker import ParsedBook, serve

SECONDS_LIMIT = 60.0
_TICK_SECONDS = 0.1
_DONE = ("parsed", "refused", "memory", "failed")


def parse_apart(kind: BookKind, data: bytes, *, progress: Progress = silent) -> ParsedBook:
    """The parsed workbook; FileFailed when it is refused, does not end in time or takes the process down.

    `progress` is called while waiting, without a measure (0 of 0), so that the person can cancel.
    """
    context = multiprocessing.get_context("spawn")
    died_of: int | None = None
    answer = ""
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="lector de hojas", daemon=True)
    try:
        try:
            process.start()
        except OSError as error:
            raise FileFailed(
                "El sistema no dejó abrir el lector de hojas de cálculo; no se leyó nada. Cierre otros programas e "
                "inténtelo otra vez."
            ) from error
        finally:
            theirs.close()
        answer, content = _exchange(ours, kind, data, progress)
    finally:
        ours.close()
        if process.pid is not None:
            if answer in _DONE and process.is_alive():
                process.kill()  # it would only give its memory back, cell by cell
            if process.is_alive():
                process.join(0.5)
            if process.is_alive():
                process.kill()
            process.join()
            died_of = process.exitcode
            process.close()
    if answer == "parsed":
        return cast(ParsedBook, content)
    if answer == "refused":
        raise FileFailed(content)
    if answer == "memory":
        raise _too_big()
    if answer == "died":
        raise _died(died_of)
    raise damaged("El libro")


def _exchange(connection: Any, kind: BookKind, data: bytes, progress: Progress) -> tuple[str, Any]:
    """Send the file, wait for the answer: "died" when the process ends without one."""
    deadline = time.monotonic() + SECONDS_LIMIT
    try:
        connection.send((kind.value, data))
        while not connection.poll(_TICK_SECONDS):
            progress(0, 0)
            if time.monotonic() > deadline:
                raise FileFailed(
                    "El libro tarda demasiado en leerse; no se leyó nada. Copie solo los datos a un libro nuevo."
                )
        return cast(tuple[str, Any], connection.recv())
    except (EOFError, BrokenPipeError, ConnectionError):
        return "died", ""


def _too_big() -> FileFailed:
    return FileFailed(
        "El libro no cabe en memoria: tiene celdas muy lejos de las demás o está dañado; no se leyó nada. Copie "
        "solo las filas con datos a un libro nuevo."
    )


def _died(code: int | None) -> FileFailed:
    """By its exit code: 1 is Python's own, of a reader that never got to the file; any other was no orderly end."""
    if code == 1:
        return FileFailed(
            "El lector de hojas de cálculo no pudo empezar; no se leyó nada. Cierre el programa, ábralo e inténtelo "
            "otra vez."
        )
    return FileFailed(
        "El lector de hojas de cálculo se cerró sin terminar: el libro no cabe en memoria o está dañado; no se leyó "
        "nada. Copie solo las filas con datos a un libro nuevo e inténtelo otra vez."
    )
