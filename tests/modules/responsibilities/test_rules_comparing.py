"""Two versions of a matrix: what a reader is told of their differences."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.word_changes import StretchKind
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Change, Duty, Matrix, MatrixUnit

words = st.sampled_from(["plan", "informe", "hogar", "semanal", "dirigir", "aprobar", "y", "el"])
texts = st.lists(words, min_size=1, max_size=12).map(" ".join)
labels = st.sampled_from(["GERENCIA", "ULE", "OFICINA", "SEGURIDAD"])
units = st.builds(
    MatrixUnit, label=labels, duties=st.lists(texts.map(Duty), min_size=0, max_size=5).map(tuple)
)
matrices = st.builds(
    Matrix, title=st.sampled_from(["PLAN 2024", "PLAN 2025"]), units=st.lists(units, max_size=4).map(tuple)
)


def matrix(**units_of: list[str]) -> Matrix:
    return Matrix(
        "PLAN",
        units=tuple(
            MatrixUnit(label=label, duties=tuple(Duty(text) for text in said))
            for label, said in units_of.items()
        ),
    )


def told(before: Matrix, after: Matrix) -> list[tuple[str, str, str, str]]:
    return [
        (one.what, one.change.value, one.before_place, one.after_place)
        for one in rules.compare_matrices(before, after)
    ]


@given(matrices)
def test_a_matrix_does_not_differ_from_itself(one: Matrix) -> None:
    assert rules.compare_matrices(one, one) == ()


@given(matrices)
def test_following_it_up_is_no_difference(one: Matrix) -> None:
    followed = replace(
        one,
        units=tuple(
            replace(unit, duties=tuple(replace(duty, responsible="Ana") for duty in unit.duties))
            for unit in one.units
        ),
    )
    assert rules.compare_matrices(one, followed) == ()


@given(matrices, matrices)
def test_every_duty_is_accounted_for(before: Matrix, after: Matrix) -> None:
    """Those added and taken out explain the difference in number; each is told from both sides alike."""
    found = rules.compare_matrices(before, after)
    added = sum(one.what == "función" and one.change is Change.ADDED for one in found)
    removed = sum(one.what == "función" and one.change is Change.REMOVED for one in found)
    assert after.duty_count - before.duty_count == added - removed
    units_added = sum(one.what == "unidad" and one.change is Change.ADDED for one in found)
    units_removed = sum(one.what == "unidad" and one.change is Change.REMOVED for one in found)
    assert len(after.units) - len(before.units) == units_added - units_removed
    if not found:
        assert [[duty.text for duty in unit.duties] for unit in before.units] == [
            [duty.text for duty in unit.duties] for unit in after.units
        ]


def test_an_insertion_moves_letters_but_no_duty() -> None:
    before = matrix(GM=["Aprobar el plan.", "Dirigir el plan."])
    after = matrix(GM=["Informar al concejo cada mes.", "Aprobar el plan.", "Dirigir el plan."])
    assert told(before, after) == [("función", "agregada", "", "01.a")]


def test_a_reworded_duty_says_which_words() -> None:
    before = matrix(ULE=["Elevar informes semanales a la gerencia."])
    after = matrix(ULE=["Elevar informes mensuales a la gerencia."])
    (one,) = rules.compare_matrices(before, after)
    assert (one.change, one.before_place, one.after_place) == (Change.REWORDED, "01.a", "01.a")
    assert [(run.kind, run.text.strip()) for run in one.words if run.kind is not StretchKind.SAME] == [
        (StretchKind.REMOVED, "semanales"),
        (StretchKind.ADDED, "mensuales"),
    ]


def test_a_duty_that_changed_its_unit_is_moved() -> None:
    before = matrix(GM=["Aprobar el plan.", "Custodiar los formatos."], ULE=["Ejecutar el plan."])
    after = matrix(GM=["Aprobar el plan."], ULE=["Ejecutar el plan.", "Custodiar los formatos."])
    assert told(before, after) == [("función", "movida", "01.b", "02.b")]


def test_units_are_told_by_office_unit_before_name() -> None:
    before = Matrix("P", units=(MatrixUnit(label="SUB GERENCIA VECINAL", unit_id=5, duties=(Duty("x"),)),))
    after = Matrix("P", units=(MatrixUnit(label="SUB GERENCIA SOCIAL", unit_id=5, duties=(Duty("x"),)),))
    (one,) = rules.compare_matrices(before, after)
    assert (one.what, one.change, one.before, one.after) == (
        "unidad",
        Change.REWORDED,
        "SUB GERENCIA VECINAL",
        "SUB GERENCIA SOCIAL",
    )


def test_units_and_headings_too() -> None:
    before = matrix(GM=["Aprobar."], ULE=["Ejecutar."], COM=["Difundir."])
    after = replace(matrix(COM=["Difundir."], GM=["Aprobar."], OGAJ=["Opinar."]), title="PLAN 2025")
    assert told(before, after) == [
        ("título", "cambiada", "", ""),
        ("unidad", "movida", "03", "01"),
        ("unidad", "agregada", "", "03"),
        ("unidad", "quitada", "02", ""),
        ("función", "agregada", "", "03.a"),
        ("función", "quitada", "02.a", ""),
    ]


def test_five_hundred_strangers_are_compared() -> None:
    before = matrix(**{f"U{n}": [f"antes{n}x{m} uno dos tres" for m in range(50)] for n in range(10)})
    after = matrix(**{f"U{n}": [f"luego{n}x{m} cuatro cinco seis" for m in range(50)] for n in range(10)})
    found = rules.compare_matrices(before, after)
    assert len(found) == 1000
