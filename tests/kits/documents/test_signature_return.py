"""A paper signed in another program comes back: what is taken, and each thing that is not."""

import io
import os
import zlib
from datetime import datetime

import pypdfium2
import pytest

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.signature_return import MOST_ADDED, check_returned
from sisfoh_desktop.documents.signing import open_pkcs12, sign_field
from sisfoh_desktop.documents.verifying import verify_pdf

LEGAL = ("HUAMÁN PEÑA MARÍA ROSA", "40000002")
SOCIAL = ("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003")
GERENTE = ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
WAITING = {"VB2_GDES": "Desarrollo Social", "AUTOR_GM": "Gerencia Municipal"}
LAST = {"AUTOR_GM": "Gerencia Municipal"}
BETWEEN = (datetime(2024, 3, 8, tzinfo=LIMA), datetime(2040, 3, 8, tzinfo=LIMA))
BLANK = (300, 20, 480, 60)  # below the prepared boxes, where nothing is printed


@pytest.fixture
def outside(sign_raw, pki):
    """Sign as another program would: in the prepared field, or in one of its own."""

    def sign(pdf, field="VB1_OGAJ", who=LEGAL, **meta):
        return sign_raw(pdf, field, pki.person(*who), **meta)

    return sign


@pytest.fixture
def in_own_field(pki):
    """Sign in a visible field that the other program makes."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    def sign(pdf, box, page=-1, who=LEGAL, name="Firma ReFirma 1", tamper=lambda _writer, _field: None):
        signer = SimpleSigner.load_pkcs12_data(
            pki.person(*who), other_certs=[], passphrase=pki.password.encode()
        )
        meta = PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
        writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
        append_signature_field(writer, SigFieldSpec(name, on_page=page, box=box))
        tamper(writer, writer.root["/AcroForm"]["/Fields"].raw_get(-1))
        PdfSigner(meta, signer=signer).sign_pdf(writer, existing_fields_only=True, output=out)
        return out.getvalue()

    return sign


def accepted(archived, returned, field="VB1_OGAJ", waiting=WAITING, between=BETWEEN):
    return check_returned(archived, returned, field=field, waiting=waiting, between=between)


def refused(archived, returned, field="VB1_OGAJ", waiting=WAITING, between=BETWEEN):
    with pytest.raises(RuleError) as caught:
        accepted(archived, returned, field, waiting, between)
    assert "No se trajo nada y el documento sigue como estaba." in caught.value.sentence
    return caught.value


def rebuilt(pdf, change=None):
    """The same pages written anew by another program; with `change`, one word of a page is another."""
    document = pypdfium2.PdfDocument(pdf)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_the_prepared_field_signed_outside_is_taken(unsigned_paper, outside):
    taken = accepted(unsigned_paper, outside(unsigned_paper))
    assert (taken.field, taken.signer, taken.dni) == ("VB1_OGAJ", *LEGAL)
    assert taken.signed_at is not None


def test_a_signature_in_a_field_of_the_other_program_is_taken(unsigned_paper, in_own_field):
    taken = accepted(unsigned_paper, in_own_field(unsigned_paper, BLANK))
    assert taken.field == "Firma ReFirma 1"


def test_also_after_a_signature_that_certifies_the_paper(signed_steps, in_own_field):
    returned = in_own_field(signed_steps[0], BLANK, who=SOCIAL)
    taken = accepted(signed_steps[0], returned, "VB2_GDES", LAST)
    assert (taken.field, taken.signer) == ("Firma ReFirma 1", SOCIAL[0])
    assert verify_pdf(returned, own_fields=True).all_intact
    assert not verify_pdf(returned).all_intact, "a file of which nothing is known is judged strictly"


def test_the_last_signer_may_close_the_paper(signed_steps, outside):
    from pyhanko.sign.fields import MDPPerm

    returned = outside(signed_steps[1], "AUTOR_GM", GERENTE)
    assert accepted(signed_steps[1], returned, "AUTOR_GM", {}).signer == GERENTE[0]
    assert MDPPerm.NO_CHANGES


@pytest.mark.parametrize("kind", ["overlay", "replaced_page", "note", "pages_turned", "type_swapped"])
def test_a_changed_page_is_told_before_or_after_the_signature(
    unsigned_paper, signed_steps, outside, add_revision, kind
):
    for archived, field, who, waiting in (
        (unsigned_paper, "VB1_OGAJ", LEGAL, WAITING),
        (signed_steps[0], "VB2_GDES", SOCIAL, LAST),
    ):
        before = refused(archived, outside(add_revision(archived, kind), field, who), field, waiting)
        after = refused(archived, add_revision(outside(archived, field, who), kind), field, waiting)
        for error in (before, after):
            assert error.code in ("page_changed", "content_changed", "added_after")
            if kind in ("overlay", "replaced_page"):
                assert error.sentence.startswith("La página 1 no es la que salió")


@pytest.mark.parametrize("kind", ["script", "box_moved"])
def test_what_is_changed_beside_the_pages_is_told(unsigned_paper, outside, add_revision, kind):
    assert refused(unsigned_paper, outside(add_revision(unsigned_paper, kind))).code == "content_changed"


def test_an_earlier_block_wiped_out_is_told(signed_steps, outside, add_revision):
    returned = outside(add_revision(signed_steps[0], "stamp"), "VB2_GDES", SOCIAL)
    assert refused(signed_steps[0], returned, "VB2_GDES", LAST).code == "content_changed"


def test_something_added_after_the_signature(unsigned_paper, outside, add_revision):
    assert refused(unsigned_paper, add_revision(outside(unsigned_paper), "title")).code == "added_after"
    assert refused(unsigned_paper, outside(unsigned_paper) + b"\nmas").code in ("added_after", "damaged_file")


def test_no_signature_several_or_the_same(unsigned_paper, outside, add_revision):
    assert refused(unsigned_paper, unsigned_paper).code == "same_version"
    assert refused(unsigned_paper, add_revision(unsigned_paper, "title")).code == "no_new_signature"
    two = outside(outside(unsigned_paper), "AUTOR_GM", GERENTE)
    assert refused(unsigned_paper, two).code == "several_signatures"


def test_another_field_or_another_s_place(unsigned_paper, outside, add_revision):
    assert refused(unsigned_paper, outside(add_revision(unsigned_paper, "field"))).code == "new_field"
    error = refused(unsigned_paper, outside(unsigned_paper, "AUTOR_GM", GERENTE))
    assert error.code == "other_place"
    assert "recuadro de Gerencia Municipal" in error.sentence


def test_a_field_made_outside_must_not_hide_text_nor_another_s_box(unsigned_paper, in_own_field):
    over_text = refused(unsigned_paper, in_own_field(unsigned_paper, (80, 600, 400, 700), page=0))
    assert over_text.code == "covers_text"
    assert "página 1" in over_text.sentence
    from sisfoh_desktop.documents.signature_return import _fields, _reader

    (place,) = _fields(_reader(unsigned_paper))["AUTOR_GM"].boxes
    corner = (round(place.x1), round(place.y1), round(place.x1) + 60, round(place.y1) + 20)
    assert (
        refused(unsigned_paper, in_own_field(unsigned_paper, corner, page=place.page)).code == "covers_text"
    )


def test_nor_the_foot_of_the_page_nor_be_shown_on_two(unsigned_paper, in_own_field):
    from pyhanko.pdf_utils.generic import ArrayObject, pdf_name

    assert refused(unsigned_paper, in_own_field(unsigned_paper, (0, 0, 595, 70))).code == "covers_text"

    def shown_twice(writer, field):
        page = writer.find_page_for_modification(0)[0].get_object()
        page[pdf_name("/Annots")] = ArrayObject([*page.get("/Annots", []), field])
        writer.update_container(page)

    twice = in_own_field(unsigned_paper, BLANK, tamper=shown_twice)
    assert refused(unsigned_paper, twice).code == "field_repeated"


@pytest.mark.parametrize("key", ["/A", "/AA"])
def test_a_field_made_outside_must_not_act(unsigned_paper, in_own_field, key):
    from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name, pdf_string

    script = DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("1")})
    entry = script if key == "/A" else DictionaryObject({pdf_name("/E"): script})

    def acts(_writer, field):
        field.get_object()[pdf_name(key)] = entry

    assert refused(unsigned_paper, in_own_field(unsigned_paper, BLANK, tamper=acts)).code == "field_acts"


@pytest.mark.parametrize("name", ["F" * 201, "a\u202eb", "a\nb"])
def test_a_field_made_outside_has_a_name_that_can_be_kept(unsigned_paper, in_own_field, name):
    assert refused(unsigned_paper, in_own_field(unsigned_paper, BLANK, name=name)).code == "field_name"


def test_a_signature_that_locks_the_others_out(unsigned_paper, outside):
    from pyhanko.sign.fields import MDPPerm

    locked = outside(unsigned_paper, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    error = refused(unsigned_paper, locked)
    assert error.code == "locks_paper"
    assert "Desarrollo Social, Gerencia Municipal" in error.sentence


def test_an_expired_certificate(unsigned_paper, sign_raw, pki):
    old = pki.person(*LEGAL, valid_from=2015, valid_until=2020)
    assert refused(unsigned_paper, sign_raw(unsigned_paper, "VB1_OGAJ", old)).code == "certificate_rejected"


@pytest.mark.parametrize(("since", "until", "declared"), [(2018, 2020, 2019), (2044, 2045, 2044)])
def test_a_clock_that_was_changed_does_not_revive_a_certificate(unsigned_paper, pki, since, until, declared):
    signer = open_pkcs12(pki.person(*LEGAL, valid_from=since, valid_until=until), pki.password)
    when = datetime(declared, 6, 1, tzinfo=LIMA)
    returned = sign_field(unsigned_paper, field="VB1_OGAJ", signer=signer, reason="Doy V° B°", when=when)
    error = refused(unsigned_paper, returned)
    assert error.code == "certificate_rejected"
    assert f"vale del 31/12/{since - 1} al" in error.sentence


def test_a_damaged_signature(unsigned_paper, outside):
    pdf = bytearray(outside(unsigned_paper))
    place = pdf.rindex(b"/Contents <") + 600
    pdf[place] = ord("0") if pdf[place] != ord("0") else ord("1")
    assert refused(unsigned_paper, bytes(pdf)).code == "signature_damaged"


def test_written_anew_scanned_or_another_document(unsigned_paper, outside, one_page_pdf, encrypt):
    assert refused(unsigned_paper, rebuilt(outside(unsigned_paper))).code == "rewritten"
    assert refused(unsigned_paper, one_page_pdf).code == "other_document"
    assert refused(unsigned_paper, encrypt(unsigned_paper)).code == "damaged_file"
    assert refused(unsigned_paper, b"\xff\xd8\xff" + bytes(50)).code == "scan"
    assert refused(unsigned_paper, b"hola").code == "not_a_pdf"
    assert refused(unsigned_paper, outside(unsigned_paper)[:-400]).code == "damaged_file"


def test_a_print_that_was_scanned(unsigned_paper):
    document = pypdfium2.PdfDocument(unsigned_paper)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    out = io.BytesIO()
    picture.save(out, "PDF")
    assert refused(unsigned_paper, out.getvalue()).code == "scan"


def test_a_page_changed_in_a_file_written_anew(build, words):
    """The same paper but for one amount, made again: not our bytes, and the page is named."""
    from sisfoh_desktop.documents.text import paragraph

    text = [f"Considerando {n}: " + "texto del acto " * 30 for n in range(20)]
    ours = build([paragraph(each) for each in text]).pdf
    text[-1] = text[-1].replace("texto", "monto", 3)
    theirs = build([paragraph(each) for each in text]).pdf
    last = len(words(ours))
    assert refused(ours, theirs).sentence.startswith(f"La página {last} no es la que salió")


def test_a_file_that_is_too_large_or_unfolds_too_far(unsigned_paper, outside):
    assert refused(unsigned_paper, outside(unsigned_paper) + bytes(MOST_ADDED)).code == "too_large"
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(70)) + packer.flush()
    tail = b"99 0 obj\n<</Filter/FlateDecode>>\nstream\n" + bomb + b"\nendstream\nendobj\n%%EOF\n"
    assert refused(unsigned_paper, unsigned_paper + tail).code == "too_large"
    half = zlib.compress(bytes(40 << 20), 9)
    nested = zlib.compress(half, 9)
    for packed in (half, nested):
        part = b"99 0 obj\n<</Filter/FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj\n"
        assert refused(unsigned_paper, unsigned_paper + part * 2).code == "too_large", (
            "together they are too large"
        )


@pytest.mark.parametrize(
    "part", [b"stream\n", b"stream\n\x78\x9c", b"stream\n" + zlib.compress(os.urandom(600), 0)]
)
def test_a_file_full_of_beginnings_is_refused_at_once(unsigned_paper, part):
    full = part * ((MOST_ADDED - 1) // len(part))
    assert refused(unsigned_paper, unsigned_paper + full).code == "too_large"


@pytest.fixture
def one_page_pdf(build):
    from sisfoh_desktop.documents.text import paragraph

    return build([paragraph("Oficio que nada tiene que ver con lo anterior.")]).pdf
