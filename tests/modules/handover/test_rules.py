"""What a handover must say, what it never keeps, and how its lines are told."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dni import without_dni
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.handover.rules import checks
from sisfoh_desktop.modules.handover.rules.facts import (
    CHOSEN_SECTIONS,
    Credential,
    Handover,
    HandoverState,
    Line,
    Person,
    Section,
    running,
)
from sisfoh_desktop.modules.handover.rules.lines import proposed_sections
from sisfoh_desktop.modules.handover.rules.pack import folder_name
from sisfoh_desktop.modules.handover.rules.sealing import seal_of
from sisfoh_desktop.modules.handover.rules.secrets import looks_like_secret
from sisfoh_desktop.modules.handover.rules.walk import STEPS, lines_of_step, step_words, taken_lines
from sisfoh_desktop.modules.people.rules.roles import rights_of

TODAY = date(2024, 3, 8)
GIVEN = Handover(
    Person("ROSA QUISPE PRUEBA", "Encargada", user_id=3),
    Person("LUIS NUEVO PRUEBA", "Técnico", user_id=4),
    TODAY,
    "Término de contrato",
)
LATE = Line(Section.OPINIONS, "Opinión de OGAJ", "", date(2024, 3, 1), "expedientes", 1)
SOON = Line(Section.POI, "Cerrar febrero", "", date(2024, 3, 20), "poi.month", 202402)
OPEN = Line(Section.FILES, "Plan 2024", "", None, "expedientes", 1)
COPY = Line(Section.KEEPING, "Último respaldo", "")


def refused(work, *given):
    with pytest.raises(RuleError) as caught:
        work(*given)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "Tacna2024!",
        "clave: hunter",
        "La contraseña es gatito",
        "PIN 4521",
        "pin=0000",
        "password=x",
        "Usuario ule / clave Xk29pQz1",
        "aB3dE5gH7jKl",
        "postgresql://ule:secreto@servidor/base",
        "9f86d081884c7d659a2feaa0c55ad015",
        "0AB1C 2DE3F GH4J5 K6MN7 PQR8S",
        "token abc123",
        "clave del wifi = muni",
        "La clave de la base de respaldos: lunes",
        "clave： lunes",  # a wide colon
        "contrasen\u0303a: lunes",  # an ñ of two signs
        "contraseña «lunes»",
        "PIN4521",
        "pwd=lunes",
        "código de acceso 884422",
        "age-secret-key-1qqqqqqqq",
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_what_looks_like_a_secret_is_told(text):
    assert looks_like_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sobre lacrado N° 3, caja fuerte de la GDES",
        "La clave está en la caja fuerte",
        "Clave: en sobre lacrado",
        "Contraseña: ver sobre N° 3",
        "Llavero del equipo 2 (OGTI)",
        "ule@muni.gob.pe",
        "https://sisfoh.midis.gob.pe/login",
        "Memorando 237-2024-OGAJ/MPT",
        "S100-2024/ULE",
        "Secretaría de la Gerencia de Desarrollo Económico-Social",
        "Token USB en la caja fuerte",
        "PIN: lo sabe el titular",
        "Clave: custodiada por GM",
        "clave: caja fuerte",
        "Archivador «Claves 2024»",
        "Windows 10 Pro",
        "Llave del almacén, copia 2",
    ],
)
def test_where_a_secret_is_kept_is_no_secret(text):
    assert not looks_like_secret(text)


def test_a_system_with_its_key_is_refused_wherever_the_key_stands():
    sound = Credential("SISFOH web", "ule.prueba", "Caja fuerte", "Secretaría")
    assert checks.clean_credential(sound) == sound
    for name in ("system", "account", "place", "custodian"):
        assert (
            refused(checks.clean_credential, replace(sound, **{name: "clave: hunter2"}))
            == "looks_like_secret"
        )
    for name in ("system", "place", "custodian"):
        assert refused(checks.clean_credential, replace(sound, **{name: " "})) == "text_missing"


def test_a_handover_is_cleaned_or_refused():
    kept = checks.clean_handover(
        replace(GIVEN, reason="  Término\nde contrato ", sections=(Section.POI, Section.FILES)), TODAY
    )
    assert (kept.reason, kept.sections) == ("Término de contrato", (Section.FILES, Section.POI))
    many = tuple(Credential("S", "", "P", "C") for _ in range(61))
    for changes, code in (
        ({"receiver": replace(GIVEN.leaver, name="OTRO NOMBRE")}, "same_person"),
        ({"receiver": Person("rosa quispe prueba", "X")}, "same_person"),
        ({"receiver": Person("Rósa Quispe Prueba", "X")}, "same_person"),
        (
            {
                "leaver": Person("ANA", "X", officer_id=7),
                "receiver": Person("Abog. ANA", "X", officer_id=7),
            },
            "same_person",
        ),
        ({"document": "Oficio 1, clave: lunes"}, "looks_like_secret"),
        ({"leaver": Person("", "X")}, "text_missing"),
        ({"receiver": Person("LUIS", "")}, "text_missing"),
        ({"handed_on": date(2026, 3, 8)}, "date_far"),
        ({"reason": ""}, "text_missing"),
        ({"sections": ()}, "section_missing"),
        ({"credentials": many}, "credentials_many"),
        ({"note": "El PIN es 4521"}, "looks_like_secret"),
    ):
        assert refused(checks.clean_handover, replace(GIVEN, **changes), TODAY) == code


def test_no_dni_that_was_typed_goes_into_the_acta():
    system = Credential("SIAC de 40000001", "40000002", "Sobre de 40000003", "ANA 40000004")
    given = replace(
        GIVEN,
        reason="Cese de 40000005",
        document="DNI 40000006",
        note="DNI 40000007",
        credentials=(system,),
    )
    kept = checks.clean_handover(given, TODAY)
    assert "400000" not in repr(kept)
    assert kept.note == "DNI 4*****07"


def test_the_state_follows_the_paper():
    issued = replace(GIVEN, is_draft=False, paper_id=1)
    states = {state: replace(issued, paper_state=state).state for state in ("congelada", "en_firma")}
    assert set(states.values()) == {HandoverState.FROZEN}
    assert GIVEN.state is HandoverState.DRAFT
    assert replace(issued, paper_state="firmada").state is HandoverState.SIGNED
    assert {replace(issued, paper_state=state).state for state in ("observada", "anulada")} == {
        HandoverState.OBSERVED
    }
    checks.check_can_edit(GIVEN)
    assert refused(checks.check_can_edit, issued) == "handover_frozen"
    checks.check_can_reopen(replace(issued, paper_state="observada"))
    assert refused(checks.check_can_reopen, issued) == "handover_standing"


def test_only_the_receiver_says_that_it_was_gone_through():
    issued = replace(GIVEN, is_draft=False)
    checks.check_can_take(issued, 4, may_make=False)
    outside = replace(issued, receiver=replace(GIVEN.receiver, user_id=None))
    checks.check_can_take(outside, 9, may_make=True)

    def code(handover, user_id, may_make):
        with pytest.raises(RuleError) as caught:
            checks.check_can_take(handover, user_id, may_make=may_make)
        return caught.value.code

    assert code(GIVEN, 4, True) == "handover_draft"
    assert code(replace(issued, paper_state="anulada"), 4, True) == "handover_observed"
    assert code(issued, 3, True) == "not_receiver"
    assert code(outside, None, False) == "not_receiver"


def test_what_somebody_hands_over_is_proposed_by_their_rights():
    assert proposed_sections(None) == CHOSEN_SECTIONS
    clerk = proposed_sections(rights_of(["kardex_clerk"]))
    assert clerk == (Section.SIGNATURES, Section.FORMS, Section.BOOKS, Section.KEEPING)
    assert Section.ACTS in proposed_sections(rights_of(["legal"]))


def test_clocks_run_from_the_nearest_and_the_summary_counts_them():
    lines = [SOON, OPEN, LATE, COPY]
    assert running(lines) == [LATE, SOON]
    assert checks.summary(lines, TODAY) == "3 pendientes, 2 con plazo y 1 vencido"
    assert checks.summary([OPEN], TODAY) == "1 pendiente"


def test_a_dni_in_a_title_is_masked_and_other_numbers_stay():
    assert without_dni("Queja de 40000001, exp. 2024-40000001") == "Queja de 4*****01, exp. 2024-40000001"


def test_six_steps_hold_every_part_once_and_tell_what_changed():
    sections = [section for step in STEPS for section in step.sections]
    assert len(STEPS) == 6
    assert sorted(sections) == sorted(Section)
    taken = taken_lines([OPEN, LATE, COPY], [LATE])
    assert [one.still for one in taken] == [False, True, True]
    files = STEPS[1]
    assert [one.line for one in lines_of_step(taken, files)] == [LATE, OPEN]
    assert step_words(taken, files) == "1 línea; 1 ya se atendió"
    assert step_words(taken, STEPS[3]) == "No recibió nada de esto."
    assert step_words(taken_lines([OPEN], []), files) == "Nada pendiente; 1 ya se atendió"
    assert step_words(taken_lines([OPEN], [OPEN]), files) == "1 línea"


def forms(title, detail, holder=3):
    return Line(Section.FORMS, title, detail, None, "kardex.holder", holder)


@pytest.mark.parametrize(
    ("now", "still"),
    [
        (forms("FSU, en blanco: 440", "Almacén 2: 000061-000500"), True),
        (forms("FSU, en blanco: 1", "Almacén 2: 000500"), True),
        (forms("FSU, en blanco: 460", "Almacén 2: 000601-001060, 001100"), False),
        (forms("FSU, en blanco: 9", "Almacén 2: sin números"), True),
        (forms("FSU, en blanco: 900", "Almacén 2: 000601-001400, 001500 y otros"), True),
        (forms("FSU, usado: 440", "Almacén 2: 000061-000500"), False),
        (forms("FSU, en blanco: 440", "Otro: 000061-000500", holder=4), False),
    ],
)
def test_forms_are_pending_while_one_of_those_numbers_is_where_it_was(now, still):
    received = forms("FSU, en blanco: 460", "Almacén 2: 000041-000500")
    assert [one.still for one in taken_lines([received], [now])] == [still]


def test_the_list_of_systems_comes_back_from_its_lines():
    (line,) = checks.credential_lines([Credential("Web", "ule", "Caja. Fuerte", "Secretaría")])
    assert checks.read_credential(line) == ("Web (ule)", "Caja. Fuerte", "Secretaría")


def test_the_folder_has_a_name_that_every_system_takes():
    named = replace(GIVEN, leaver=Person("Eco. ÑANDÚ / Pérez"))
    assert folder_name(named) == "entrega-de-cargo-2024-03-08-eco-nandu-perez"


def test_the_seal_of_what_was_issued_stays_the_same_in_every_release():
    issued = replace(
        GIVEN,
        credentials=(Credential("SIGA", "ule", "sobre lacrado", "Caja", id=7),),
        is_draft=False,
        paper_id=5,
        drawn_at=datetime(2024, 3, 8, 10, tzinfo=LIMA),
        drawn_by="rosa",
    )
    assert seal_of(issued) == "ff53ed255119bfc9"
    taken = replace(
        issued, paper_state="firmada", taken_at=datetime(2024, 3, 9, 9, tzinfo=LIMA), taken_by="luis"
    )
    assert seal_of(taken) == seal_of(issued)
