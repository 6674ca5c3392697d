"""A file played over the ledger: the five numbers always add up, and nothing is accepted that the ledger refuses."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kardex_rows import (
    ANA,
    BETO,
    CAMPAIGN,
    DIGI,
    FIRST,
    FSU,
    NAMES,
    RECTOR,
    STORE,
    moved,
    opened,
    played,
    reasons,
)

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, Holder, HolderKind, MovementKind, Piece
from sisfoh_desktop.modules.kardex.rules.importing import FileRow, Finding, Layout, TotalRow
from sisfoh_desktop.modules.kardex.rules.importing_names import Names
from sisfoh_desktop.modules.kardex.rules.importing_replay import Ground, read_rows, replay, wanted_forms
from sisfoh_desktop.modules.kardex.rules.importing_totals import (
    check_totals,
    is_carried,
    is_partial,
    is_total,
)
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS

# --- rows ---


def test_who_is_not_named_is_the_usual_one() -> None:
    [accepted] = played(moved(2, "Ingreso", "1", "500")).accepted
    [movement] = accepted.movements
    assert (movement.from_holder_id, movement.to_holder_id) == (RECTOR.id, STORE.id)


def test_the_quantity_must_be_that_of_the_numbers() -> None:
    [aside] = played(moved(2, "Ingreso", "1", "500", count="400")).quarantined
    [finding] = aside.findings
    assert (finding.rule, finding.expected, finding.found) == ("count_differs", "500", "400")
    assert finding.candidates == ("000001-000400",)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (moved(2, "Ingreso", "1", "5", day=None), "day_missing"),
        (moved(2, "Ingreso"), "serial_empty"),
        (moved(2, "Ingreso", "9", "5"), "serial_reversed"),
        (moved(2, "Ingreso", "1", "1234567"), "serial_too_long"),
        (moved(2, "Transferencia", "1", "5"), "holder_missing"),
        (moved(2, "Ingreso", "1", "5", form_type="CROQUIS", count="5"), "numbers_not_expected"),
        (moved(2, "Ingreso", form_type="CROQUIS"), "count_missing"),
        (moved(2, "Ingreso", "1", "5", day=date(2025, 1, 1)), "moved_on_future"),
        (moved(2, "Ingreso", "1", "5", day=date(2023, 1, 1)), "moved_on_before_campaign"),
        (opened(2, "", "Usada", "1", "5"), "holder_missing"),
        (opened(2, "Archivo", "Usada", "1", "5"), "used_by_missing"),
        (opened(2, "Archivo", "Anulada", "1", "5"), "box_missing"),
        (opened(2, ANA.name, "Extraviada", "1", "5"), "document_missing"),
    ],
)
def test_what_is_wrong_with_a_row_by_itself(row: FileRow, rule: str) -> None:
    assert rule in reasons(played(row))[2]


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        (opened(2, "Almacén ULE", "En blanco", "1", "5"), "recepcion"),
        (opened(2, ANA.name, "En blanco", "1", "5"), "recepcion distribucion"),
        (opened(2, ANA.name, "Usada", "1", "5"), "recepcion distribucion uso"),
        (opened(2, ANA.name, "Anulada", "1", "5"), "recepcion distribucion anulacion"),
        (opened(2, "Almacén ULE", "Deteriorada", "1", "5"), "recepcion deterioro"),
        (opened(2, ANA.name, "Extraviada", "1", "5", document="Informe 1"), "recepcion distribucion extravio"),
        (opened(2, "Almacén ULE", "De baja", "1", "5", document="Acta 1"), "recepcion baja"),
        (opened(2, "Archivo", "Anulada", "1", "5", archive_box="1"), "recepcion anulacion archivo"),
        (opened(2, "Archivo", "De baja", "1", "5", document="Acta 1"), "recepcion baja"),
        (opened(2, "Archivo", "Usada", "1", "5", used_by=ANA.name, archive_box="1"),
         "recepcion distribucion uso archivo"),
        (opened(2, DIGI.name, "Usada", "1", "5", used_by=ANA.name), "recepcion distribucion uso entrega_digitacion"),
        (opened(2, BETO.name, "Usada", "1", "5", used_by=ANA.name), "recepcion distribucion uso transferencia"),
        (opened(2, "Almacén ULE", "Usada", "1", "5", used_by=ANA.name), "recepcion distribucion uso transferencia"),
    ],
)  # fmt: skip
def test_an_opening_stock_is_what_must_have_happened(row: FileRow, kinds: str) -> None:
    replayed = played(row)
    assert reasons(replayed) == {}
    assert [movement.kind.value for movement in replayed.accepted[0].movements] == kinds.split()


# --- the replay ---


def test_rows_of_a_day_may_stand_in_any_order() -> None:
    replayed = played(
        moved(2, "Uso", "1", "5", source=ANA.name),
        moved(3, "Entrega", "1", "10", target=ANA.name),
        moved(4, "Ingreso", "1", "100"),
    )
    assert [one.row.row for one in replayed.accepted] == [4, 3, 2]


def test_overlaps_inside_the_file_name_the_row() -> None:
    replayed = played(moved(2, "Ingreso", "1", "100"), moved(3, "Ingreso", "90", "120"))
    [finding] = replayed.quarantined[0].findings[:1]
    assert finding.rule == "forms_overlap"
    assert "movimiento de la fila 2" in finding.text


def test_the_present_ledger_counts() -> None:
    there = Piece(
        FormRange(1, 100), ANA.id, Condition.BLANK, 7, 7, 31, MovementKind.HAND_OUT, FIRST + timedelta(days=1)
    )
    ground = Ground(CAMPAIGN, NAMES, date(2024, 12, 31), pieces={FSU.id: [there]})
    later = FIRST + timedelta(days=2)
    replayed = played(
        moved(2, "Uso", "1", "40", day=later, source=ANA.name),
        moved(3, "Uso", "41", "50", day=FIRST, source=ANA.name),
        moved(4, "Uso", "51", "60", day=later, source=BETO.name),
        ground=ground,
    )
    assert [one.row.row for one in replayed.accepted] == [2]
    assert reasons(replayed) == {3: ["moved_on_before_previous"], 4: ["forms_elsewhere"]}
    assert "movimiento N° 000031" in replayed.quarantined[1].findings[0].text


def test_what_hangs_on_a_row_that_cannot_be_read_waits_with_it() -> None:
    replayed = played(
        moved(2, "Ingreso", "1", "100"),
        moved(3, "Entrega", "1", "50", target="NADIE CONOCIDO"),
        moved(4, "Entrega", "40", "60", target=ANA.name),
        moved(5, "Entrega", "61", "70", target=ANA.name),
    )
    assert [one.row.row for one in replayed.accepted] == [2, 5]
    assert reasons(replayed) == {3: ["holder_unknown"], 4: ["depends_on_quarantine"]}


def test_a_row_written_twice_is_told_and_takes_nothing_with_it() -> None:
    replayed = played(
        moved(2, "Ingreso", "1", "100"),
        moved(3, "Entrega", "1", "50", target=ANA.name),
        moved(4, "Entrega", "1", "50", target=ANA.name),
        moved(5, "Uso", "1", "50", source=ANA.name, day=FIRST + timedelta(days=1)),
    )
    assert reasons(replayed) == {4: ["repeated_row"]}


def test_articles_without_numbers_are_counted() -> None:
    replayed = played(
        moved(2, "Ingreso", form_type="CROQUIS", count="100"),
        moved(3, "Entrega", form_type="CROQUIS", count="60", target=ANA.name),
        moved(4, "Entrega", form_type="CROQUIS", count="60", target=BETO.name),
    )
    assert reasons(replayed) == {4: ["articles_missing"]}


def test_who_may_not_receive_is_asked_by_day() -> None:
    ground = Ground(
        CAMPAIGN,
        NAMES,
        date(2024, 12, 31),
        out_of_force=lambda holder, day: "Ya cesó" if holder == BETO.id else "",
    )
    replayed = played(
        moved(2, "Ingreso", "1", "100"), moved(3, "Entrega", "1", "9", target=BETO.name), ground=ground
    )
    assert reasons(replayed) == {3: ["holder_not_in_force"]}


# --- sums ---


def test_totals_are_compared_with_what_they_sum() -> None:
    rows = read_rows(
        [
            moved(3, "Ingreso", "1", "100", count="100"),
            moved(4, "Ingreso", "1", "50", form_type="S100"),
            moved(6, "Ingreso", "101", "200"),
        ],
        NAMES,
    )
    totals = [
        TotalRow("Hoja", 5, "SUBTOTAL", 150, 3),
        TotalRow("Hoja", 7, "Total FSU", 200, 3),
        TotalRow("Hoja", 8, "TOTAL GENERAL", 240, 3),
    ]
    [finding] = check_totals(totals, rows, NAMES)
    assert (finding.row, finding.expected, finding.found) == (8, "240", "250")


def test_which_rows_are_sums() -> None:
    assert all(map(is_total, ("TOTAL", "Sub-total FSU", "Totales:", "VAN", "Suma")))
    assert not any(map(is_total, ("Totora", "Vanesa", "Distribución")))
    assert is_partial("Sub total")
    assert is_carried("VIENEN")


# --- properties ---


def _rows(draw: st.DrawFn) -> list[FileRow]:
    kinds = ("Ingreso", "Entrega", "Devolución", "Uso", "Anulación", "Transferencia", "Sin nombre")
    people = ("", "Almacén ULE", ANA.name, BETO.name, "DESCONOCIDO TOTAL", DIGI.name)
    rows = []
    for number in range(draw(st.integers(1, 25))):
        first = draw(st.integers(1, 12))
        rows.append(
            moved(
                number + 2,
                draw(st.sampled_from(kinds)),
                str(first),
                str(first + draw(st.integers(0, 6))),
                day=FIRST + timedelta(days=draw(st.integers(0, 4))),
                source=draw(st.sampled_from(people)),
                target=draw(st.sampled_from(people)),
                reason="Prueba",
                count=draw(st.sampled_from(("", "", "", "3"))),
            )
        )
    return rows


@given(
    st.sampled_from([*HolderKind]),
    st.sampled_from([one for one in Condition if one is not Condition.OUTSIDE]),
)
def test_an_opening_stock_leaves_the_forms_as_it_says_or_tells_why_not(
    kind: HolderKind, condition: Condition
) -> None:
    """Whoever has them, in whatever condition: the movements end there, or there is a reason."""
    holder = Holder(kind, "QUIEN LOS TIENE PRUEBA", id=20)
    names = Names((FSU,), (STORE, RECTOR, ANA, holder))
    row = opened(2, holder.name, condition.label, "1", "9", used_by=ANA.name, source=RECTOR.name,
                 document="Informe 1", archive_box="1")  # fmt: skip
    replayed = replay(read_rows([row], names), Ground(CAMPAIGN, names, date(2024, 12, 31)))
    if replayed.quarantined:
        written_off_in_the_field = kind.is_person and condition is Condition.WRITTEN_OFF
        assert written_off_in_the_field or kind is HolderKind.ARCHIVE or kind.is_outside
        return
    last = replayed.accepted[0].movements[-1]
    reached = TRANSITIONS[last.kind].after or condition
    lost = condition in (Condition.LOST, Condition.WRITTEN_OFF)
    assert reached is condition
    assert last.to_holder_id == holder.id or (lost and not kind.is_person)


def test_an_opening_stock_needs_a_warehouse_to_pass_through() -> None:
    names = Names((FSU,), (RECTOR, ANA))
    replayed = replay(
        read_rows([opened(2, ANA.name, "En blanco", "1", "9")], names), Ground(CAMPAIGN, names, FIRST)
    )
    assert reasons(replayed) == {2: ["holder_missing"]}


@given(st.composite(_rows)())
def test_every_row_is_in_one_list_and_a_dict_agrees_with_all_that_is_accepted(rows: list[FileRow]) -> None:
    replayed = played(*rows)
    told = sorted([one.row.row for one in replayed.accepted] + [one.row.row for one in replayed.quarantined])
    assert told == [row.row for row in rows]
    assert all(one.findings for one in replayed.quarantined)
    assert [one.row.row for one in replayed.quarantined] == sorted(
        one.row.row for one in replayed.quarantined
    )
    _follow([movement for one in replayed.accepted for movement in one.movements])


def _follow(movements: Sequence) -> None:
    """Each number in a dict, as simple as it can be: where it is and how."""
    state: dict[int, tuple[int, Condition]] = {}
    day = FIRST
    for movement in movements:
        assert movement.moved_on >= day
        day = movement.moved_on
        for number in movement.ranges.numbers():
            if movement.kind is MovementKind.RECEPTION:
                assert number not in state
                state[number] = (movement.to_holder_id, Condition.BLANK)
                continue
            holder, condition = state[number]
            assert holder == movement.from_holder_id
            if movement.kind is MovementKind.USE:
                assert condition is Condition.BLANK
                condition = Condition.USED
            elif movement.kind is MovementKind.ANNULMENT:
                assert condition in (Condition.BLANK, Condition.USED)
                condition = Condition.ANNULLED
            elif movement.kind is MovementKind.HAND_OUT:
                assert condition is Condition.BLANK
            state[number] = (movement.to_holder_id, condition)


def test_only_the_numbers_of_the_file_are_asked_of_the_base() -> None:
    rows = read_rows(
        [moved(2, "Ingreso", "1", "10"), moved(3, "Ingreso", "8", "20"), moved(4, "Nada", "30", "40")], NAMES
    )
    assert wanted_forms(rows) == {FSU.id: FormRanges.single(1, 20)}


def test_faults_of_the_cells_are_findings_of_the_row() -> None:
    fault = Finding(2, "date_unreadable", "«x» no es una fecha.", field="day")
    row = FileRow(
        "Hoja", 2, Layout.MOVEMENTS, {"kind": "Ingreso", "form_type": "FSU"}, None, None, "1", "5", (fault,)
    )
    assert reasons(played(row)) == {2: ["date_unreadable"]}
