"""Every action that the program writes in its trail has words for the history tab, in its own module."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from sqlalchemy import text

from sisfoh_desktop.basics.history import SHARED_FIELDS, HistoryWords, action_words
from sisfoh_desktop.basics.rights import is_known_action
from sisfoh_desktop.db.history import list_entries

MODULES = Path(__file__).resolve().parents[2] / "sisfoh_desktop" / "modules"
ACTION = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")


def service_files() -> Iterator[tuple[str, Path]]:
    for path in sorted(MODULES.rglob("*.py")):
        module, room = path.relative_to(MODULES).parts[:2] if path.parent != MODULES else ("", "")
        if room.removesuffix(".py") == "service":
            yield module, path


def written(node: ast.AST) -> Iterator[str]:
    """The actions in a call that is told who acts, or kept as `action` before such a call."""
    given: list[ast.expr] = []
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") != "check_right":  # it is told a right
        all_given = [*node.args, *(keyword.value for keyword in node.keywords)]
        acts = any(isinstance(one, ast.Name) and one.id == "actor" for one in all_given)
        acts |= any(isinstance(one, ast.Attribute) and one.attr == "actor" for one in all_given)
        given = all_given if acts else []
    elif isinstance(node, ast.Assign) and any(getattr(name, "id", "") == "action" for name in node.targets):
        given = [node.value]
    for value in given:
        choices = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
        for choice in choices:
            if (
                isinstance(choice, ast.Constant)
                and isinstance(choice.value, str)
                and ACTION.fullmatch(choice.value)
            ):
                yield choice.value


def recorded_actions() -> set[str]:
    """The office's `record` puts `office.` before each of its actions."""
    return {
        f"office.{action}" if module == "office" else action
        for module, path in service_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for action in written(node)
    }


def tables() -> list[HistoryWords]:
    names = sorted(path.parts[-3] for path in MODULES.glob("*/rules/history.py"))
    return [import_module(f"sisfoh_desktop.modules.{name}.rules.history").HISTORY_WORDS for name in names]


def test_every_action_that_the_program_records_has_its_words():
    found = recorded_actions()
    assert {"plan.save", "paper.sign", "expediente.create", "office.unit.rename"} <= found
    silent = [action for action in sorted(found) if action_words(action, tables()).startswith("Otro cambio")]
    assert silent == []


def test_every_action_that_the_program_records_is_opened_by_some_right():
    """Or a person with a list of rights, the administrator included, could never do it."""
    assert [action for action in sorted(recorded_actions()) if not is_known_action(action)] == []


def test_every_dated_fact_of_the_office_has_words_for_what_is_done_to_it():
    from sisfoh_desktop.modules.office.rules import DatedFact

    for kind in DatedFact.__args__:
        noun = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        for verb in ("add", "save", "end"):
            assert not action_words(f"office.{noun}.{verb}", tables()).startswith("Otro cambio")


def test_no_two_modules_name_one_action():
    seen = [action for table in tables() for action in table.actions]
    assert len(seen) == len(set(seen))


def test_every_field_in_the_trail_of_the_practice_office_has_its_word(practice_db):
    named = {name for table in tables() for name in table.fields} | SHARED_FIELDS.keys()
    with practice_db.reading() as session:
        entries = list_entries(session, _subjects(session), limit=10_000)
    fields = {name for entry in entries for values in (entry.before, entry.after) for name in values or {}}
    assert len(entries) > 50
    assert sorted(fields - named) == []


def _subjects(session):
    return [row.subject for row in session.execute(text("SELECT DISTINCT subject FROM audit_entry"))]
