"""The log: written to its file, with no DNI to be read in it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.log import start_logging, stop_logging


@pytest.fixture(autouse=True)
def closed_log() -> Iterator[None]:
    yield
    stop_logging()


def test_no_dni_reaches_the_file_by_message_arguments_or_traceback(tmp_path: Path) -> None:
    path = start_logging(tmp_path / "registro")
    log = logging.getLogger("sisfoh_desktop.prueba")
    log.info("persona 40000001 y %s", "40000002")
    try:
        int("dni 40000003")
    except ValueError:
        log.exception("falló")
    log.info("papel 237-2024, monto 312656, código 123456789")
    stop_logging()
    text = path.read_text(encoding="utf-8")
    assert "persona ******** y ********" in text
    assert "'dni ********'" in text
    assert not any(dni in text for dni in ("40000001", "40000002", "40000003"))
    assert "123456789" in text


def test_starting_again_moves_the_log(tmp_path: Path) -> None:
    first, second = start_logging(tmp_path / "a"), start_logging(tmp_path / "b")
    logging.getLogger("sisfoh_desktop.prueba").warning("hola")
    stop_logging()
    assert first.read_text(encoding="utf-8") == ""
    assert "hola" in second.read_text(encoding="utf-8")


def test_odd_signs_do_not_break_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest keeps what is logged, and half a sign cannot be sent between the processes of the suite
    monkeypatch.setattr(logging.getLogger("sisfoh_desktop"), "propagate", False)
    path = start_logging(tmp_path)
    logging.getLogger("sisfoh_desktop.prueba").warning("sustituto \udcff")
    stop_logging()
    assert "\\udcff" in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("x", encoding="utf-8")
    with pytest.raises(FileFailed) as failure:
        start_logging(tmp_path / "ocupado")
    assert "sisfoh.log" in failure.value.sentence
