"""How papers are named in «Imprimir varios»."""

from types import SimpleNamespace

import pytest

from sisfoh_desktop.modules.papers.view.printing import numbered_title


@pytest.mark.parametrize(
    ("number", "title", "told"),
    [
        ("003-2024-ULE/MPT", "Acta de entrega (N° 003-2024-ULE/MPT)", "003-2024-ULE/MPT · Acta de entrega"),
        ("091-2024-GM/MPT", "Resolución N° 091-2024-GM/MPT", "091-2024-GM/MPT · Resolución"),
        ("001-2024-GM/MPT", "Aprueba el plan", "001-2024-GM/MPT · Aprueba el plan"),
        ("", "Cargo de notificación", "Cargo de notificación"),
    ],
)
def test_the_number_stands_first_and_once(number, title, told):
    assert numbered_title(SimpleNamespace(number_text=number, title=title)) == told
