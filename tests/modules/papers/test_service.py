"""A paper's life: frozen, signed in turn, verified, annulled; and what happens when something goes wrong."""

from contextlib import contextmanager, nullcontext
from datetime import date

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import FileFailed, RuleError, SigningFailed, StaleRow
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NewSigner, NumberState, PaperState, SignerRole

LEGAL = ("HUAMÁN PEÑA MARÍA ROSA", "40000002")
GERENTE = ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")


def signers(author_dni=""):
    return [
        NewSigner("VB1_OGAJ", SignerRole.VISTO_BUENO, "", "Jefe", "OGAJ"),
        NewSigner("AUTOR_GM", SignerRole.AUTHOR, "Juan Quispe", "Gerente Municipal", "GM", dni=author_dni),
    ]


@pytest.fixture
def series_id(db, actor, now):
    return service.create_series(
        db, actor=actor, now=now, kind="resolucion_gm", title="Resolución", mask="{n:03d}-{year}-GM/MPT"
    )


@pytest.fixture
def freeze(db, archive, actor, now, series_id, one_page):
    def make(subject="resolucion:1", **changes):
        number = service.reserve_number(
            db, actor=actor, now=now, series_id=series_id, year=2024, subject=subject
        )
        values = {
            "kind": "resolucion_gm", "title": "Aprueba", "number": number, "dated": date(2024, 3, 8),
            "subject": subject, "pdf": one_page[0], "pages": 1, "boxes": one_page[1], "signers": signers(),
        }  # fmt: skip
        return service.freeze_paper(db, archive, actor=actor, now=now, **(values | changes))

    return make


@pytest.fixture
def sign(db, archive, actor, now, pki):
    def run(paper_id, turn, who, **changes):
        paper = service.load_paper(db, paper_id)
        signer = open_pkcs12(pki.person(*who), pki.password)
        values = {
            "signer_id": paper.signers[turn].id,
            "expected_version": paper.version,
            "open_signer": lambda: nullcontext(signer),
        }
        return service.sign_paper(db, archive, actor=actor, now=now, paper_id=paper_id, **(values | changes))

    return run


def state_of(db, archive, paper_id):
    return service.load_paper(db, paper_id), sorted(
        path.name for path in archive.folder.rglob("*") if path.is_file()
    )


def code(call, *args, **kwargs):
    with pytest.raises(RuleError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_paper_is_frozen_signed_in_turn_and_verified(db, archive, actor, freeze, sign, series_id):
    paper_id = freeze()
    paper = service.load_paper(db, paper_id)
    assert (paper.number_text, paper.state, paper.version) == ("001-2024-GM/MPT", PaperState.FROZEN, 1)
    assert service.verify_paper(db, archive, paper_id=paper_id).headline.startswith("Sin firmas")
    assert sign(paper_id, 0, LEGAL).state is PaperState.SIGNING
    assert service.number_register(db, series_id, 2024)[0].state is NumberState.RESERVED
    signed = sign(paper_id, 1, GERENTE)
    assert signed.state is PaperState.SIGNED
    assert "HUAMÁN PEÑA" in signed.signers[0].certificate_name.upper()
    assert service.number_register(db, series_id, 2024)[0].state is NumberState.FIXED
    result = service.verify_paper(db, archive, paper_id=paper_id)
    assert result.sound
    assert result.headline == "2 firmas íntegras; los bytes son los del archivo"
    assert [(line.reason, line.integrity, line.trust) for line in result.lines] == [
        ("Doy V° B°", "Intacto", "Autoridad no comprobada"),
        ("Soy el autor del documento", "Intacto", "Autoridad no comprobada"),
    ]
    assert service.find_paper(db, kind="resolucion_gm", number_text="001-2024-GM/MPT").id == paper_id
    assert service.find_paper_by_sha256(db, paper.frozen_sha256).id == paper_id
    assert service.find_paper_by_sha256(db, "0" * 64) is None
    assert service.check_archive(db, archive) == []


def test_the_author_waits_for_the_vistos_buenos(db, archive, freeze, sign):
    paper_id = freeze()
    before = state_of(db, archive, paper_id)
    assert code(sign, paper_id, 1, GERENTE) == "not_your_turn"
    assert state_of(db, archive, paper_id) == before


def test_another_person_s_certificate_is_refused_where_the_dni_is_known(db, archive, freeze, sign):
    paper_id = freeze(signers=signers(author_dni="40000001"))
    sign(paper_id, 0, LEGAL)
    before = state_of(db, archive, paper_id)
    assert code(sign, paper_id, 1, LEGAL) == "other_person"
    assert state_of(db, archive, paper_id) == before
    assert sign(paper_id, 1, GERENTE).state is PaperState.SIGNED


def test_two_people_sign_the_same_place_and_one_is_told(db, archive, freeze, sign):
    paper_id = freeze()
    stale = service.load_paper(db, paper_id).version - 1
    before = service.load_paper(db, paper_id)
    with pytest.raises(StaleRow):
        sign(paper_id, 0, LEGAL, expected_version=stale)
    assert service.load_paper(db, paper_id) == before


def test_the_same_token_signs_once(db, freeze, sign):
    paper_id = freeze()
    first = sign(paper_id, 0, LEGAL, token="accion-1")

    def asked_again():
        raise AssertionError("the card was asked although the answer was known")

    again = sign(paper_id, 0, LEGAL, token="accion-1", open_signer=asked_again)
    assert again == service.load_paper(db, paper_id) == first


def test_a_fault_of_the_certificate_changes_nothing(db, archive, freeze, sign):
    paper_id = freeze()
    before = state_of(db, archive, paper_id)

    @contextmanager
    def broken():
        raise SigningFailed("La contraseña no es de este certificado; no se firmó. Escríbala otra vez.")
        yield

    with pytest.raises(SigningFailed):
        sign(paper_id, 0, LEGAL, open_signer=broken)
    assert state_of(db, archive, paper_id) == before


def test_bytes_changed_in_the_archive_are_not_signed(db, archive, freeze, sign):
    paper_id = freeze()
    path = archive.path(service.load_paper(db, paper_id).current_sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b"%%EOG"))
    with pytest.raises(FileFailed):
        sign(paper_id, 0, LEGAL)
    assert service.load_paper(db, paper_id).state is PaperState.FROZEN
    with pytest.raises(FileFailed):
        service.verify_paper(db, archive, paper_id=paper_id)
    assert len(service.check_archive(db, archive)) == 1


def test_a_hook_that_fails_takes_the_whole_action_back(db, freeze):
    def refuses(session, paper_id):
        session.execute(text("INSERT INTO action_token (token, result) VALUES ('hook', '1')"))
        raise RuleError("no", "No.")

    assert code(freeze, on_frozen=refuses) == "no"
    assert service.list_papers(db) == []
    paper_id = freeze()
    assert service.load_paper(db, paper_id).number_text == "001-2024-GM/MPT", (
        "the reservation is used, not lost"
    )


def test_annulling_keeps_the_number_and_says_why(db, actor, now, freeze, series_id):
    paper_id = freeze()
    seen = []
    service.annul_paper(
        db, actor=actor, now=now, paper_id=paper_id, expected_version=1, reason="Monto equivocado",
        on_annulled=lambda session, annulled: seen.append(annulled),
    )  # fmt: skip
    assert seen == [paper_id]
    paper = service.load_paper(db, paper_id)
    assert (paper.state, paper.annul_reason) == (PaperState.ANNULLED, "Monto equivocado")
    again = freeze()
    assert service.load_paper(db, again).number_text == "002-2024-GM/MPT"
    lines = service.number_register(db, series_id, 2024)
    assert [(line.state, line.explanation) for line in lines] == [
        (NumberState.ANNULLED, "Anulado: Monto equivocado"),
        (NumberState.RESERVED, "Reservado al congelar."),
    ]
    found = service.find_paper(db, kind="resolucion_gm", number_text="001-2024-GM/MPT")
    assert found.state is PaperState.ANNULLED


def test_annulling_is_told_in_the_trail_of_its_record_in_the_same_commit(db, actor, now, freeze):
    paper_id = freeze()
    values = {
        "actor": actor, "now": now, "paper_id": paper_id, "action": "kardex_acta.annul",
        "record": "kardex_acta:3",
    }  # fmt: skip
    assert code(service.annul_numbered, db, **values, expected_version=1, reason=" ") == "reason_missing"
    with pytest.raises(StaleRow):
        service.annul_numbered(db, **values, expected_version=9, reason="Monto equivocado")
    asked = "SELECT action, \"after\", reason FROM audit_entry WHERE subject = 'kardex_acta:3'"
    with db.reading() as session:
        assert session.execute(text(asked)).all() == []
    service.annul_numbered(db, **values, expected_version=1, reason=" Monto equivocado ")
    assert service.load_paper(db, paper_id).state is PaperState.ANNULLED
    with db.reading() as session:
        (told,) = session.execute(text(asked))
    assert told.action == "kardex_acta.annul"
    assert told.reason == "Monto equivocado"
    assert f'"paper": {paper_id}' in told.after


def test_a_signed_paper_is_not_annulled(db, actor, now, freeze, sign):
    paper_id = freeze()
    sign(paper_id, 0, LEGAL)
    version = sign(paper_id, 1, GERENTE).version
    assert code(
        service.annul_paper, db, actor=actor, now=now, paper_id=paper_id, expected_version=version, reason="x"
    ) == "signed_stays"  # fmt: skip


def test_lists_say_who_is_next(db, freeze, sign):
    paper_id = freeze()
    sign(paper_id, 0, LEGAL)
    (line,) = service.list_papers(db, [PaperState.FROZEN, PaperState.SIGNING])
    assert (line.signed_count, line.signer_count, line.next_signer) == (1, 2, "Juan Quispe")
    assert service.list_papers(db, [PaperState.ANNULLED]) == []


def test_an_unknown_paper_is_a_sentence(db):
    assert code(service.load_paper, db, 99) == "paper_unknown"
    assert service.find_paper(db, kind="x", number_text="y") is None


def test_while_the_round_is_open_the_fields_that_wait_are_no_finding(db, archive, freeze, sign):
    paper_id = freeze()
    sign(paper_id, 0, LEGAL)
    half = service.verify_paper(db, archive, paper_id=paper_id)
    assert (half.sound, half.findings) == (True, ())
    assert half.headline == "1 firma íntegra; los bytes son los del archivo"
    assert half.verification.unsigned_fields == ("AUTOR_GM",)


def test_a_number_goes_to_one_paper_alone(db, actor, now, freeze, series_id):
    number = service.reserve_number(
        db, actor=actor, now=now, series_id=series_id, year=2024, subject="resolucion:1"
    )
    freeze(number=number)
    with pytest.raises(StaleRow):
        freeze(number=number, title="Otra que se congeló a la vez")
    assert len(service.list_papers(db)) == 1
