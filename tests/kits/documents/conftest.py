"""What the tests of the paper kit share: a format, a reader of printed words, papers waiting for signatures."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from synthetic_pki import SyntheticPki

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, build_paper
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.signing import open_pkcs12, prepare_fields, sign_field
from sisfoh_desktop.documents.text import paragraph

SIGNED_AT = datetime(2024, 3, 8, 18, 58, 12, tzinfo=LIMA)


@pytest.fixture
def paper_format() -> PaperFormat:
    return PaperFormat(
        letterhead=Letterhead("MUNICIPALIDAD DE PRUEBA", "Gerencia Municipal", year_name="Año de la prueba"),
        title="Resolución 007-2024",
        author="Municipalidad de Prueba",
        foot_number="Resolución N° 007-2024",
        version_code="versión 3f2a",
        legend="Copia de un documento firmado digitalmente, Ley N° 27269.",
        continuation_head="RESOLUCIÓN DE GERENCIA\nN° 007-2024",
    )


@pytest.fixture
def build(paper_format: PaperFormat) -> Callable[..., BuiltPaper]:
    """Build a story; keyword arguments change the format."""
    return lambda story, **changes: build_paper(story, replace(paper_format, **changes))


@pytest.fixture(scope="session")
def words() -> Callable[..., list[str]]:
    """The printed words of each page, white space made single; `stamps=True` reads signature blocks as well."""

    def read(pdf: bytes, *, stamps: bool = False) -> list[str]:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if stamps:
                document.init_forms()
                for page in document:
                    page.flatten()
                again = io.BytesIO()
                document.save(again)
                return read(again.getvalue())
            return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
        finally:
            document.close()

    return read


@pytest.fixture(scope="session")
def letters() -> Callable[[bytes], list[tuple[int, str, float, float, float, float]]]:
    """Each printed letter with its page and box (left, bottom, right, top) in points."""

    def read(pdf: bytes) -> list[tuple[int, str, float, float, float, float]]:
        document = pypdfium2.PdfDocument(pdf)
        found = []
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                sign = text.get_text_range(index, 1)
                if sign.strip():
                    found.append((number, sign, *text.get_charbox(index)))
        document.close()
        return found

    return read


@pytest.fixture(scope="session")
def unsigned_paper() -> bytes:
    """A frozen paper with the fields VB1_OGAJ, VB2_GDES and AUTOR_GM."""
    slots = [
        SignatureSlot("VB1_OGAJ", "visto_bueno", "HUAMÁN PEÑA MARÍA ROSA", "Jefa", "Asesoría Jurídica"),
        SignatureSlot("VB2_GDES", "visto_bueno", "CCOPA ZÚÑIGA LUIS ÁNGEL", "Gerente", "Desarrollo Social"),
        SignatureSlot("AUTOR_GM", "author", "QUISPE ÑAUPARI JUAN JOSÉ", "Gerente Municipal", "Gerencia"),
    ]
    story = [paragraph(f"Considerando {number}: " + "texto del acto " * 30) for number in range(8)]
    built = build_paper(
        [*story, signature_zone(slots)],
        PaperFormat(Letterhead("MUNICIPALIDAD DE PRUEBA"), "Resolución", "Municipalidad", "N° 007"),
    )
    return prepare_fields(built.pdf, built.boxes)


@pytest.fixture(scope="session")
def signed_steps(unsigned_paper: bytes, pki: SyntheticPki) -> list[bytes]:
    """The same paper after the first, the second and the third signature."""
    steps = []
    pdf = unsigned_paper
    for minute, (field, name, dni, reason) in enumerate(
        [
            ("VB1_OGAJ", "HUAMÁN PEÑA MARÍA ROSA", "40000002", "Doy V° B°"),
            ("VB2_GDES", "CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003", "Doy V° B°"),
            ("AUTOR_GM", "QUISPE ÑAUPARI JUAN JOSÉ", "40000001", "Soy el autor del documento"),
        ]
    ):
        signer = open_pkcs12(pki.person(name, dni), pki.password)
        pdf = sign_field(
            pdf, field=field, signer=signer, reason=reason, when=SIGNED_AT.replace(minute=minute)
        )
        steps.append(pdf)
    return steps


@pytest.fixture
def when() -> datetime:
    """8 March 2024, 18:58:12 in Lima."""
    return SIGNED_AT


@pytest.fixture(scope="session")
def add_revision() -> Callable[[bytes, str], bytes]:
    """Add an incremental update, as a forger with a PDF editor would: `kind` tells what it changes."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    name, text = generic.pdf_name, generic.pdf_string
    dictionary, array, number = generic.DictionaryObject, generic.ArrayObject, generic.NumberObject

    def overlay(writer) -> None:
        stream = generic.StreamObject(stream_data=b"q BT /F1 30 Tf 100 400 Td (OTRO MONTO) Tj ET Q")
        writer.add_stream_to_page(0, writer.add_object(stream))

    def replaced_page(writer) -> None:
        page = writer.find_page_for_modification(0)[0].get_object()
        stream = generic.StreamObject(stream_data=b"q BT /F1 30 Tf 100 400 Td (TODO OTRO) Tj ET Q")
        page[name("/Contents")] = writer.add_object(stream)
        writer.update_container(page)

    def note(writer) -> None:
        page = writer.find_page_for_modification(0)[0].get_object()
        annotation = dictionary(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/FreeText"),
                name("/Rect"): array([number(each) for each in (50, 500, 400, 560)]),
                name("/Contents"): text("APROBADO"),
            }
        )
        page[name("/Annots")] = array([*page.get("/Annots", []), writer.add_object(annotation)])
        writer.update_container(page)

    def script(writer) -> None:
        action = {name("/S"): name("/JavaScript"), name("/JS"): text("app.alert(1)")}
        writer.root[name("/OpenAction")] = dictionary(action)
        writer.update_root()

    def stamp(writer) -> None:
        for reference in writer.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            if "/V" in field:
                appearance = field["/AP"]["/N"]
                appearance._data, appearance._encoded_data = b"q Q", None
                writer.mark_update(field["/AP"].raw_get("/N"))
                return

    def title(writer) -> None:
        writer.set_info(dictionary({name("/Title"): text("OTRO TÍTULO")}))

    def field(writer) -> None:
        append_signature_field(writer, SigFieldSpec("EXTRA", on_page=0, box=(50, 50, 200, 100)))

    def type_swapped(writer) -> None:
        # Shadow attack "hide and replace": the letters of a font change under a signed text.
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        font = next(iter(page["/Resources"]["/Font"].values())).get_object()
        font[name("/BaseFont")] = name("/Courier")
        writer.update_container(font)

    def box_moved(writer) -> None:
        for reference in writer.root["/AcroForm"]["/Fields"]:
            widget = reference.get_object()
            widget[name("/Rect")] = array([number(each) for each in (0, 0, 500, 800)])
            writer.mark_update(reference)
            return

    def pages_turned(writer) -> None:
        page = writer.find_page_for_modification(0)[0].get_object()
        page[name("/Rotate")] = number(180)
        writer.update_container(page)

    changes = {
        "overlay": overlay, "replaced_page": replaced_page, "note": note, "script": script, "stamp": stamp,
        "title": title, "field": field, "type_swapped": type_swapped, "box_moved": box_moved,
        "pages_turned": pages_turned,
    }  # fmt: skip

    def add(pdf: bytes, kind: str) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        changes[kind](writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return add


@pytest.fixture(scope="session")
def sign_raw(pki: SyntheticPki) -> Callable[..., bytes]:
    """Sign past all our checks, with pyHanko alone, as another program would."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    def sign(pdf: bytes, field: str, p12: bytes, existing: bool = True, **meta) -> bytes:
        signer = SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=pki.password.encode())
        data = PdfSignatureMetadata(
            field_name=field, subfilter=SigSeedSubFilter.PADES, **({"md_algorithm": "sha256"} | meta)
        )
        out = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        PdfSigner(data, signer=signer).sign_pdf(writer, existing_fields_only=existing, output=out)
        return out.getvalue()

    return sign


@pytest.fixture
def lock_with_first_signature(sign_raw, unsigned_paper: bytes, pki: SyntheticPki) -> Callable[[], bytes]:
    """The paper with a first signature that forbids every change (DocMDP P=1)."""
    from pyhanko.sign.fields import MDPPerm

    return lambda: sign_raw(
        unsigned_paper,
        "VB1_OGAJ",
        pki.person("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )


@pytest.fixture(scope="session")
def encrypt() -> Callable[[bytes], bytes]:
    """The same PDF written anew behind a password."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    def run(pdf: bytes) -> bytes:
        writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
        writer.encrypt(owner_pass="dueña", user_pass="clave")
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return run
