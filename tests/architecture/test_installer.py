"""What is handed out, without building it: versions, named files, what is left out, what freezing must not forget."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
import types
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from platformdirs.windows import Windows

import sisfoh_desktop
from sisfoh_desktop.db.server_roles import OFFICE_ROLE

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
NSI = (INSTALLER / "windows" / "sisfoh.nsi").read_text(encoding="utf-8")
WXS = (INSTALLER / "windows" / "sisfoh.wxs").read_text(encoding="utf-8")


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Loads a file of installer/ as its programs see it, and forgets it afterwards."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(INSTALLER))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield load
    for name in set(sys.modules) - before:
        if name.split(".")[0] in ("bootstrap", "build", "windows", "wine"):
            del sys.modules[name]


@cache
def imports_of_the_program() -> frozenset[str]:
    """Every module that a file of the program or a migration names, with what is named by a text."""
    found = set()
    for path in [*(ROOT / "sisfoh_desktop").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return frozenset(found)


@cache
def frozen_recipe() -> dict[str, Any]:
    """What the recipe of PyInstaller hands over, run with stand-ins; a whole package is `name.*`."""
    given: dict[str, Any] = {"metadata": []}
    hooks = types.ModuleType("PyInstaller.utils.hooks")
    hooks.collect_submodules = lambda package, filter=None: [f"{package}.*"]  # type: ignore[attr-defined]  # noqa: A006
    hooks.collect_data_files = lambda package: [(f"{package}/data", package)]  # type: ignore[attr-defined]
    hooks.copy_metadata = lambda package: given["metadata"].append(package) or []  # type: ignore[attr-defined]
    spec = INSTALLER / "frozen" / "sisfoh.spec"

    def analysis(scripts: list[str], **words: Any) -> types.SimpleNamespace:
        given.update(words, scripts=scripts)
        return types.SimpleNamespace(binaries=[], datas=[], pure=[], scripts=[])

    def nothing(*_words: Any, **_names: Any) -> None:
        return None

    parents = {name: types.ModuleType(name) for name in ("PyInstaller", "PyInstaller.utils")}
    with pytest.MonkeyPatch.context() as patch:
        for name, module in {**parents, "PyInstaller.utils.hooks": hooks}.items():
            patch.setitem(sys.modules, name, module)
        world = {
            "SPECPATH": str(spec.parent),
            "Analysis": analysis,
            "PYZ": nothing,
            "EXE": nothing,
            "COLLECT": nothing,
        }
        exec(compile(spec.read_text(encoding="utf-8"), spec.name, "exec"), world)
    return given


def covered(module: str, names: list[str]) -> bool:
    return module in names or any(
        name.endswith(".*") and f"{module}.".startswith(name.removesuffix("*")) for name in names
    )


def test_the_version_handed_out_is_the_program_s(installer: Any):
    assert installer("build").program_version() == sisfoh_desktop.__version__
    assert re.search(r"\d+\.\d+\.\d+", NSI) is None, "the installer gets its version from the build"
    assert 'Version="$(var.VERSION)"' in WXS


def test_the_files_named_by_the_scripts_exist():
    folder = INSTALLER / "windows"
    resources = (folder / "launch.rc").read_text(encoding="utf-8")
    named = {*re.findall(r'^\d+ (?:ICON|24) "([^"]+)"', resources, re.MULTILINE)}
    named |= set(re.findall(r'^(?:Icon|UninstallIcon) "([^"]+)"', NSI, re.MULTILINE))
    named |= set(re.findall(r"\$\(var\.HERE\)/([\w.]+)", WXS))
    assert {"sisfoh.ico", "launch.manifest"} <= named
    assert [name for name in named if not (folder / name).is_file()] == []


def test_the_programs_called_by_one_another_exist(installer: Any):
    build = installer("build")
    assert (build.HERE / "frozen" / "sisfoh.spec").is_file()
    assert [Path(script).is_file() for script in frozen_recipe()["scripts"]] == [True]
    sources = installer("wine.stand_ins").SOURCES
    assert {path.stem for path in sources.glob("*.c")} == {"icuuc", "mscms", "ucrtbase", "bcryptprimitives"}
    workflow = (ROOT / ".github" / "workflows" / "windows-release.yml").read_text(encoding="utf-8")
    assert r"python installer\build.py windows" in workflow


def test_uninstalling_names_every_file_that_lies_in_the_program_s_folder(installer: Any):
    folder = installer("windows.program_folder")
    put = {f"{folder.PYTHON}.dll", "python3.dll", f"{folder.PYTHON}._pth", "sisfoh.exe", "sisfoh-consola.exe"}
    removed = re.findall(r'Delete "\$INSTDIR\\([^"]+)"', NSI)
    patterns = [re.compile(re.escape(name).replace(r"\*", ".*")) for name in removed]
    assert [
        name for name in put | set(folder.VISUAL_RUNTIME) if not any(p.fullmatch(name) for p in patterns)
    ] == []


def test_data_are_never_among_the_program_s_files(monkeypatch: pytest.MonkeyPatch):
    """What `/BORRARDATOS` removes is where the program keeps its data on Windows; nothing else ever touches it."""
    monkeypatch.setattr(Windows, "user_data_dir", property(lambda self: f"$LOCALAPPDATA\\{self.appname}"))
    data = Windows("SISFOH", appauthor=False).user_data_dir + r"\data"
    assert data == r"$LOCALAPPDATA\SISFOH\data"
    assert '!define FOLDER "SISFOH"' in NSI
    asked = NSI.index('"/BORRARDATOS"')
    assert [at.start() > asked for at in re.finditer(r'RMDir (?:/r )?"\$LOCALAPPDATA', NSI)] == [True, True]
    assert r'StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${FOLDER}"' in NSI


def test_both_installers_look_for_one_another():
    mark = re.search(r'!define MSI "([^"]+)"', NSI).group(1)
    entry = re.search(r'!define ENTRY "([^"]+)"', NSI).group(1)
    assert f'Key="{mark}"' in WXS
    assert WXS.count(f'Key="{entry}"') == 2, "for everybody and for one person"


def test_both_installers_ask_for_the_same_windows():
    oldest = re.search(r"!define OLDEST_WINDOWS (\d+)", NSI).group(1)
    assert f"WINDOWS_BUILD &gt;= {oldest}" in WXS


def test_the_exit_codes_are_told_to_the_technician():
    used = {int(code) for code in re.findall(r"Refuse (\d+) ", NSI)}
    head = NSI[: NSI.index("Unicode true")]
    assert {code for code in used if not re.search(rf"\b{code} \w", head)} == set()
    readme = (INSTALLER / "README.md").read_text(encoding="utf-8")
    assert {code for code in used if f"| {code} |" not in readme} == set()


def test_the_launcher_hands_a_worker_s_words_to_python_as_they_come():
    """Who reads workbooks is `-c … --multiprocessing-fork`: our `-m sisfoh_desktop` before it would break it."""
    from multiprocessing import spawn

    source = (INSTALLER / "windows" / "launch.c").read_text(encoding="utf-8")
    mark = spawn.get_command_line(pipe_handle=1, parent_pid=1)[-1]
    assert f'wcscmp(words[count - 1], L"{mark}") == 0' in source
    unchanged = re.search(r"if \(starts_a_worker\(count, words\)\)\s+return start\(count, words\);", source)
    assert unchanged is not None
    assert unchanged.end() < source.index('L"-m"')


def test_nothing_that_the_program_imports_is_left_out(installer: Any):
    left_out = installer("windows.left_out")
    used = imports_of_the_program()
    qt = {name.split(".")[1] for name in used if name.startswith("PySide6.")}
    assert qt - left_out.QT_MODULES == set()
    assert {name.split(".")[0] for name in used} & left_out.STANDARD_LIBRARY == set()
    excluded = set(frozen_recipe()["excludes"])
    assert {name for name in used if name in excluded or name.split(".")[0] in excluded} == set()


def test_freezing_takes_what_only_a_text_or_a_migration_names():
    recipe = frozen_recipe()
    hidden = recipe["hiddenimports"]
    named_by_text = {name for name in imports_of_the_program() if name.startswith("sisfoh_desktop")}
    assert [name for name in named_by_text if not covered(name, hidden)] == []
    for path in (ROOT / "migrations").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert covered(str(node.module), hidden), f"{path.name}: {node.module}"
    for back_end in (
        "sqlalchemy.dialects.sqlite",
        "sqlalchemy.dialects.postgresql.psycopg",
        "keyring.backends.Windows",
    ):
        assert covered(back_end, hidden), back_end
    assert {Path(source).name for source, _place in recipe["datas"]} >= {"resources", "migrations"}
    assert {"sqlalchemy", "keyring"} <= set(recipe["metadata"])


def test_the_wheel_carries_what_lies_outside_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {name: f"sisfoh_desktop/_bundled/{name}" for name in ("resources", "migrations")}


def test_a_windows_file_is_read_and_another_one_refused(installer: Any, tmp_path: Path):
    pe_file = installer("windows.pe_file").PeFile
    spec = importlib.util.find_spec("distlib")
    launcher = spec and spec.origin and Path(spec.origin).with_name("w64.exe")
    if not launcher or not launcher.is_file():
        pytest.skip("no Windows program on this machine to read")
    assert "kernel32.dll" in pe_file(launcher).imports()
    assert pe_file(launcher).exports() == []
    text = tmp_path / "texto.dll"
    text.write_text("esto no es un programa")
    with pytest.raises(ValueError, match="texto"):
        pe_file(text)


def test_places_of_this_machine_stop_the_build(installer: Any, tmp_path: Path):
    build = installer("build")
    folder = tmp_path / "SISFOH"
    folder.mkdir()
    (folder / "limpio.txt").write_text("nada")
    build.refuse_places_of_this_machine(folder, tmp_path / "salida")
    (folder / "nota.json").write_bytes(str(build.ROOT / "dist").encode())
    with pytest.raises(SystemExit) as end:
        build.refuse_places_of_this_machine(folder, tmp_path / "salida")
    assert end.value.code == 4


def test_what_was_made_is_told_with_its_sum(
    installer: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    build = installer("build")
    made = tmp_path / "SISFOH-1.2.3-win64.exe"
    made.write_bytes(b"abc")
    build.tell(made, "1.2.3")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert made.with_name(f"{made.name}.sha256").read_text() == f"{digest}  {made.name}\n"
    said = capsys.readouterr().out
    assert "versión 1.2.3" in said
    assert digest in said


def test_without_the_tools_one_command_is_printed(
    installer: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    build = installer("build")
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    monkeypatch.setattr(build.bootstrap, "apt_install", lambda packages: False)
    with pytest.raises(SystemExit) as end:
        build.install_programs(["windows", "msi"])
    assert end.value.code == 3
    assert (
        "sudo apt-get install -y --no-install-recommends gcc-mingw-w64-x86-64 nsis wixl"
        in capsys.readouterr().out
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the script of Linux servers")
def test_the_server_s_script_reads_well_and_names_the_roles_of_the_program():
    script = INSTALLER / "server" / "preparar-servidor.sh"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    text = script.read_text(encoding="utf-8")
    roles = (INSTALLER / "server" / "crear-base.sql").read_text(encoding="utf-8")
    for role in (OFFICE_ROLE, "sisfoh_dueno"):
        assert role in text
        assert f"CREATE ROLE {role}" in roles
    assert "trust" not in text
