"""`--autoprueba`: the whole trial for real, once, without a display; and what a fault looks like in its report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sisfoh_desktop import __version__
from sisfoh_desktop.app import self_test, self_test_window
from sisfoh_desktop.app.self_test import FAILED, REPORT, SelfTest, StepFailed, throw_away_certificate
from sisfoh_desktop.basics.errors import FileFailed

ROOT = Path(__file__).resolve().parents[2]
STEPS = [
    *("sistema", "archivos del programa", "bibliotecas", "base de práctica", "comprobar", "papel", "firma"),
    *("respaldo", "hoja de cálculo", "llavero", "tarjeta", "Qt", "ventana", "letras", "iconos", "páginas"),
    *("impresión", "cierre"),
]


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> tuple[subprocess.CompletedProcess, Path]:
    folder = tmp_path_factory.mktemp("prueba") / "Autoprueba de aquí"
    env = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    env |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "sisfoh_desktop", "--autoprueba", str(folder)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )
    return done, folder


def test_a_sound_installation_passes_and_says_so(trial):
    done, folder = trial
    told = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    assert [step for step in told["steps"] if not step["ok"]] == []
    assert [step["name"] for step in told["steps"]] == STEPS
    assert told["ok"] is True
    assert (told["version"], told["qpa"]) == (__version__, "offscreen")
    assert done.returncode == 0
    assert done.stdout.count("Bien ") == len(STEPS)


def test_it_leaves_pictures_papers_and_nothing_outside_its_folder(trial):
    _done, folder = trial
    names = {path.name for path in folder.iterdir()}
    assert {
        "ventana.png",
        "vista-previa.png",
        "papel.pdf",
        "firmado.pdf",
        "impreso.pdf",
        "lista.xlsx",
    } <= names
    assert sum(name.startswith("pagina-") for name in names) >= 11
    assert not list(folder.glob("*.sisfoh"))  # the copy of the trial is not left behind
    assert (folder / "datos").is_dir()


def test_a_step_that_fails_is_told_and_the_exit_code_is_4(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(self_test, "_LIBRARIES", ("no_hay_tal_biblioteca",))
    test = SelfTest(tmp_path)
    assert not test.run("bibliotecas", self_test._libraries)
    assert "no_hay_tal_biblioteca" in test.steps[0].detail
    assert capsys.readouterr().out.startswith("FALLA  bibliotecas: ")
    assert not test.ok


@pytest.mark.parametrize("error", [StepFailed("Faltó."), FileFailed("Faltó.")])
def test_a_refusal_is_its_own_sentence(tmp_path, error):
    def job() -> str:
        raise error

    test = SelfTest(tmp_path)
    test.run("algo", job)
    test.write()
    told = json.loads((tmp_path / REPORT).read_text(encoding="utf-8"))
    assert told["ok"] is False
    assert told["steps"] == [{"name": "algo", "ok": False, "detail": "Faltó."}]


def test_a_step_that_ends_the_process_is_named_in_what_it_left(tmp_path):
    test = SelfTest(tmp_path)
    seen: list[dict] = []
    test.run("uno", lambda: "bien")
    test.run(
        "dos", lambda: seen.append(json.loads((tmp_path / REPORT).read_text(encoding="utf-8"))) or "bien"
    )
    (left,) = seen
    assert left["ok"] is False
    assert [(step["name"], step["ok"]) for step in left["steps"]] == [("uno", True), ("dos", False)]
    assert "se cerró en este paso" in left["steps"][1]["detail"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path))
    taken = tmp_path / "ocupado"
    taken.write_text("x", encoding="utf-8")
    assert self_test.run_self_test(taken / "prueba") == FAILED
    assert "No se pudo guardar" in capsys.readouterr().err


@pytest.fixture
def trial_without_window(monkeypatch, tmp_path):
    """Runs the trial in a folder, but for what only a whole one needs."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path))
    monkeypatch.setattr(self_test_window, "try_window", lambda _test: None)
    for name in ("_libraries", "_workbook", "_keyring", "_card"):
        monkeypatch.setattr(self_test, name, lambda *_: "bien")
    return self_test.run_self_test


@pytest.mark.parametrize("room", [1, 2, 4])  # writings before the disk is full
def test_a_disk_that_fills_up_meanwhile_is_one_sentence(
    trial_without_window, tmp_path, monkeypatch, capsys, room
):
    written = []

    def write(path, data):
        written.append(path)
        if len(written) > room:
            raise FileFailed("El disco está lleno.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    monkeypatch.setattr(self_test, "atomic_write", write)
    monkeypatch.setattr(self_test, "_practice", lambda _test: (_ for _ in ()).throw(FileFailed("Sin sitio.")))
    assert trial_without_window(tmp_path / "prueba") == FAILED
    said = capsys.readouterr()
    assert said.err == "El disco está lleno.\n"
    assert "FALLA  base de práctica: Sin sitio." in said.out


def test_without_its_base_the_window_is_not_waited_for(tmp_path):
    trial = self_test_window._Trial(SelfTest(tmp_path))
    with pytest.raises(StepFailed, match="práctica"):
        trial.open()


@pytest.mark.parametrize("mine", ["lista.xlsx", "papel.pdf", "datos", "practica"])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path, monkeypatch, capsys, mine):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path))
    folder = tmp_path / "Mis documentos"
    (folder / mine).mkdir(parents=True)
    (folder / mine / "oficina.db").write_bytes(b"lo de la oficina")
    assert self_test.run_self_test(folder) == FAILED
    assert "no son de una autoprueba; no se escribió nada" in capsys.readouterr().err
    assert [path.name for path in folder.rglob("*")] == [mine, "oficina.db"]


def test_the_folder_of_an_earlier_trial_and_an_empty_one_may_be_used(tmp_path):
    self_test._check_own(tmp_path / "nueva")
    self_test._check_own(tmp_path)
    (tmp_path / "lista.xlsx").write_bytes(b"")
    with pytest.raises(FileFailed):
        self_test._check_own(tmp_path)
    SelfTest(tmp_path).write([])
    self_test._check_own(tmp_path)


def test_the_certificate_of_the_trial_is_good_for_one_day_and_differs_each_time():
    first, root = throw_away_certificate("una-clave-larga")
    second, _root = throw_away_certificate("una-clave-larga")
    assert first != second
    assert root.startswith(b"-----BEGIN CERTIFICATE-----")
