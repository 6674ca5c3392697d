"""Who is told to have signed: never somebody whose certificate it was not."""

import pytest

from sisfoh_desktop.modules.papers.rules import PaperSigner, SignerRole


def place(name: str, certificate: str) -> PaperSigner:
    return PaperSigner(
        1, 6, "AUTOR_GM", SignerRole.AUTHOR, name, "Gerente", "Gerencia Municipal", "", None, certificate
    )


@pytest.mark.parametrize(
    ("name", "certificate", "told"),
    [
        ("Ing. Ángel Ccopa Tito", "CCOPA TITO ANGEL", "Ing. Ángel Ccopa Tito"),
        ("Ing. Ángel Ccopa Tito", "", "Ing. Ángel Ccopa Tito"),  # in ink
        (
            "Ing. Ángel Ccopa Tito",
            "TITO ROSA PRUEBA",
            "TITO ROSA PRUEBA, en el lugar de Ing. Ángel Ccopa Tito",
        ),
        ("", "TITO ROSA PRUEBA", "TITO ROSA PRUEBA, en el lugar de Gerencia Municipal"),
    ],
)
def test_the_name_of_the_certificate_is_told_where_it_is_another(name, certificate, told):
    assert place(name, certificate).signed_by == told
