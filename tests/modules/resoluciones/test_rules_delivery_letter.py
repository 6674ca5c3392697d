"""The oficio of remission by its words: the act and what it does, by gender, and only what there is."""

from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.office.rules import CountsFrom, LegalTerm
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import Letter

ISSUED = date(2024, 3, 8)
CALENDAR = Calendar()
REMISSION = LegalTerm(
    "remission",
    "Remisión",
    3,
    counts_from=CountsFrom.APPROVAL,
    norm="Directiva N° 003-2024-MIDIS, ítem 5 a)",
)


def test_the_oficio_tells_its_data_and_only_what_there_is():
    clock = facts.remission_clock(REMISSION, facts.Events(ISSUED), CALENDAR)
    data = facts.LetterData(
        "Resolución N° 091", ISSUED, "PLAN", "Dirección General", "DGFIS", clock, 8, True, "AB/cd"
    )
    told = facts.printed_letter(
        Letter(ISSUED, 1, "ANA", "Directora", "Más."), data, number="1", place="Tacna"
    )
    assert told.addressee == ("ANA", "Directora", "Dirección General (DGFIS)")
    assert told.references == ("Directiva N° 003-2024-MIDIS, ítem 5 a)", "Resolución N° 091")
    assert (
        "que aprueba el Plan de Trabajo “PLAN”, en cumplimiento de la Directiva N° 003-2024"
        in told.paragraphs[0]
    )
    assert told.paragraphs[1] == "Se adjunta la resolución con su Anexo N° 01, en 8 folios."
    assert "Más." in told.paragraphs
    assert told.copies == ("Archivo", "AB/cd")
    assert told.greeting == "Señora:"
    assert told.subject == "Remite copia de la Resolución N° 091, que aprueba el Plan de Trabajo “PLAN”"
    named = facts.printed_letter(
        Letter(ISSUED, 1), replace(data, plan="PLAN DE TRABAJO X"), number="1", place="T"
    )
    assert named.subject.endswith(", que aprueba el “PLAN DE TRABAJO X”")
    assert (named.greeting, named.addressee[0]) == ("Señor(a):", "Director(a)")
    bare = replace(data, plan="", body_siglas="", clock=None, folios=1, with_annex=False, initials="")
    told = facts.printed_letter(Letter(ISSUED, 1), bare, number="1", place="Tacna")
    assert told.paragraphs[0].endswith("copia de la Resolución N° 091, del 08 de marzo de 2024.")
    assert told.paragraphs[1] == "Se adjunta la resolución, en 1 folio."
    assert told.subject == "Remite copia de la Resolución N° 091"
    other = replace(bare, act="Acuerdo de Concejo N° 5", rectifies="Acuerdo de Concejo N° 4, del 01/03/2024")
    told = facts.printed_letter(Letter(ISSUED, 1, position="Jefe"), other, number="1", place="Tacna")
    assert "copia del Acuerdo de Concejo N° 5" in told.paragraphs[0]
    assert told.paragraphs[1].startswith("Se adjunta el acuerdo, en")
    assert told.subject.endswith(", que rectifica el Acuerdo de Concejo N° 4, del 01/03/2024")
    assert (told.references[-1], told.greeting) == ("Acuerdo de Concejo N° 4, del 01/03/2024", "Señor:")
