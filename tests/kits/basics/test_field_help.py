"""What the norms say of fields: every note names a form, a field and a norm that exist."""

import ast
import re
from pathlib import Path

import pytest

from sisfoh_desktop.basics import field_help, help_topics
from sisfoh_desktop.basics.field_help import field_notes, notes_of

SOURCE = Path(field_help.__file__).parents[1]
NOTES = field_notes()
ARTICLE = re.compile(r"\b(?:arts?|nums?)\. \d|\bAnexo \d")
ADDERS = frozenset(("text", "long_text", "date", "amount", "number", "combo", "check", "add"))
# a form whose fields are put by functions of another file
BUILT_ELSEWHERE = {"plans.ItemDialog": SOURCE / "modules/plans/view/part_forms.py"}


def added(tree: ast.AST) -> set[str]:
    """The names of the fields that some code adds to a form."""
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and one.args]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ADDERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def fields_by_class() -> dict[str, set[str]]:
    """The fields of every class of the screen, with those that functions of its own file add for it."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).parts
        where = parts[1] if parts[0] == "modules" else parts[0]
        tree = ast.parse(path.read_text("utf-8"))
        adding = {one.name: added(one) for one in tree.body if isinstance(one, ast.FunctionDef)}
        for one in tree.body:
            if isinstance(one, ast.ClassDef):
                called = {call.id for call in ast.walk(one) if isinstance(call, ast.Name)}
                more = (adding[name] for name in called & set(adding))
                found.setdefault(f"{where}.{one.name}", set()).update(added(one), *more)
    for place, path in BUILT_ELSEWHERE.items():
        found[place] |= added(ast.parse(path.read_text("utf-8")))
    return found


FIELDS = fields_by_class()


def test_at_least_forty_fields_have_a_note_and_most_name_the_article():
    assert sum(len(note.fields) for note in NOTES) >= 40
    assert sum(bool(ARTICLE.search(note.text)) for note in NOTES) >= 40


@pytest.mark.parametrize("note", NOTES, ids=[f"{note.where} {note.fields[0]}" for note in NOTES])
def test_a_note_names_a_form_its_fields_and_norms_that_exist(note):
    assert set(note.fields) <= FIELDS[note.where]
    cited = help_topics.cited_norms(note.text)
    assert cited
    assert [norm for norm in cited if norm not in help_topics.norm_names()] == []
    assert "{norma" not in help_topics.with_norms(note.text)
    assert len(help_topics.with_norms(note.text)) < 360


def test_a_field_has_one_note():
    named = [(note.where, name) for note in NOTES for name in note.fields]
    assert len(named) == len(set(named))


def test_the_nearest_class_speaks_first_and_a_stranger_says_nothing():
    inner = type("BackupDialog", (), {"__module__": "sisfoh_desktop.modules.safekeeping.view.backup_dialogs"})
    outer = type("NewUserDialog", (), {"__module__": "sisfoh_desktop.modules.people.view.user_dialogs"})
    told = notes_of([inner, outer])
    assert "art. 52" in told["password"]
    assert "DS 016-2024-JUS" in told["folder"]
    assert "roles" in told
    assert notes_of([type("BackupDialog", (), {"__module__": "otro.lugar"})]) == {}
