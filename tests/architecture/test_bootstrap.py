"""The set-up script, without installing anything: when it acts, when it does not, and what it says when it may not."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with an environment of its own in `tmp_path` and all installing switched off."""
    monkeypatch.setenv("SISFOH_VENV", str(tmp_path / "entorno"))
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / "installer" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "apt_install", lambda packages: False)
    monkeypatch.setattr(module, "WHEELHOUSE", tmp_path / "wheelhouse")
    return module


@pytest.fixture
def steps(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `prepare_environment` did, in order; nothing is really made."""
    done: list[str] = []

    def make() -> None:
        done.append("make")
        bootstrap.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        bootstrap.PYTHON.touch()

    monkeypatch.setattr(bootstrap, "pip_works", lambda: bootstrap.PYTHON.is_file())
    monkeypatch.setattr(bootstrap, "make_environment", make)
    monkeypatch.setattr(bootstrap, "install_project", lambda: done.append("install"))
    return done


def test_a_wrong_word_shows_how_it_is_used(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        bootstrap.main(["instalar"])
    assert end.value.code == 2
    assert "bootstrap.py run" in capsys.readouterr().out


def test_without_rights_one_command_is_printed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(bootstrap, "required_packages", lambda: ["libgl1", "python3-venv"])
    monkeypatch.setattr(bootstrap, "helpful_packages", lambda job: ["softhsm2"])
    with pytest.raises(SystemExit) as end:
        bootstrap.install_system_packages("test")
    said = capsys.readouterr().out
    assert end.value.code == 3
    assert said.count("sudo apt-get install -y --no-install-recommends libgl1 python3-venv softhsm2\n") == 1


def test_what_is_only_helpful_stops_nobody(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(bootstrap, "required_packages", list)
    monkeypatch.setattr(bootstrap, "helpful_packages", lambda job: ["softhsm2"])
    bootstrap.install_system_packages("test")
    assert "Algunas pruebas se saltarán" in capsys.readouterr().out


def test_missing_libraries_are_named_by_their_package(bootstrap: ModuleType):
    tables = {"libno-such-thing.so.7": "libnothing7", "libno-such-other.so.1": "libnothing7"}
    assert bootstrap.packages_of_missing_libraries(tables) == ["libnothing7"]


def test_the_second_time_nothing_is_installed(bootstrap: ModuleType, steps: list[str]):
    bootstrap.prepare_environment()
    bootstrap.prepare_environment()
    assert steps == ["make", "install"]


def test_new_versions_are_installed_into_the_same_environment(
    bootstrap: ModuleType, steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bootstrap.prepare_environment()
    other = tmp_path / "constraints.txt"
    other.write_text("reportlab==99\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "CONSTRAINTS", other)
    bootstrap.prepare_environment()
    assert steps == ["make", "install", "install"]


def test_a_folder_that_was_moved_gets_a_new_environment(bootstrap: ModuleType, steps: list[str]):
    bootstrap.prepare_environment()
    stamp = bootstrap.STAMP.read_text(encoding="utf-8").replace(str(ROOT), "otra-carpeta")
    bootstrap.STAMP.write_text(stamp, encoding="utf-8")
    bootstrap.prepare_environment()
    assert steps == ["make", "install", "make", "install"]


def test_an_interrupted_installation_is_done_again(
    bootstrap: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
):
    def interrupted() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install_project", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.prepare_environment()
    bootstrap.prepare_environment()
    assert steps == ["make", "install"]


def test_a_folder_with_other_things_is_not_touched(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]):
    bootstrap.VENV.mkdir()
    photo = bootstrap.VENV / "foto.jpg"
    photo.write_bytes(b"foto")
    with pytest.raises(SystemExit) as end:
        bootstrap.make_environment()
    assert end.value.code == 4
    assert photo.read_bytes() == b"foto"
    assert "no se tocó" in capsys.readouterr().out


@pytest.mark.parametrize("with_wheels", [True, False])
def test_a_folder_of_wheels_replaces_the_internet(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, with_wheels: bool
):
    commands: list[list[str]] = []

    def record(command, **options):
        commands.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    if with_wheels:
        bootstrap.WHEELHOUSE.mkdir()
    bootstrap.install_project()
    assert ("--no-index" in commands[0]) is with_wheels
    assert str(bootstrap.CONSTRAINTS) in commands[0]


def test_a_failed_installation_says_what_to_do(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(
        bootstrap.subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, 1)
    )
    with pytest.raises(SystemExit) as end:
        bootstrap.install_project()
    assert end.value.code == 4
    assert "installer/wheelhouse" in capsys.readouterr().out


def test_windows_keeps_its_programs_elsewhere(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bootstrap, "WINDOWS", True)
    assert bootstrap.program_of_environment("ruff").parts[-2:] == ("Scripts", "ruff.exe")


def test_starting_the_program_leaves_the_choice_of_screen_to_it(tmp_path, monkeypatch):
    """With a platform set from outside the program would open a window that nobody sees and never end."""
    spec = importlib.util.spec_from_file_location("bootstrap_env", ROOT / "installer" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told = tmp_path / "platform.txt"
    script = (
        f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(str(os.environ.get('QT_QPA_PLATFORM')))"
    )
    assert module.start([sys.executable, "-c", script]) == 0
    assert told.read_text() == "None"
