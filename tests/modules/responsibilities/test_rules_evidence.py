"""Evidence, the links proposed from a duty's text, and the directive's model."""

from dataclasses import replace
from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyLink,
    DutyState,
    Evidence,
    EvidenceKind,
    Frequency,
    Matrix,
    MatrixUnit,
    OfficeUnit,
)

TODAY = date(2024, 3, 8)
TACNA = [
    OfficeUnit(1, "Gerencia Municipal", "GM"),
    OfficeUnit(2, "Gerencia de Desarrollo Económico Social", "GDES"),
    OfficeUnit(3, "Sub Gerencia de Desarrollo Social y Participación Vecinal", "SGDSyPV"),
    OfficeUnit(4, "Unidad Local de Empadronamiento – SISFOH", "ULE"),
    OfficeUnit(5, "Oficina General de Comunicaciones y Prevención de Conflictos", "OGCyPC"),
    OfficeUnit(6, "Oficina General de Asesoría Jurídica", "OGAJ"),
]


@pytest.mark.parametrize(
    ("text", "link", "frequency"),
    [
        ("Registrar y mantener al día en el Sistema Kardex los formatos.", DutyLink.KARDEX, None),
        ("Mantener al día el Sistema Integrado de ACREDITACIÓN (SIAC).", DutyLink.STAFF, None),
        ("Elevar informes semanales a la gerencia.", DutyLink.WEEKLY_REPORT, Frequency.WEEKLY),
        ("Ejecutar acciones ante las alertas reportadas.", DutyLink.ALERT, None),
        ("Aprobar, mediante Resolución de Gerencia, el plan.", DutyLink.RESOLUCION, None),
        ("Elaborar y proponer el «Plan».", DutyLink.PLAN, None),
        ("Informar mensualmente del gasto.", None, Frequency.MONTHLY),
        ("Dirigir y supervisar.", None, None),
        ("Kardexar", None, None),
    ],
)
def test_what_proves_a_duty_is_read_from_its_text(text, link, frequency) -> None:
    assert (rules.proposed_link(text), rules.proposed_frequency(text)) == (link, frequency)


def test_a_proposal_never_changes_what_the_clerk_chose() -> None:
    chosen = Duty("Kardex semanal", link=DutyLink.STAFF, frequency=Frequency.MONTHLY, id=1)
    free = Duty("Kardex semanal", id=2)
    matrix = Matrix("t", units=(MatrixUnit(label="U", duties=(chosen, free)),))
    first, second = rules.with_proposals(matrix).units[0].duties
    assert first == chosen
    assert (second.link, second.frequency) == (DutyLink.KARDEX, Frequency.WEEKLY)
    assert rules.with_proposals(matrix, only_new=True) == matrix


def test_evidence_is_of_today_or_before_and_says_something() -> None:
    entry = Evidence(1, EvidenceKind.NOTE, " Informe\r\n01 ", TODAY)
    assert rules.clean_evidence(entry, TODAY).text == "Informe\n01"
    with pytest.raises(RuleError, match="posterior a hoy"):
        rules.clean_evidence(replace(entry, day=date(2024, 3, 9)), TODAY)
    with pytest.raises(RuleError, match="Falta el texto de la evidencia"):
        rules.clean_evidence(replace(entry, text=" "), TODAY)


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("informe.pdf", 0, "file_empty"),
        ("informe.pdf", 31 * 1024 * 1024, "file_too_big"),
        ("programa.exe", 10, "file_kind"),
        ("sin punto", 10, "file_kind"),
        ("x" * 200 + ".exe", 10, "file_kind"),
    ],
)
def test_files_that_are_not_kept_are_refused(name: str, size: int, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        rules.check_evidence_file(name, size)
    assert refusal.value.code == code
    assert len(refusal.value.sentence) < 300


def test_the_usual_files_are_kept() -> None:
    for name in ("informe.pdf", "FOTO.JPG", "spot.mp3", "cuadro.xlsx"):
        rules.check_evidence_file(name, 1000)


def test_evidence_starts_a_duty_and_never_finishes_one() -> None:
    assert [rules.state_after_evidence(state) for state in DutyState] == [
        DutyState.UNDER_WAY,
        DutyState.UNDER_WAY,
        DutyState.DONE,
    ]


def test_the_shipped_model_has_the_annex_s_six_units_and_three_proposed_ones() -> None:
    model = service.load_model()
    assert [len(unit.duties) for unit in model.units if not unit.optional] == [4, 1, 11, 2, 1, 1]
    assert [unit.role for unit in model.units if unit.optional] == [
        "planeamiento_presupuesto",
        "asesoria_juridica",
        "administracion",
    ]
    for unit in model.units:
        assert rules.clean_unit(MatrixUnit(label=unit.name, duties=unit.duties)).duties == unit.duties
        assert all(duty.source_norm and duty.source_text and duty.evidence for duty in unit.duties)
        assert bool(unit.note) == unit.optional


def test_the_model_falls_on_the_office_s_own_units() -> None:
    model = service.load_model()
    roles = [unit.role for unit in model.units if not unit.optional]
    matrix = rules.matrix_of_model(model, "PLAN 2024", TACNA, roles)
    assert [(unit.unit_id, unit.label) for unit in matrix.units] == [
        (1, ""),
        (2, ""),
        (4, ""),
        (5, ""),
        (None, "OFICINA DE ABASTECIMIENTO"),
        (None, "SUBGERENCIA DE SEGURIDAD CIUDADANA"),
    ]
    assert rules.clean_matrix(matrix).duty_count == 20


def test_an_office_without_units_gets_the_model_s_names() -> None:
    model = service.load_model()
    matrix = rules.matrix_of_model(model, "PLAN", [], [unit.role for unit in model.units])
    assert len(matrix.units) == 9
    assert all(unit.label and unit.unit_id is None for unit in matrix.units)


def test_rows_that_a_matrix_lacks_are_offered_once() -> None:
    model = service.load_model()
    annex = Matrix(
        "PLAN",
        units=(
            MatrixUnit(unit_id=1, name="GERENCIA MUNICIPAL"),
            MatrixUnit(label="GERENCIA DE DESARROLLO ECONOMICO SOCIAL"),
            MatrixUnit(label="SUB GERENCIA DE DESARROLLO SOCIAL – UNIDAD LOCAL DE EMPADRONAMIENTO"),
            MatrixUnit(label="OFICINA GENERAL DE COMUNICACIONES Y PREVENCIÓN DE CONFLICTOS"),
            MatrixUnit(label="OFICINA DE ABASTECIMIENTO"),
            MatrixUnit(label="SUB GERENCIA DE SEGURIDAD CIUDADANA"),
        ),
    )
    missing = rules.missing_rows(annex, model, TACNA)
    assert [row.role for row in missing] == [
        "planeamiento_presupuesto",
        "asesoria_juridica",
        "administracion",
    ]
    whole = rules.with_rows(annex, missing, TACNA)
    assert [unit.unit_id for unit in whole.units[6:]] == [None, 6, None]
    named = replace(whole, units=tuple(replace(unit, name=unit.label or unit.name) for unit in whole.units))
    assert rules.missing_rows(named, model, TACNA) == ()
