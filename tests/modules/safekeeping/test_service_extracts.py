"""The auditor's extract: numbered, with the head of the chain, and a workbook with every hash."""

import io

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import text

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.safekeeping.rules import trail as trail_rules
from sisfoh_desktop.modules.safekeeping.rules.extract import head_words
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailFilter, TrailKind
from sisfoh_desktop.modules.safekeeping.service import extracts, signers, trail

AUDITOR = Actor("auditora", "OCI", rights=frozenset({"audit.read"}))
WORK = TrailFilter(kind=TrailKind.WORK)


@pytest.fixture
def archive(practice) -> Archive:
    return Archive(practice.parent / "archivo")


@pytest.fixture
def round_(practice_db, now):
    day = now.date()
    return signers.author(practice_db, office.officer_choices(practice_db, day)[0][0], day)


def told(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split()).replace("\u00a0", " ")


def freeze(db, archive, now, round_, wanted=WORK, token=None):
    if extracts.extract_series(db) is None:
        extracts.create_extract_series(db, actor=Actor("jefa"), now=now, mask="{n:03d}-{year}-EH-ULE/MPT")
    return extracts.freeze_extract(
        db, archive, actor=AUDITOR, now=now, wanted=wanted, signers=round_, token=token
    )


def test_the_frozen_extract_tells_its_scope_its_head_and_how_to_check_it(practice_db, archive, now, round_):
    paper_id = freeze(practice_db, archive, now, round_)
    paper = papers.load_paper(practice_db, paper_id)
    assert (paper.number_text, paper.state, paper.kind) == (
        "001-2024-EH-ULE/MPT", PaperState.FROZEN, "audit_extract",
    )  # fmt: skip
    said = told(papers.paper_bytes(practice_db, archive, paper_id))
    page = trail.read_page(practice_db, actor=AUDITOR, wanted=TrailFilter(), limit=2000)
    made = next(line for line in page.lines if line.action == "audit.extract")
    number = next(line for line in page.lines if line.action == "number.reserve")
    assert "EXTRACTO N° 001-2024-EH-ULE/MPT" in said
    assert "Movimiento registrado" in said
    assert "La cadena de anotaciones está completa" in said
    head = next(line for line in page.lines if head_words(line.hash) in said)
    assert head.id >= number.id  # the last entry before the paper itself was frozen
    assert f"{head.id}, la última" in said
    assert made.subject == f"paper:{paper_id}"
    assert {change.label: change.after for change in made.changes}["Filtros"] == "todo menos los sellos"


def test_asked_twice_with_the_same_token_it_is_made_once(practice_db, archive, now, round_):
    first = freeze(practice_db, archive, now, round_, token="t-1")
    assert freeze(practice_db, archive, now, round_, token="t-1") == first
    assert len(papers.list_papers(practice_db, kinds=["audit_extract"])) == 1


def test_a_preview_spends_no_number_and_writes_nothing(practice_db, now, round_):
    before = trail.read_page(practice_db, actor=AUDITOR, wanted=TrailFilter()).entry_count
    said = told(extracts.preview_extract(practice_db, actor=AUDITOR, now=now, wanted=WORK, signers=round_))
    assert "PROYECTO" in said
    assert trail.read_page(practice_db, actor=AUDITOR, wanted=TrailFilter()).entry_count == before


def test_a_broken_chain_is_printed_as_such(practice_db, now):
    with practice_db.transaction() as session:
        session.execute(text("DROP TRIGGER IF EXISTS audit_entry_no_update"))
        for name in session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
        ).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit_entry SET reason = 'otro' WHERE id = 20"))
    said = told(extracts.preview_extract(practice_db, actor=AUDITOR, now=now, wanted=WORK))
    assert "La cadena de anotaciones está completa" not in said
    assert "anotación 20" in said


def test_the_workbook_has_every_entry_with_its_hashes_and_is_noted(practice_db, now):
    wanted = TrailFilter(part="kardex")
    found = trail.read_page(practice_db, actor=AUDITOR, wanted=wanted, limit=2000)
    book = extracts.extract_workbook(practice_db, actor=AUDITOR, now=now, wanted=wanted)
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1 : found.found + 1]] == [line.id for line in reversed(found.lines)]
    assert rows[1][11] == found.lines[-1].hash
    assert found.head in rows[-1][0]
    newest = trail.read_page(practice_db, actor=AUDITOR, wanted=TrailFilter(), limit=1).lines[0]
    assert (newest.action, newest.person) == ("audit.extract", "auditora")


@pytest.mark.parametrize("actor", [Actor("ana", rights=frozenset({"kardex.move"}))])
def test_it_needs_the_right(practice_db, archive, now, round_, actor):
    for asked in (
        lambda: extracts.extract_workbook(practice_db, actor=actor, now=now, wanted=WORK),
        lambda: extracts.preview_extract(practice_db, actor=actor, now=now, wanted=WORK),
        lambda: extracts.freeze_extract(
            practice_db, archive, actor=actor, now=now, wanted=WORK, signers=round_
        ),
    ):
        with pytest.raises(RuleError) as refused:
            asked()
        assert refused.value.code == "not_allowed"


def test_without_series_signer_or_entries_it_is_refused_and_no_number_is_spent(
    practice_db, archive, now, round_
):
    who = {"actor": AUDITOR, "now": now}
    with pytest.raises(RuleError, match="serie"):
        extracts.freeze_extract(practice_db, archive, **who, wanted=WORK, signers=round_)
    with pytest.raises(RuleError, match="Falta quién firme"):
        extracts.freeze_extract(practice_db, archive, **who, wanted=WORK, signers=())
    with pytest.raises(RuleError, match="Ninguna anotación"):
        freeze(practice_db, archive, now, round_, TrailFilter(person="nadie"))
    with pytest.raises(RuleError, match="no está en funciones"):
        signers.author(practice_db, 999, now.date())
    series = extracts.extract_series(practice_db)
    assert papers.number_register(practice_db, series.id, now.year) == []


def stopping(rounds: int):
    """Progress that stops the third entry after so many whole rounds of them."""
    told = []

    def progress(done, total):
        told.append(done)
        if len(told) > rounds * total + 2:
            raise Cancelled

    return progress


@pytest.mark.parametrize("rounds", [0, 1])  # while it is read, and while it is printed
def test_cancelled_it_was_never_made(practice_db, archive, now, round_, rounds):
    """No paper, no number, no series, no word of it in the trail."""
    before = trail.read_page(practice_db, actor=AUDITOR, wanted=TrailFilter()).entry_count
    who = {"actor": AUDITOR, "now": now, "wanted": TrailFilter(kind=TrailKind.WORK)}
    made = {**who, "signers": round_, "mask": "{n:03d}-{year}-EH-ULE/MPT"}
    for asked in (
        lambda: extracts.freeze_extract(practice_db, archive, **made, progress=stopping(rounds)),
        lambda: extracts.preview_extract(practice_db, **who, progress=stopping(rounds)),
        lambda: extracts.extract_workbook(practice_db, **who, progress=stopping(rounds)),
    ):
        with pytest.raises(Cancelled):
            asked()
    assert trail.read_page(practice_db, actor=AUDITOR, wanted=TrailFilter()).entry_count == before
    assert extracts.extract_series(practice_db) is None
    extracts.freeze_extract(practice_db, archive, **made)
    assert [line.number_text for line in papers.list_papers(practice_db, kinds=["audit_extract"])] == [
        "001-2024-EH-ULE/MPT"
    ]


def test_the_entries_are_counted_as_they_are_read_and_as_they_are_printed(practice_db, now):
    told = []
    extracts.preview_extract(
        practice_db, actor=AUDITOR, now=now, wanted=WORK, progress=lambda *count: told.append(count)
    )
    total = told[0][1]
    assert told[:total] == [(number, total) for number in range(1, total + 1)]
    assert told[-1] == (total, total)
    assert len(told) >= 2 * total


def test_columns_that_let_nothing_through_make_no_extract_and_spend_no_number(
    practice_db, archive, now, round_
):
    extracts.create_extract_series(
        practice_db, actor=Actor("jefa"), now=now, mask="{n:03d}-{year}-EH-ULE/MPT"
    )
    asked = {"actor": AUDITOR, "now": now, "wanted": WORK, "keep": lambda _lines: []}
    for make in (
        lambda: extracts.extract_workbook(practice_db, **asked),
        lambda: extracts.preview_extract(practice_db, **asked),
        lambda: extracts.freeze_extract(practice_db, archive, **asked, signers=round_),
    ):
        with pytest.raises(RuleError, match="Ninguna anotación cumple esos filtros"):
            make()
    assert papers.list_papers(practice_db, kinds=["audit_extract"]) == []


def test_a_trail_too_long_for_paper_is_printed_where_its_columns_keep_little_of_it(
    practice_db, now, monkeypatch
):
    monkeypatch.setattr(trail_rules, "LONGEST_PAPER", 3)
    monkeypatch.setattr(extracts, "_AT_ONCE", 7)
    asked = {"actor": AUDITOR, "now": now, "wanted": WORK}
    with pytest.raises(RuleError) as caught:
        extracts.preview_extract(practice_db, **asked)
    assert caught.value.code == "extract_too_long"
    first = trail.read_page(practice_db, actor=AUDITOR, wanted=WORK, limit=2000).lines[-2:]
    numbers = {line.id for line in first}
    pdf = extracts.preview_extract(
        practice_db, **asked, keep=lambda lines: [line for line in lines if line.id in numbers]
    )
    assert "2 anotaciones de las" in told(pdf)
