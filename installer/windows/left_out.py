"""What of Qt, of Python and of the libraries is not put into the Windows program, and why.

Every list says what it costs in the README's table. Nothing here knows how the rest is put together.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from windows.pe_file import PeFile

# Python modules of Qt that the program or its charts (pyqtgraph) import
QT_MODULES = frozenset(
    {
        "QtCore",
        "QtGui",
        "QtWidgets",
        "QtPrintSupport",
        "QtSvg",
        "QtSvgWidgets",  # the rest: pyqtgraph looks for them when it is imported
        "QtOpenGL",
        "QtOpenGLWidgets",
        "QtTest",
    }
)
QT_PLUGINS = frozenset(
    {
        "platforms/qwindows",
        "platforms/qoffscreen",
        "styles/qmodernwindowsstyle",
        "styles/qwindowsvistastyle",
        "iconengines/qsvgicon",
        "imageformats/qsvg",
        "imageformats/qico",
        "imageformats/qjpeg",
        "imageformats/qgif",
    }
)
# of PySide6: programs of the developer, QML, headers, the software renderer of OpenGL (20 MB)
_QT_FILES = ("*.exe", "*.pyi", "*.lib", "opengl32sw.dll", "d3dcompiler*.dll", "pyside6qml.abi3.dll", "*.json")
_QT_FOLDERS = (
    "include",
    "typesystems",
    "glue",
    "metatypes",
    "qml",
    "doc",
    "scripts",
    "support",
    "resources",
    "QtAsyncio",
    "lib",
    "translations",  # resources/i18n brings the Spanish one
)
# of any library: its own tests, headers and stubs; `uv` notes where the program was built
_FOLDERS_ANYWHERE = frozenset({"tests", "test", "__pycache__", "examples", "include"})
_SUFFIXES_ANYWHERE = frozenset({".pyi", ".lib", ".pxd", ".pyx", ".h", ".c", ".cpp", ".hpp"})
_NOTES_OF_THE_BUILD = frozenset({"direct_url.json", "uv_cache.json", "REQUESTED", "INSTALLER"})
_OF_LIBRARIES = (
    "bin",
    "Scripts",
    "share",
    "numpy/f2py",
    "numpy/distutils",
    "sqlalchemy/testing",
    "alembic/testing",
)
_FILES_OF_LIBRARIES = ("PIL/_avif*.pyd",)  # 8 MB for pictures that no office has
# of Python: its tests, its editor, its installer of packages, Tcl/Tk
STANDARD_LIBRARY = frozenset(
    {
        "site-packages",
        "dist-packages",
        "lib-dynload",
        "test",
        "tests",
        "idlelib",
        "lib2to3",
        "tkinter",
        "turtledemo",
        "turtle.py",
        "ensurepip",
        "venv",
        "pydoc_data",
        "msilib",
        "__pycache__",
    }
)
RUNTIME_PREFIXES = ("api-ms-", "tcl", "tk", "_tkinter", "_msi", "winsound", "_test", "xxlimited")


def slim_qt(packages: Path) -> None:
    """Leave of PySide6 the modules and plugins above and the libraries that they load, one through another."""
    qt = packages / "PySide6"
    for folder in _QT_FOLDERS:
        shutil.rmtree(qt / folder, ignore_errors=True)
    _remove(path for pattern in _QT_FILES for path in qt.glob(pattern))
    _remove(path for path in qt.glob("Qt*.pyd") if path.name.split(".")[0] not in QT_MODULES)
    plugins = qt / "plugins"
    _remove(
        path
        for path in plugins.rglob("*.dll")
        if path.relative_to(plugins).with_suffix("").as_posix() not in QT_PLUGINS
    )
    libraries = {path.name.lower(): path for path in qt.glob("*.dll")}
    needed: set[str] = set()
    waiting = [*qt.glob("*.pyd"), *plugins.rglob("*.dll"), *packages.glob("shiboken6/*.pyd")]
    while waiting:
        for name in PeFile(waiting.pop()).imports() & libraries.keys() - needed:
            needed.add(name)
            waiting.append(libraries[name])
    _remove(path for name, path in libraries.items() if name not in needed)


def slim_libraries(packages: Path) -> None:
    """Remove from every library what only its developers need, and what tells where this was built."""
    for path in sorted(packages.rglob("*"), reverse=True):
        if path.is_dir():
            if path.name in _FOLDERS_ANYWHERE:
                shutil.rmtree(path)
        elif path.suffix in _SUFFIXES_ANYWHERE or path.name in _NOTES_OF_THE_BUILD:
            path.unlink(missing_ok=True)
    for folder in _OF_LIBRARIES:
        shutil.rmtree(packages / folder, ignore_errors=True)
    _remove(path for pattern in _FILES_OF_LIBRARIES for path in packages.glob(pattern))


def ignored_in_standard_library(_folder: str, names: list[str]) -> list[str]:
    """For `shutil.copytree`: what of the standard library stays behind."""
    return [
        name
        for name in names
        if name in STANDARD_LIBRARY
        or name.startswith(("config-3", "_sysconfigdata"))
        or name.endswith((".so", ".a"))
    ]


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        path.unlink(missing_ok=True)
