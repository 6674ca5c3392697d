"""Orders in hostile hands: places that are none, passwords where they must not stand, bases with and without users."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.modules.people.service import passwords

CLOCK = FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA))
PASSWORD = "tres gatos y un tejado"
SECRET = "clave-del-servidor-77"


class Terminal:
    def __init__(self, base: Path, capsys) -> None:
        self.base, self._capsys = base, capsys

    def run(self, *arguments, base=None, json_too=True):
        """Code, the one JSON object, everything that was written."""
        words = [*map(str, arguments), "--base", str(base or self.base)]
        code = cli.main([*words, "--json"] if json_too else words, clock=CLOCK)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        assert "error propio" not in err, err
        assert code in (0, 2, 3, 4)
        if not json_too:
            return code, None, out + err
        told = json.loads(out)
        assert isinstance(told, dict)
        assert out.count("\n") == 1, "one object on one line"
        if code:
            assert ("error" in told) or ("checks" in told)
            assert err.strip(), "a person is told too"
        return code, told, out + err


@pytest.fixture(autouse=True)
def own_pc(tmp_path, monkeypatch):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    for name in list(os.environ):
        if name.startswith("SISFOH_CLAVE") or name == "SISFOH_RESPALDO_CLAVE":
            monkeypatch.delenv(name)


@pytest.fixture
def terminal(practice, capsys):
    return Terminal(practice, capsys)


@pytest.fixture
def with_users(terminal, monkeypatch):
    monkeypatch.setenv("SISFOH_CLAVE_NUEVA", PASSWORD)
    code, _, _ = terminal.run(
        "usuarios", "crear", "acastro", "--nombre", "ANA CASTRO PRUEBA", "--rol", "administrador"
    )
    assert code == 0
    monkeypatch.delenv("SISFOH_CLAVE_NUEVA")
    return terminal


def snapshot(folder: Path):
    """Every file that an order might have spoiled; SQLite's own beside the base come and go."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm")) and path.suffix != ".db"
    }


ORDERS = [
    ("usuarios", "listar"),
    ("usuarios", "crear", "x.nuevo", "--nombre", "NUEVO PRUEBA", "--rol", "lector"),
    ("usuarios", "cambiar", "acastro", "--nombre", "OTRA"),
    ("usuarios", "roles", "acastro", "--rol", "lector"),
    ("usuarios", "suspender", "acastro", "--motivo", "x"),
    ("usuarios", "cesar", "acastro", "--motivo", "x"),
    ("usuarios", "restablecer", "acastro", "--motivo", "x"),
    ("usuarios", "recuperar", "acastro"),
    ("usuarios", "clave"),
    ("usuarios", "revisar", "--registrar"),
    ("trasladar", "--a", "nueva.db"),
    ("informe", "anexo01", "--plan", "1", "-o", "A.pdf"),
    ("informe", "resolucion", "--numero", "091-2024-GM/MPT", "-o", "R.pdf"),
    ("informe", "kardex", "--tipo", "FSU", "-o", "K.pdf"),
    ("informe", "poi", "--anio", "2024", "--trimestre", "1", "-o", "P.pdf"),
    ("revisar", "resolucion", "--numero", "091-2024-GM/MPT"),
    ("importar", "poi", "nada.xlsx", "--anio", "2024"),
    ("importar", "kardex", "nada.xlsx"),
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "-".join(order[:2]))
@pytest.mark.parametrize("who", ["nobody", "unknown", "wrong", "hostile"])
def test_a_base_with_users_obeys_nobody_who_does_not_prove_who_they_are(
    with_users, tmp_path, monkeypatch, order, who
):
    monkeypatch.chdir(tmp_path)
    named = {"nobody": [], "unknown": ["nadie"], "wrong": ["acastro"], "hostile": ["' OR 1=1 --\x00"]}[who]
    if named:
        monkeypatch.setenv("SISFOH_CLAVE", "no es esta clave")
        monkeypatch.setenv("SISFOH_CLAVE_NUEVA", "chicha morada con limón")
        named = ["--usuario", *named]
    code, told, written = with_users.run(*order, *named)
    assert code in (2, 3), told
    assert "no es esta clave" not in written
    assert not list(tmp_path.glob("*.pdf"))
    assert not (tmp_path / "nueva.db").exists()


@pytest.mark.parametrize("order", [("comprobar",), ("migrar",), ("respaldar", "-o", "copia.sisfoh")])
def test_what_keeps_the_base_safe_asks_for_nobody(with_users, tmp_path, monkeypatch, order):
    monkeypatch.chdir(tmp_path)
    code, told, _ = with_users.run(*order)
    assert code == 0, told


def places(folder: Path, base: Path):
    (folder / "lleno").mkdir()
    (folder / "lleno" / "carta.txt").write_text("mía")
    (folder / "ajeno.db").write_bytes(b"SQLite format 3\x00 no")
    (folder / "enlace.db").symlink_to(base)
    yield from (
        "",
        " ",
        folder / "lleno",
        base,
        folder / "enlace.db",
        base.parent / ".." / base.parent.name / base.name,
        base.parent / "archivo",
        folder / "ajeno.db",
        folder / "lleno" / "carta.txt",
        folder / ("x" * 300),
        "nul\x00.db",
        "/dev/null",
        "/dev/full",
        "/proc/self/mem",
        "sqlite:///otra.db",
        "mysql://u@h/b",
        "http://h/b",
        "postgresql://",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="devices and links have other names there")
@pytest.mark.parametrize("order", ["respaldar", "restaurar", "trasladar"])
def test_a_place_that_is_none_is_refused_and_nothing_is_replaced(
    terminal, tmp_path, monkeypatch, order, template_base
):
    monkeypatch.chdir(tmp_path)
    good = tmp_path / "buena.sisfoh"
    assert terminal.run("respaldar", "-o", good)[0] == 0
    (tmp_path / "aqui").mkdir()
    base = terminal.base
    for place in places(tmp_path / "aqui", base):
        before, was = snapshot(tmp_path), base.read_bytes()
        if order == "respaldar":
            code, told, _ = terminal.run("respaldar", "-o", place)
            if code == 0:  # a folder takes a copy with its usual name
                assert Path(told["file"]).parent.is_dir()
                Path(told["file"]).unlink()
        elif order == "restaurar":
            code, told, _ = terminal.run("restaurar", good, "--a", place)
        else:
            code, told, _ = terminal.run("trasladar", "--a", place)
        after = snapshot(tmp_path)
        assert {name: after.get(name) for name in before} == before, place
        if order == "restaurar":  # the others note in the base itself what they did
            assert base.read_bytes() == was, place
        if code == 0 and order != "respaldar":
            raise AssertionError(f"{order} took {place!r}")
        left = [name for name in after if name not in before and "datos" not in name.parts]
        assert left == [], place
    assert terminal.run("comprobar")[0] == 0


@pytest.mark.parametrize(
    "source", ["", ".", "/dev/null", "/dev/zero", "nul\x00", "no-hay.sisfoh", "BASE", "x" * 5000, "\udcff"]
)
def test_what_is_no_copy_is_not_restored(terminal, tmp_path, source):
    place = tmp_path / "nueva" / "o.db"
    code, _, _ = terminal.run("restaurar", str(terminal.base) if source == "BASE" else source, "--a", place)
    assert code in (2, 3, 4)
    assert not place.exists()


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://u:{SECRET}@127.0.0.1:1/b",
        f"postgresql://u@127.0.0.1:1/b?password={SECRET}",
        f"postgresql://127.0.0.1:1/b?user=u&password={SECRET}",
        f"postgresql+psycopg://u:{SECRET}@127.0.0.1:1/b",
        f"mysql://u:{SECRET}@127.0.0.1:1/b",
        f"postgresql://u@127.0.0.1:1/b?sslpassword={SECRET}",
    ],
)
@pytest.mark.parametrize("order", ["comprobar", "migrar", "respaldar", "trasladar", "usuarios"])
def test_a_password_in_an_address_is_refused_and_never_repeated(terminal, tmp_path, order, address):
    base = address
    arguments = {
        "respaldar": ("respaldar", "-o", tmp_path / "c.sisfoh"),
        "trasladar": ("trasladar", "--a", address, "--archivo", tmp_path / "papeles"),
        "usuarios": ("usuarios", "listar"),
    }.get(order, (order,))
    if order == "trasladar":
        base = terminal.base
    code, told, written = terminal.run(*arguments, base=base)
    assert code in (2, 3, 4)
    assert SECRET not in written
    if address.startswith("postgresql"):
        assert (code, "contraseña" in told["error"]) == (3, True), told
    kept = b"".join(path.read_bytes() for path in (tmp_path / "datos").rglob("*") if path.is_file())
    assert SECRET.encode() not in kept


@pytest.mark.parametrize(
    "words", [("usuarios", "crear", "x", "--clave", SECRET), ("respaldar", "--con-clave", SECRET)]
)
def test_no_order_takes_a_password_as_an_argument(terminal, words):
    code, _, _ = terminal.run(*words)
    assert code == 2


HOSTILE = [
    "'; DROP TABLE app_user; --",
    "<b>x</b>",
    "{0}",
    "%s",
    "{login}",
    "a\x00b",
    "🙂",
    "x" * 100_000,
    "\udcff",
    "ñ́",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_orders_about_users(with_users, monkeypatch, typed):
    monkeypatch.setenv("SISFOH_CLAVE", PASSWORD)
    me = ("--usuario", "acastro")
    for order in (
        ("crear", typed, "--nombre", "X PRUEBA", "--rol", "lector"),
        ("crear", "nueva", "--nombre", typed, "--rol", "lector"),
        ("crear", "otra", "--nombre", "X PRUEBA", "--rol", typed),
        ("crear", "otra", "--nombre", "X PRUEBA", "--rol", "lector", "--desde", typed),
        ("cambiar", "acastro", "--cargo", typed),
        ("cambiar", typed, "--cargo", "x"),
        ("suspender", typed, "--motivo", typed),
        ("recuperar", typed),
        ("revisar", "--registrar", "--nota", typed),
        ("revisar", "--cesar", typed),
    ):
        with_users.run("usuarios", *order, *me)
    monkeypatch.setenv("SISFOH_CLAVE", PASSWORD)
    code, told, _ = with_users.run("usuarios", "listar", *me)
    assert code == 0
    by_login = {user["login"]: user for user in told["users"]}
    if "nueva" in by_login:
        assert by_login["nueva"]["name"] == typed
    assert with_users.run("comprobar")[0] == 0


def test_a_bug_of_ours_leaves_no_data_in_the_log(terminal, tmp_path, monkeypatch, capsys):
    """The message of an exception may quote a password or a person: the log names code."""

    def broken(*_args, **_named):
        raise ValueError(f"no {PASSWORD} of ROSA QUISPE")

    monkeypatch.setattr("sisfoh_desktop.app.base_checks.check_base", broken)
    code = cli.main(["comprobar", "--base", str(terminal.base)], clock=CLOCK)
    out, err = capsys.readouterr()
    assert code == 4
    assert "error propio" in err
    assert PASSWORD not in out + err
    log = (tmp_path / "datos" / "registro" / "sisfoh.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "broken" in log
    assert PASSWORD not in log
    assert "QUISPE" not in log


def test_a_fault_of_the_database_names_no_value(db):
    from sqlalchemy import text

    from sisfoh_desktop.basics.errors import DatabaseUnavailable

    with pytest.raises(DatabaseUnavailable) as caught, db.reading() as session:
        session.execute(text("SELECT * FROM no_such WHERE name = :n"), {"n": "ROSA QUISPE"})
    cause = caught.value.__cause__
    assert cause is not None
    assert "no_such" in str(cause)
    assert "QUISPE" not in str(cause)


@pytest.mark.parametrize(
    "order",
    [
        ("anexo01", "--plan", "1", "-o", "F.pdf"),
        ("kardex", "--tipo", "FSU", "-o", "F.pdf"),
        ("poi", "--anio", "2024", "--trimestre", "1", "-o", "F.pdf"),
        ("poi", "--anio", "2024", "--trimestre", "1", "-o", "F.xlsx"),
        ("resolucion", "--proyecto", "--numero", "2", "-o", "F.pdf"),
    ],
    ids=lambda order: f"{order[0]}-{order[-1]}",
)
def test_papers_and_workbooks_contain_what_was_typed(terminal, tmp_path, monkeypatch, order):
    import openpyxl
    import pypdfium2
    from hostile_texts import spoil

    monkeypatch.chdir(tmp_path)
    assert spoil(terminal.base) > 30
    code, told, _ = terminal.run("informe", *order)
    assert code == 0, told
    if order[-1].endswith(".pdf"):
        document = pypdfium2.PdfDocument(tmp_path / order[-1])
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
    else:
        book = openpyxl.load_workbook(tmp_path / order[-1])
        cells = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        text = " ".join(str(cell.value) for cell in cells)
        assert {cell.data_type for cell in cells if "<b>" in str(cell.value)} <= {"s", "inlineStr"}
    plain = "".join(text.split())
    assert "<b>x</b>&amp;{0}%s" in plain
    assert "DROPTABLEunit" in plain
