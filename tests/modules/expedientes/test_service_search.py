"""«Buscar en todo» finds an expediente by its words, and each document of its chain by its own."""

import pytest
from searching import found

from sisfoh_desktop.modules.expedientes import service


@pytest.fixture
def with_informe(means, expediente_id, informe) -> int:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    return expediente_id


@pytest.mark.parametrize("typed", ["empadronamiento", "exp-1", "021-2024"])
def test_it_is_found_by_title_code_and_document(desk, with_informe, typed) -> None:
    assert {hit.record_id for hit in found(desk, "expedientes", typed)} == {with_informe}


def test_a_document_is_told_by_its_number_and_subject(desk, with_informe) -> None:
    hit = found(desk, "expedientes", "021-2024")[0]
    assert "021-2024" in hit.title
    assert hit.detail


def test_other_words_find_nothing(desk, with_informe) -> None:
    assert found(desk, "expedientes", "nada") == []
