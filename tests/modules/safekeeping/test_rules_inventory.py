"""Every column of the base is marked: as personal data, or as known to hold none."""

from pathlib import Path

import pytest

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.modules.safekeeping.rules.inventory import (
    BaseColumn,
    column_words,
    columns_words,
    inventory_of,
    marked_in_vain,
    read_catalogue,
    unmarked,
)
from sisfoh_desktop.modules.safekeeping.service.inventory import load_catalogue
from sisfoh_desktop.modules.safekeeping.store.inventory import schema_columns

FILE = Path(__file__).parents[3] / "resources" / "data" / "national" / "personal_data.toml"


def test_no_column_of_the_schema_was_forgotten():
    """A new text column is marked in personal_data.toml, one way or the other."""
    columns = schema_columns()
    assert {one.table for one in columns} == set(Base.metadata.tables)
    assert unmarked(load_catalogue(), columns) == []


def test_no_mark_names_a_column_that_is_gone():
    assert marked_in_vain(load_catalogue(), schema_columns()) == []


def test_every_column_called_dni_or_email_or_address_is_personal():
    catalogue = load_catalogue()
    for column in schema_columns():
        if column.name in ("dni", "email", "address", "password_hash") or column.name.endswith("_by"):
            found = catalogue.find(column)
            assert (found is not None) != (column.name == "held_by"), column


@pytest.fixture
def catalogue():
    return read_catalogue(
        {
            "rules": {"account": ["*_by"], "plain": ["version", "*sha256"]},
            "kind": {
                "account": {"label": "Usuario que actuó", "why": "Responde"},
                "name": {"label": "Nombres", "why": "Dice quién"},
                "absence": {"label": "Ausencias", "why": "Impide entrar"},
            },
            "table": {
                "person": {
                    "title": "Personas",
                    "holders": "Vecinos",
                    "people": True,
                    "plain": ["colour", "held_by"],
                    "personal": {
                        "name": "name",
                        "reason": {"kind": "absence", "sensitive": True, "why": "Salud"},
                    },
                }
            },
        }
    )


def column(table: str, name: str, *, key: bool = False, text: bool = True) -> BaseColumn:
    return BaseColumn(table, name, key, text)


def test_a_new_column_is_found_unless_a_rule_knows_it(catalogue):
    columns = [
        column("person", "id", key=True, text=False),
        column("person", "name"),
        column("person", "held_by"),
        column("person", "born_on", text=False),  # each row is a person: even a date must be told
        column("other", "made_by"),
        column("other", "file_sha256"),
        column("other", "amount", text=False),
        column("other", "nickname"),
    ]
    assert unmarked(catalogue, columns) == ["person.born_on", "other.nickname"]
    assert catalogue.find(column("person", "held_by")) is None
    assert marked_in_vain(catalogue, columns) == ["person.colour", "person.reason"]


def test_the_inventory_says_whose_of_what_kind_and_how_many(catalogue):
    columns = [column("person", "name"), column("person", "reason"), column("other", "made_by")]
    other, person = inventory_of(catalogue, columns, {"person": 3})
    assert (person.title, person.holders, person.row_count, person.sensitive) == (
        "Personas",
        "Vecinos",
        3,
        True,
    )
    assert columns_words(person, catalogue) == ["Nombres (name)", "Ausencias (reason, sensible)"]
    assert (other.name, other.sensitive, other.columns[0].why) == ("other", False, "Responde")
    assert "Personal de la oficina" in other.holders


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("DNI de quien recibió; vacío si no se registró", "DNI de quien recibió"),
        ("Clave del rol, p. ej. kardex_clerk", "clave del rol"),
        ("Momento de la firma (UTC)", "momento de la firma"),
        ("Vacaciones, licencia u otro motivo", "vacaciones, licencia u otro motivo"),
        ("", ""),
    ],
)
def test_a_column_is_read_in_the_words_of_the_schema(comment, words):
    assert column_words(comment) == words


def test_no_column_is_told_by_its_name_in_the_code():
    """The inventory is read by the office and by the authority: each column in Spanish, each kind once."""
    catalogue, columns = load_catalogue(), schema_columns()
    tables = inventory_of(catalogue, columns, {})
    said = {line for table in tables for line in columns_words(table, catalogue)}
    assert {"Nombres y apellidos", "DNI (DNI de quien recibió)"} <= said
    for table in tables:
        for one in table.columns:
            assert one.words, f"{table.name}.{one.name} has no words"
            assert "_" not in one.words, f"{table.name}.{one.name}: {one.words}"


def test_the_shipped_file_says_what_it_is():
    assert FILE.read_text(encoding="utf-8").startswith("# Qué columnas")
    kinds = {column.kind for table in load_catalogue().tables.values() for column in ()} | set(
        load_catalogue().kinds
    )
    assert {"dni", "name", "contact", "signature", "credential"} <= kinds
