"""The data of an act by chip key, and the functional table made from the plan."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.expedientes.rules import Detail, Document, DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.plans.rules import CodeName, FunctionalChain, Plan
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import ActData


def document(number: int, **changes) -> Document:
    values = {
        "kind": DocumentKind.MEMORANDO,
        "number_text": f"{number}-2024-OGPP/MPT",
        "on": date(2024, 2, number),
        "sender": Party("Oficina General de Planeamiento", "OGPP", 4),
        "receiver": Party("Oficina General de Asesoría Jurídica", "OGAJ", 3),
        "subject": "Plan de Trabajo",
        **changes,
    }
    return Document(
        number, 1, f"memo_{number}", DocumentEntry(**values), datetime(2024, 3, 8, tzinfo=LIMA), "prueba"
    )


LINE = FunctionalChain(
    programme=CodeName("9002", "ASIGNACIONES"),
    activity=CodeName("5006414", "EMPADRONAMIENTO"),
    function=CodeName("23", "PROTECCIÓN SOCIAL"),
    division=CodeName("051", "ASISTENCIA SOCIAL"),
    group=CodeName("0114", "CAPACIDADES"),
    source=CodeName("00", "Recursos Ordinarios"),
    rubro=CodeName("00", "Recursos Ordinarios"),
    generic=CodeName("2.3", "Bienes y Servicios"),
    amount=Decimal("312656.00"),
)
PLAN = Plan(
    title="PLAN DE EMPADRONAMIENTO",
    year=2024,
    amount=Decimal("312656.00"),
    households=16391,
    starts=date(2024, 3, 1),
    ends=date(2024, 7, 31),
    district="Tacna",
    chains=(LINE,),
)


def data(**changes) -> ActData:
    values = {
        "entity": "Municipalidad Provincial de Tacna",
        "place": "Tacna",
        "number": "____-2024-GM/MPT",
        "dated": date(2024, 3, 8),
        "plan": PLAN,
        "documents": (document(1, registry="77"),),
        "units": (("OGPPyMI", "Oficina General de Planeamiento"),),
        "norms": (("Ley 27972", "Ley Orgánica de Municipalidades"),),
        "author": "Ing. ERICK EJEMPLO",
        "author_position": "Gerente Municipal",
        **changes,
    }
    return ActData(**values)


def test_values_of_the_chips() -> None:
    values = rules.chip_values(data())
    assert values["plan.amount"] == "S/\u00a0312\u00a0656.00"
    assert values["plan.amount_words"] == "Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles"
    assert values["plan.households"] == "16\u00a0391"
    assert values["doc.memo_1.cite"] == "Memorando N° 1-2024-OGPP/MPT con Reg. 77"
    assert values["doc.memo_1.date"] == "01 de febrero de 2024"
    assert values["doc.memo_1.vistos_registry"] == "77"
    assert values["unit.ogppymi"] == "Oficina General de Planeamiento"
    assert values["norm.ley_27972"] == "Ley 27972"
    assert values["officer.author"] == "Ing. ERICK EJEMPLO"
    assert values["resolucion.date"] == "08 de marzo de 2024"


def test_wordings_of_the_act_win_and_missing_facts_give_no_value() -> None:
    values = rules.chip_values(
        data(plan=None, author="", documents=(document(1),)), [("norm.ley_27972", "Ley N° 27972")]
    )
    assert values["norm.ley_27972"] == "Ley N° 27972"
    assert "plan.amount" not in values
    assert "officer.author" not in values
    assert "doc.memo_1.vistos_registry" not in values


@given(st.text(max_size=20))
def test_every_key_made_of_a_text_is_a_chip_key(text: str) -> None:
    assert rules.chips_of(rules.chip(rules.key_of(text))) == (rules.key_of(text),)


def test_the_functional_table_is_made_from_the_plan() -> None:
    (table,) = rules.chain_tables(PLAN)
    assert table.above == (("PROGRAMA", "9002 ASIGNACIONES"),)
    assert table.heads[:3] == ("ACTIVIDAD", "FUNCIÓN", "DIV. FUNCIONAL")
    assert table.rows[0][2:4] == ("051\nASISTENCIA SOCIAL", "0114\nCAPACIDADES")
    assert table.rows[0][-1] == table.total[1] == "S/\u00a0312\u00a0656.00"
    assert rules.chain_tables(None) == rules.chain_tables(replace(PLAN, chains=())) == ()


def test_each_programme_has_its_table_and_the_last_the_total() -> None:
    other = replace(LINE, programme=CodeName("0117", "OTRO"), product=CodeName("3999999", "SIN PRODUCTO"))
    first, second = rules.chain_tables(replace(PLAN, chains=(LINE, other, LINE)))
    assert (len(first.rows), first.total) == (2, None)
    assert second.above == (("PROGRAMA", "0117 OTRO"), ("PRODUCTO / PROYECTO", "3999999 SIN PRODUCTO"))
    assert second.total == ("PRESUPUESTO TOTAL DEL PLAN DE TRABAJO", "S/\u00a0937\u00a0968.00")


def test_a_plan_not_filled_in_gives_no_values() -> None:
    values = rules.chip_values(data(plan=Plan(title="PLAN", year=2024)))
    assert {key for key in values if key.startswith("plan.")} == {"plan.kind", "plan.title", "plan.year"}


def test_rows_of_detail_are_counted() -> None:
    assert rules.details_of([document(1), document(2, details=(Detail("A"),))]) == {1: 0, 2: 1}
