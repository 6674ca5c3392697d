"""The files as a stranger finds them: top level, names, size, docstrings, dead links, and nothing of this machine."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

import sisfoh_desktop

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    "sisfoh_desktop",
    "resources",
    "migrations",
    "installer",
    "tests",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    ".ci",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
}
MADE_BY_TOOLS = re.compile(
    r"(^|/)(\.git|\.venv|__pycache__|\.\w+_cache|\.hypothesis|[^/]+\.egg-info|dist|build)(/|$)"
)
WORD_THAT_SAYS_NOTHING = re.compile(r"^(utils?|helpers?|common|misc|core|shared|stuff|base_?utils)$")
LONGEST_FILE = 500  # lines; past ~400 a file usually holds two subjects

# Only these may be linked: the state's norms, licences, standards and their name spaces, where shipped files come
# from, and names that stand for no real host.
HOSTS = re.compile(
    r"(?:[\w-]+\.)*(?:gob\.pe|apache\.org|w3\.org|iso\.org|adobe\.com|purl\.org|aiim\.org|openxmlformats\.org"
    r"|age-encryption\.org|schemas\.microsoft\.com|keepachangelog\.com|semver\.org|sil\.org|lucide\.dev|github\.com"
    r"|example(?:\.com|\.org)?|test|invalid|localhost|127\.0\.0\.1)(?::\S+)?"
)
URL = re.compile(r"https?://([^\s/\"'<>)\]`»]+)")
PACKAGE_INDEX = re.compile(r"\b(?:pythonhosted|pypi|npmjs|debian)\.(?:org|com|net)\b", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~*})\]-])/(?:home|root|work|Users|srv)/\w|\b[A-Z]:\\Users\\\w")
UNFINISHED = re.compile(r"#.*\b(?:TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b|^(?:<{7}|>{7}) ", re.MULTILINE)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, relative to its root: what git keeps or would keep, else what lies here."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(
            git, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):  # a copy without git
        listed = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
    kept = (Path(name) for name in listed if name and not MADE_BY_TOOLS.search(name))
    return tuple(sorted(path for path in kept if (ROOT / path).is_file()))


@cache
def text(path: Path) -> str:
    """What the file says; "" for pictures, fonts and the like."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python_files(*folders: str) -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in folders]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """`file:line: what was found` for every match in every text file."""
    return [
        f"{path}:{text(path).count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for path in files()
        for match in pattern.finditer(text(path))
    ]


def test_top_level_is_the_house():
    assert {path.parts[0] for path in files()} <= TOP_LEVEL


def test_names_say_what_is_inside():
    vague = [path for path in files() for part in path.parts if WORD_THAT_SAYS_NOTHING.match(Path(part).stem)]
    assert vague == []


def test_every_file_is_one_subject():
    long = {
        str(path): len(text(path).splitlines())
        for path in python_files("sisfoh_desktop", "tests", "installer", "migrations")
        if len(text(path).splitlines()) > LONGEST_FILE
    }
    assert long == {}


def test_every_module_says_what_lives_in_it():
    silent = [
        path
        for path in python_files("sisfoh_desktop", "installer", "migrations")
        if not ast.get_docstring(ast.parse(text(path)))
    ]
    assert silent == []


def test_no_folder_is_there_for_later():
    """A package without a line of code in it, beside the folder marks, is a promise and not a room."""
    packages = {path.parent for path in python_files("sisfoh_desktop") if path.name == "__init__.py"}
    inhabited = {
        parent
        for path in python_files("sisfoh_desktop")
        if path.name != "__init__.py"
        for parent in path.parents
    }
    assert packages - inhabited == set()


def test_only_known_hosts_are_linked():
    """What is shipped; a test may make up a host."""
    shipped = [path for path in files() if path.parts[0] != "tests"]
    hosts = {(str(path), host.rstrip(".,;:")) for path in shipped for host in URL.findall(text(path))}
    assert {(path, host) for path, host in hosts if not HOSTS.fullmatch(host)} == set()


def test_no_package_index_is_named():
    assert lines_with(PACKAGE_INDEX) == []


def test_no_path_of_a_machine():
    assert lines_with(MACHINE_PATH) == []


def test_nothing_is_left_unfinished():
    assert lines_with(UNFINISHED) == []


def test_links_between_pages_lead_somewhere():
    links = [
        (page, target)
        for page in files()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(page))
        if not target.startswith(("http:", "https:", "mailto:"))
    ]
    assert [f"{page}: {target}" for page, target in links if not (ROOT / page.parent / target).exists()] == []


def test_readme_shows_the_two_commands_of_each_system():
    readme = text(Path("README.md"))
    for command in ("python3 installer/bootstrap.py", r"py -3 installer\bootstrap.py"):
        assert f"{command} run" in readme
        assert f"{command} test" in readme


def test_constraints_pin_every_dependency_and_hold_names_and_versions_only():
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    lines = [
        line
        for line in text(Path("installer/constraints.txt")).splitlines()
        if not line.strip().startswith("#")
    ]
    assert [
        line for line in lines if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+(?: ; [\w .<>='!]+)?", line)
    ] == []
    pinned = {line.split("==")[0] for line in lines}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", need).group()).lower() for need in wanted}
    assert names - pinned == set(), "run the command of .github/CONTRIBUTING.md again"
    assert {"tzdata", "colorama"} <= pinned, "what only Windows needs"


def test_the_version_is_said_once():
    version = tomllib.loads(text(Path("pyproject.toml")))["project"]["version"]
    assert sisfoh_desktop.__version__ == version
    assert version in text(Path("CHANGELOG.md"))


@pytest.mark.parametrize(
    "name", ["LICENSE", "CHANGELOG.md", "README.md", ".github/CONTRIBUTING.md", ".github/DECISIONS.md"]
)
def test_the_papers_of_a_project_are_there(name: str):
    assert len(text(Path(name)).splitlines()) > 10
