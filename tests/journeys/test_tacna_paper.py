"""The practice resolución as paper: every part of the source act, in its order, from frozen bytes to six signatures."""

import io
import re
from contextlib import nullcontext

import pypdfium2
import pytest
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service as resoluciones

IN_ORDER = """
Municipalidad Provincial de Tacna
RESOLUCIÓN DE GERENCIA MUNICIPAL
091-2024-GM/MPT
Tacna, 08 MAR 2024
VISTOS:
237-2024-OGAJ/MPT | 541-2024-OGPPYMI/MPT | 465-2024-OGPPYMI/MPT | 13-2024-GBA-OPIOI-OGPPYMI/MPT | Gloria A. Bayona Aedo
0151-2024-GDES/MPT | 194-2024-SGDSyPV-GDES/MPT | 021-2024-SISFOH/SGDSyPV/GDES/MPT | D00002-2024-MIDIS-DGFIS | 16784
PLAN DE EMPADRONAMIENTO MASIVO 2024 PARA LA IDENTIFICACIÓN DE HOGARES EN SITUACIÓN DE VULNERABILIDAD ECONÓMICA
CONSIDERANDO:
194 | 26780 | 30305 | 27972
39 | 27972
003-2024-MIDIS | D000009-2024-MIDIS | tres (03) días hábiles
artículo 3 | artículo 84 | 2.3 | 2.4
artículo 9 | 30435
artículo 76 | 31953 | 46 016 859 | (228)
032-2020-MIDIS | 08 de febrero del 2020 | 001-2020-MIDIS
D00009-2024-MIDIS
D000002-2024-MIDIS-DGFIS | 10784-2024 | 12 de enero | 5006414 | 41 18 230.00 | 30 de enero | 219 | 312 656.00 | 16 391
021-2024/SISFOH/SGDSyPV/GDES/MPT | 13 de febrero
194-2024-SGDSyPV-GDES/MPT | 16 de febrero
0151-2024-GDES/MPT | 16 de febrero
13-2024-GBA-OPIOI-OGPPYMI/MPT | 22 de febrero | OE. 1.1 | OEI 05
465-2024-OGPPyMI/MPT | 23 de febrero | 312 656.00
25-2024-OGAJ/MPT | 28 de febrero
541-2024-OGPPyMI/MPT | 29 de febrero
9002 | 5006414 | 23 | 051 | 0114 | 01 | 00 | 2.3. | S/ 312 656.00
16 391
237-2024-OGAJ-MPT | 04 de marzo | 312,656.00 | Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles
9002 | 5006414 | 23 | 051 | 0114 | 00 | 2.3 | PRESUPUESTO TOTAL DEL PLAN DE TRABAJO | S/ 312 656.00
SE RESUELVE:
ARTÍCULO PRIMERO | APROBAR | S/ 312 656.00 | Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles
9002 | 5006414 | 0114 | S/ 312 656.00
ARTÍCULO SEGUNDO | ENCARGAR | Anexo N° 01
ARTÍCULO TERCERO | Participación Social | DGFIS | tres (03) días hábiles
ARTÍCULO CUARTO | NOTIFÍQUESE
ARTÍCULO QUINTO | www.munitacna.gob.pe
REGÍSTRESE, COMUNÍQUESE
ERICK JAVIER VILDOSO ALE | GERENTE MUNICIPAL
C.c. | Archivo | Alcaldía | GM. | OGACyGD | GDES | SGDSyPV | OGCyPC | OGAF | OAB | GTPSC | SGSC
Interesado | Expediente
PMGB/legH
ANEXO N° 01
DE LA ORGANIZACIÓN ADMINISTRATIVA
01 | GERENCIA MUNICIPAL | 02 | 03 | SUB GERENCIA DE DESARROLLO SOCIAL
04 | OFICINA GENERAL DE COMUNICACIONES | 05 | OFICINA DE ABASTECIMIENTO | 06 | SUB GERENCIA DE SEGURIDAD CIUDADANA
"""
SIGNERS = [
    ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    ("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003"),
    ("TITO NÚÑEZ ANA SOFÍA", "40000004"),
    ("RAMOS LÓPEZ PEDRO PABLO", "40000005"),
    ("ÑAHUI SOTO ROSA ELVIRA", "40000006"),
    ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
]


@pytest.fixture
def archive(practice):
    return Archive(practice.parent / "archivo")


@pytest.fixture
def act(practice_db):
    return resoluciones.find_by_number(practice_db, "091-2024-GM/MPT")


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def test_every_part_of_the_source_stands_in_its_order(practice_db, archive, act):
    text = text_of(papers.paper_bytes(practice_db, archive, act.paper_id)).casefold()
    at = 0
    for part in (part.strip() for line in IN_ORDER.split("\n") for part in line.split("|")):
        if part:
            found = text.find(part.casefold(), at)
            assert found >= 0, f"«{part}» is missing after «{text[max(0, at - 60) : at]}»"
            at = found + len(part)


def test_the_annex_has_six_units_and_twenty_duties(practice_db, archive, act):
    text = text_of(papers.paper_bytes(practice_db, archive, act.paper_id))
    annex = text[text.rindex("DE LA ORGANIZACIÓN ADMINISTRATIVA") :]
    letters = re.findall(r"(?<![\w.])([a-k])\. (?=[A-Z])", annex)
    assert letters == [*"abcd", "a", *"abcdefghijk", *"ab", "a", "a"]


def test_six_people_sign_in_turn_and_every_validator_agrees(practice_db, archive, act, actor, now, pki):
    for name, dni in SIGNERS:
        paper = papers.load_paper(practice_db, act.paper_id)
        turn = next(signer for signer in paper.signers if signer.signed_at is None)
        signer = open_pkcs12(pki.person(name, dni), pki.password)
        papers.sign_paper(
            practice_db, archive, actor=actor, now=now, paper_id=paper.id, signer_id=turn.id,
            expected_version=paper.version, open_signer=lambda signer=signer: nullcontext(signer),
        )  # fmt: skip
    result = papers.verify_paper(practice_db, archive, paper_id=act.paper_id, roots=[pki.root])
    assert result.sound
    reports = result.verification.signatures
    assert [report.intact and not report.modified_after for report in reports] == [True] * 6
    assert {report.trust for report in reports} == {"trusted"}
    assert [report.revocation for report in reports] == ["not_checked"] * 6
    reader = PdfFileReader(io.BytesIO(papers.paper_bytes(practice_db, archive, act.paper_id)))
    root = Certificate.load(pki.root_identity.der)
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    for embedded in reader.embedded_regular_signatures:
        status = validate_pdf_signature(embedded, context)
        assert status.bottom_line, embedded.field_name
