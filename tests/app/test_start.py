"""The way in: a command never meets Qt, a PC without a display gets its one line, the window paints first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sisfoh_desktop import __version__
from sisfoh_desktop.app import start
from sisfoh_desktop.basics.settings import PcSettings

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "alembic", "reportlab", "pyhanko", "openpyxl", "pyqtgraph", "pypdfium2")


@pytest.mark.parametrize(
    ("arguments", "base"),
    [([], ""), (["--base", "o.db"], "o.db"), (["--base=o.db"], "o.db"), (["plazo"], None),
     (["--base", "o.db", "comprobar"], None), (["--ayuda"], None)],
)  # fmt: skip
def test_what_is_a_command_and_what_is_the_window(arguments, base):
    assert start.window_base(arguments) == base


def test_a_command_goes_to_the_command_line(monkeypatch):
    from sisfoh_desktop.app import cli

    monkeypatch.setattr(cli, "main", lambda arguments: len(arguments))
    assert start.main(["plazo", "--dias", "3"]) == 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux starts without a display")
class TestWithoutADisplay:
    @pytest.fixture(autouse=True)
    def no_display(self, monkeypatch):
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)

    def test_a_fresh_pc_is_told_what_to_do(self, capsys):
        assert start.main([]) == 0
        assert capsys.readouterr().out.strip() == start.NO_BASE

    def test_the_base_is_opened_and_told_in_one_line(self, template_base, tmp_path, capsys):
        base = tmp_path / "oficina.db"
        shutil.copyfile(template_base, base)
        assert start.main(["--base", str(base)]) == 0
        out = capsys.readouterr().out
        assert out.startswith("Base oficina.db abierta y al día (modo real).")
        assert out.count("\n") == 1

    def test_the_base_of_this_pc_is_the_usual_one(self, template_base, tmp_path, capsys):
        base = tmp_path / "oficina.db"
        shutil.copyfile(template_base, base)
        PcSettings(database=str(base)).save()
        assert start.main([]) == 0
        assert "oficina.db" in capsys.readouterr().out

    def test_a_missing_base_is_one_sentence_and_exit_4(self, tmp_path, capsys):
        assert start.main(["--base", str(tmp_path / "no.db")]) == 4
        told = capsys.readouterr()
        assert "No existe la base no.db" in told.err
        assert "Traceback" not in told.err + told.out

    def test_qt_is_not_loaded(self, tmp_path):
        code = "import sys; from sisfoh_desktop.app.start import main; main([]); assert 'PySide6' not in sys.modules"
        env = {
            name: value for name, value in os.environ.items() if "DISPLAY" not in name and "QT_" not in name
        }
        env["SISFOH_DATOS"] = str(tmp_path)
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()


def test_the_main_window_is_imported_without_anything_heavy(tmp_path):
    code = f"""
import sys
import sisfoh_desktop.app.main_window, sisfoh_desktop.app.pages, sisfoh_desktop.app.main_window_orders
found = [name for name in {HEAVY!r} if name in sys.modules]
assert not found, found
"""
    _run(code, tmp_path)


def test_the_window_is_painted_before_the_database_and_the_pages_are_imported(tmp_path):
    code = f"""
import sys
from sisfoh_desktop.app import main_window, start
from PySide6.QtWidgets import QApplication

def at_first_paint(window):
    found = [name for name in {HEAVY!r} if name in sys.modules]
    found += [name for name in sys.modules if name.startswith("sisfoh_desktop.modules.")]
    assert window.isVisible()
    print("heavy:", found)
    QApplication.quit()

main_window.MainWindow._on_painted = at_first_paint
raise SystemExit(start.main([]))
"""
    assert _run(code, tmp_path).strip() == "heavy: []"


def test_a_crash_of_the_last_run_and_damaged_settings_are_told(tmp_path):
    (tmp_path / "registro").mkdir()
    (tmp_path / "registro" / "cierre-inesperado.txt").write_text("Fatal Python error", encoding="utf-8")
    (tmp_path / "sisfoh.ini").write_text("no es un ini", encoding="utf-8")
    code = """
from sisfoh_desktop.app import main_window, start
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

def told():
    print(sorted(w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible() and w.parent()))
    QApplication.quit()

main_window.MainWindow.open_configured_base = lambda self: None
original = main_window.MainWindow.furnish
def furnish(self):
    original(self)
    self.furnished.connect(lambda: QTimer.singleShot(100, told))
main_window.MainWindow.furnish = furnish
raise SystemExit(start.main([]))
"""
    assert "La vez anterior el programa se cerró de golpe" in (out := _run(code, tmp_path))
    assert "Los ajustes de este equipo estaban dañados" in out
    log = (tmp_path / "registro" / "sisfoh.log").exists()
    assert log


def test_the_program_opens_a_base_shows_its_tray_and_ends_in_order(practice, tmp_path):
    code = f"""
from sisfoh_desktop.app import main_window, start
original = main_window.MainWindow.use_base
def use_base(window, opened):
    def leave(page):
        print(page.title, "|", window.status_line.mode.text())
        window.close()
    window.furnish()
    window.stack.page_built.connect(leave)
    original(window, opened)
main_window.MainWindow.use_base = use_base
raise SystemExit(start.main(["--base", {str(practice)!r}]))
"""
    assert _run(code, tmp_path).strip() == "Mi bandeja | PRÁCTICA, SIN VALOR"


def _run(code: str, folder: Path) -> str:
    env = {**os.environ, "SISFOH_DATOS": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "value"),
    [(["--autoprueba", "D:/p"], "D:/p"), (["--autoprueba=D:/p"], "D:/p"), (["--autoprueba"], None),
     (["--autoprueba", "p", "plazo"], None), ([], None)],
)  # fmt: skip
def test_the_folder_of_the_self_test(arguments, value):
    assert start.value_of("--autoprueba", arguments) == value


def test_the_self_test_runs_instead_of_a_window(monkeypatch, tmp_path):
    from sisfoh_desktop.app import self_test

    monkeypatch.setattr(self_test, "run_self_test", lambda folder: 4 if folder == tmp_path else 1)
    assert start.main(["--autoprueba", str(tmp_path)]) == 4


def test_the_version_is_told_without_a_window(capsys):
    assert start.main(["--version"]) == 0
    assert capsys.readouterr().out == f"SISFOH Desktop {__version__}\n"


def test_the_self_test_without_its_folder_says_what_is_missing(capsys):
    assert start.main(["--autoprueba"]) == 2
    assert "Falta el valor de --autoprueba" in capsys.readouterr().err


@pytest.mark.parametrize("usual", [False, True], ids=["named in both", "usual in the first"])
def test_a_second_start_ends_after_it_brought_the_first_window_to_the_front(
    practice, tmp_path, monkeypatch, usual
):
    if usual:
        monkeypatch.setenv("SISFOH_DATOS", str(tmp_path))
        PcSettings(database=str(practice)).save()
    first = [] if usual else ["--base", str(practice)]
    code = f"""
import subprocess, sys, threading
from PySide6.QtCore import QTimer
from sisfoh_desktop.app import main_window, start
second = "import sys; from sisfoh_desktop.app.start import main; sys.exit(main(['--base', {str(practice)!r}]))"
ended = []
def came(window):
    print("al frente")
start._come_forward = came
original = start._after_first_paint
def listening(folder, only, window):
    original(folder, only, window)
    threading.Thread(target=lambda: ended.append(subprocess.run([sys.executable, "-c", second]).returncode)).start()
    timer = QTimer(window)
    timer.setInterval(50)
    timer.timeout.connect(lambda: ended and window.is_furnished and window._opened and window.close())
    timer.start()
start._after_first_paint = listening
code = start.main({first!r})
print(ended)
raise SystemExit(code)
"""
    assert _run(code, tmp_path).split() == ["al", "frente", "[0]"]
