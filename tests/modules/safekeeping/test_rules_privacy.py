"""What the office says of its bank, and what its papers say where nobody said."""

from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.safekeeping.rules.pending import bank_pending
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank, clean_bank, gaps
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import (
    SECURITY_KIND,
    CitedNorm,
    Norms,
    description_text,
    series_mask,
)

WHOLE = DataBank(
    "Empadronamiento", "RNPDP-PJP 1", "Ana Prueba", "datos@muni.test", "Empadronar", "Nadie", "Llave"
)


def test_what_is_missing_is_named():
    assert gaps(WHOLE) == ()
    assert "código de inscripción" in gaps(DataBank(name="Banco"))
    assert len(gaps(DataBank())) == 7


def test_all_but_the_name_may_be_missing():
    assert clean_bank(DataBank(name="  Un   banco ")).name == "Un banco"
    with pytest.raises(RuleError) as refused:
        clean_bank(DataBank(officer_name="Ana"))
    assert refused.value.code == "text_missing"


def test_nothing_is_invented_in_the_description():
    told = description_text(DataBank(name="Banco"), "", ("DNI",), ())
    assert "Titular del banco de datos: Pendiente" in told
    assert "Denominación del banco: Banco" in told
    assert "Clases de datos que guarda el programa: DNI" in told
    assert told.count("Pendiente") == 8


def test_a_paper_older_than_the_regulation_says_so_and_doubtful_norms_are_told():
    norms = Norms(
        CitedNorm("Ley 29733", "Ley", None, "Leído"),
        CitedNorm("DS 016-2024-JUS", "Reglamento", date(2025, 3, 31), "Por verificar"),
    )
    assert "rige desde el 31/03/2025" in norms.early_words(date(2025, 3, 30))
    assert norms.early_words(date(2025, 3, 31)) == ""
    assert norms.trust_words() == "Cómo se conocen las normas citadas: DS 016-2024-JUS: por verificar."


def test_the_series_proposed_names_the_office():
    assert series_mask(SECURITY_KIND, "MPT", "ULE") == "{n:03d}-{year}-DS-ULE/MPT"
    assert series_mask(SECURITY_KIND, "", "") == "{n:03d}-{year}-DS-MUNI"


def test_the_inbox_asks_for_officer_and_registration():
    assert [one.title for one in bank_pending(DataBank())] == [
        "Registre al oficial de datos personales",
        "Inscriba el banco de datos personales",
    ]
    assert bank_pending(WHOLE) == []
