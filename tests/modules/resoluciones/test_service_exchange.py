"""The draft in a word processor and back, edited as Word does it: runs split, boxes lost, changes tracked."""

import copy
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, ChangeKind, ReadBack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Word:
    """A person with the exported draft open."""

    def __init__(self, data: bytes) -> None:
        self.document = Document(io.BytesIO(data))
        self.body = self.document.element.body

    def save(self) -> bytes:
        result = io.BytesIO()
        self.document.save(result)
        return result.getvalue()

    def box(self, words: str) -> Any:
        """The block that says these words."""
        return next(
            sdt
            for sdt in self.body.findall(f"{W}sdt")
            if words in "".join(t.text or "" for t in sdt.iter(f"{W}t"))
        )

    def chip(self, tag: str, within: Any = None) -> Any:
        root = self.body if within is None else within
        return next(
            sdt for sdt in root.iter(f"{W}sdt") if sdt.find(f"{W}sdtPr/{W}tag").get(qn("w:val")) == tag
        )

    def text(self, words: str) -> Any:
        """The w:t that holds these words."""
        return next(t for t in self.body.iter(f"{W}t") if words in (t.text or ""))

    def replace(self, old: str, new: str) -> None:
        node = self.text(old)
        node.text = node.text.replace(old, new)

    def split_runs(self) -> None:
        """Every run cut in two in the middle of its words, as Word does while it proofs."""
        for run in list(self.body.iter(f"{W}r")):
            words = run.find(f"{W}t")
            if words is None or len(words.text or "") < 4:
                continue
            half = len(words.text) // 2
            second = copy.deepcopy(run)
            second.find(f"{W}t").text, words.text = words.text[half:], words.text[:half]
            words.set(qn("xml:space"), "preserve")
            run.addnext(second)

    def unbox(self, root: Any = None) -> None:
        """Every content control dropped, what it held left in its place, as other word processors do."""
        inside = self.body if root is None else root.find(f"{W}sdtContent")
        while (sdt := next(inside.iter(f"{W}sdt"), None)) is not None:
            for child in reversed(list(sdt.find(f"{W}sdtContent"))):
                sdt.addnext(child)
            sdt.getparent().remove(sdt)

    def paragraph_after(self, box: Any, text: str, style: str = "") -> None:
        paragraph = OxmlElement("w:p")
        if style:
            paragraph.get_or_add_pPr().style = style
        run = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = text
        run.append(words)
        paragraph.append(run)
        box.addnext(paragraph)

    def track(self, words: str, inserted: str) -> None:
        """The run with these words struck out and others inserted after it, with changes tracked."""
        run = self.text(words).getparent()
        fresh = copy.deepcopy(run)
        fresh.find(f"{W}t").text = inserted
        gone, come = OxmlElement("w:del"), OxmlElement("w:ins")
        run.addprevious(gone)
        gone.append(run)
        struck = OxmlElement("w:delText")
        struck.text = run.find(f"{W}t").text
        run.replace(run.find(f"{W}t"), struck)
        come.append(fresh)
        gone.addnext(come)


@pytest.fixture
def draft(case) -> int:
    return case.draft()


@pytest.fixture
def word(case, draft) -> Word:
    return Word(service.draft_docx(case.db, draft))


@pytest.fixture
def back(case, draft, word) -> Callable[[], ReadBack]:
    return lambda: service.read_back(case.db, draft, word.save())


def blocks(case, draft):
    return service.load_resolucion(case.db, draft).blocks


def take(case, draft, read, *places: int) -> int:
    chosen = places or range(len(read.changes))
    act = service.load_resolucion(case.db, draft)
    return service.apply_read_back(
        **case.desk,
        resolucion_id=draft,
        read=read,
        taken=set(chosen),
        expected_version=act.version,
        file_name="proyecto.docx",
    )


# --- out ---


def test_the_draft_says_all_that_the_act_says(case, draft, word) -> None:
    said = "\n".join(
        "".join(t.text or "" for t in paragraph.iter(f"{W}t")) for paragraph in word.body.iter(f"{W}p")
    )
    for words in (
        "VISTOS:",
        "CONSIDERANDO:",
        "SE RESUELVE:",
        "ARTÍCULO PRIMERO: APROBAR",
        "S/\u00a0312\u00a0656.00",
    ):
        assert words in said
    assert "____-2024-GM/MPP" in said
    assert len(word.document.tables) >= 2
    assert "5006414" in "".join(cell.text for row in word.document.tables[-1].rows for cell in row.cells)
    locks = {lock.get(qn("w:val")) for lock in word.body.iter(f"{W}lock")}
    assert locks == {"contentLocked", "sdtContentLocked"}
    assert all(len(tag.get(qn("w:val"))) <= 64 for tag in word.body.iter(f"{W}tag"))
    numbers = [one.get(qn("w:val")) for one in word.body.iter(f"{W}id")]
    assert len(set(numbers)) == len(numbers)


def test_a_frozen_act_does_not_go_out_as_a_draft(case, draft, archive) -> None:
    service.freeze_resolucion(**case.desk, archive=archive, resolucion_id=draft, expected_version=1)
    with pytest.raises(RuleError) as refused:
        service.draft_docx(case.db, draft)
    assert refused.value.code == "not_draft"


# --- back, nothing changed ---


def test_what_nobody_touched_comes_back_the_same(back) -> None:
    read = back()
    assert read.differing == ()
    assert read.notes == read.remarks == ()


def test_runs_cut_in_pieces_are_the_same_text(word, back) -> None:
    word.split_runs()
    assert back().differing == ()


def test_lost_boxes_are_found_again_by_their_words(case, draft, word, back) -> None:
    word.split_runs()
    word.unbox()
    read = back()
    assert [(one.name, one.kind) for one in read.differing] == []


def test_lost_boxes_and_styles_too(word, back) -> None:
    word.unbox()
    for style in list(word.body.iter(f"{W}pStyle")):
        style.getparent().remove(style)
    assert [(one.name, one.kind) for one in back().differing] == []


# --- back, edited ---


@pytest.mark.parametrize("lost", [False, True])
def test_reworded_prose_is_taken_and_its_data_stay(case, draft, word, back, lost) -> None:
    word.replace("tiene como meta", "alcanza a")
    if lost:
        word.unbox()
    read = back()
    (change,) = read.differing
    assert change.kind is ChangeKind.CHANGED
    assert change.can_take
    assert take(case, draft, read) == 2
    text = blocks(case, draft)[change.index].text
    assert "alcanza a {plan.households} hogares" in text
    assert "{plan.title}" in text


@pytest.mark.parametrize("lost", [False, True])
def test_a_changed_datum_is_told_and_never_taken(case, draft, word, back, lost) -> None:
    box = word.box("APROBAR el Plan de Trabajo")
    before = blocks(case, draft)
    content = word.chip("plan.amount", box).find(f"{W}sdtContent")
    next(content.iter(f"{W}t")).text = "S/ 500\u00a0000.00"
    word.replace("con un presupuesto de", "con un monto de")
    if lost:
        word.unbox()
    read = back()
    (change,) = read.differing
    assert [(one.key, one.became.strip()) for one in change.altered] == [
        ("plan.amount", "S/ 500\u00a0000.00")
    ]
    assert "Cambió un dato" in change.altered[0].sentence
    if change.can_take:
        take(case, draft, read)
    text = blocks(case, draft)[change.index].text
    assert "{plan.amount} (" in text
    assert "500" not in text
    others = [block for n, block in enumerate(blocks(case, draft)) if n != change.index]
    assert others == [block for n, block in enumerate(before) if n != change.index]


def test_a_datum_rewritten_with_its_words_is_shown_but_cannot_be_taken(case, draft, word, back) -> None:
    word.unbox(word.box("tiene como meta"))
    node = word.text("tiene como meta")
    paragraph = next(one for one in node.iterancestors() if one.tag == f"{W}p")
    for run in list(paragraph.iter(f"{W}r")):
        if "16" in "".join(t.text or "" for t in run.iter(f"{W}t")) or "hogares" in "".join(
            t.text or "" for t in run.iter(f"{W}t")
        ):
            run.getparent().remove(run)
    node.text = node.text.replace("tiene como meta", "comprende veinte mil familias")
    (change,) = back().differing
    assert not change.can_take or "16" not in change.text
    assert change.index is not None
    assert "veinte mil familias" in "".join(one.text for one in change.stretches)


def test_tracked_changes_count_as_accepted(case, draft, word, back) -> None:
    word.track("de acuerdo a Ley", " la presente conforme a la Ley.")
    read = back()
    (change,) = read.differing
    take(case, draft, read)
    assert blocks(case, draft)[change.index].text == "NOTIFÍQUESE la presente conforme a la Ley."


def test_a_removed_part_is_taken_out_only_when_it_may_be_missing(case, draft, word, back) -> None:
    for words in ("de acuerdo a Ley", "REGÍSTRESE"):
        box = word.box(words)
        box.getparent().remove(box)
    read = back()
    removed = {change.block_kind: change for change in read.differing}
    assert removed[BlockKind.ARTICLE].kind is ChangeKind.REMOVED
    assert removed[BlockKind.ARTICLE].can_take
    assert not removed[BlockKind.CLOSING].can_take
    count = len(blocks(case, draft))
    take(case, draft, read)
    assert len(blocks(case, draft)) == count - 1
    assert any(block.kind is BlockKind.CLOSING for block in blocks(case, draft))


def test_new_parts_come_in_where_they_stand(case, draft, word, back) -> None:
    last = word.box("en el Portal Institucional")
    word.paragraph_after(
        last, "ARTÍCULO QUINTO: DÉJESE sin efecto lo que se oponga, {salvo} error.", "SISFOHArticulo"
    )
    legal = word.box("Ley Orgánica de Municipalidades, dispone")
    word.paragraph_after(legal, "Que, la Ley 30435 crea el SINAFO.")
    read = back()
    assert [(one.kind, one.block_kind) for one in read.differing] == [
        (ChangeKind.ADDED, BlockKind.CONSIDERANDO),
        (ChangeKind.ADDED, BlockKind.ARTICLE),
    ]
    take(case, draft, read)
    after = blocks(case, draft)
    assert after[-3].text == "DÉJESE sin efecto lo que se oponga, {{salvo}} error."
    assert after[2].text == "Que, la Ley 30435 crea el SINAFO."
    service.preview_pdf(case.db, service.load_resolucion(case.db, draft))


def test_a_part_typed_inside_the_box_of_another_is_a_part_of_its_own(word, back) -> None:
    last = word.box("en el Portal Institucional").find(f"{W}sdtContent")
    word.paragraph_after(last[-1], "ARTÍCULO QUINTO.- DÉJESE sin efecto lo que se oponga.", "SISFOHArticulo")
    (change,) = back().differing
    assert (change.kind, change.block_kind) == (ChangeKind.ADDED, BlockKind.ARTICLE)
    assert change.text == "DÉJESE sin efecto lo que se oponga."


def test_only_what_was_chosen_is_taken(case, draft, word, back) -> None:
    word.replace("tiene como meta", "alcanza a")
    word.replace("de acuerdo a Ley", "según Ley")
    read = back()
    places = [place for place, change in enumerate(read.changes) if change.kind is ChangeKind.CHANGED]
    take(case, draft, read, places[1])
    texts = [block.text for block in blocks(case, draft)]
    assert any("según Ley" in text for text in texts)
    assert any("tiene como meta" in text for text in texts)


def test_nothing_chosen_is_said(case, draft, word, back) -> None:
    with pytest.raises(RuleError) as refused:
        take(case, draft, back(), 0)
    assert refused.value.code == "nothing_taken"


def test_somebody_saved_meanwhile(case, draft, word, back) -> None:
    word.replace("tiene como meta", "alcanza a")
    read = back()
    act = service.load_resolucion(case.db, draft)
    service.save_resolucion(**case.desk, resolucion=replace(act, with_annex=False), expected_version=1)
    with pytest.raises(StaleRow):
        take(case, draft, read)


def test_the_same_click_takes_the_changes_once(case, draft, word, back) -> None:
    word.replace("tiene como meta", "alcanza a")
    read = back()
    taken = set(range(len(read.changes)))
    named = {**case.desk, "resolucion_id": draft, "read": read, "taken": taken, "expected_version": 1}
    first = service.apply_read_back(**named, token="clic")
    kept = service.load_resolucion(case.db, draft)
    assert service.apply_read_back(**named, token="clic") == first
    assert service.load_resolucion(case.db, draft) == kept
    with pytest.raises(StaleRow):
        service.apply_read_back(**named, token="otro clic")


def test_an_export_older_than_the_draft_is_noticed(case, draft, word) -> None:
    act = service.load_resolucion(case.db, draft)
    changed = [
        replace(block, text=block.text.replace("tiene como meta", "tiene por meta")) for block in act.blocks
    ]
    service.save_resolucion(**case.desk, resolucion=replace(act, blocks=tuple(changed)), expected_version=1)
    read = service.read_back(case.db, draft, word.save())
    assert "después de exportarse" in read.notes[0]
    (change,) = read.differing
    assert change.kind is ChangeKind.CHANGED


def test_what_is_not_read_back_is_told(word, back) -> None:
    table = word.document.tables[0]._tbl
    table.getparent().remove(table)
    heading = word.text("CONSIDERANDO:")
    heading.text = "CONSIDERADO:"
    word.unbox()
    read = back()
    assert any("Las tablas no se leen" in note for note in read.notes)
    assert any("Cambió una línea fija" in note for note in read.notes)
    assert read.differing == ()


def test_comments_are_listed_with_the_words_they_stand_by(word, back) -> None:
    run = word.document.paragraphs[0].runs[0] if word.document.paragraphs[0].runs else None
    paragraph = word.document.add_paragraph("Que, falta citar la directiva.", style="SISFOH Considerando")
    run = paragraph.runs[0]
    word.document.add_comment(run, text="¿Y la Directiva 009?", author="Asesoría", initials="AJ")
    (remark,) = back().remarks
    assert (remark.author, remark.text, remark.about) == (
        "Asesoría",
        "¿Y la Directiva 009?",
        "Que, falta citar la directiva.",
    )


def test_the_history_says_where_a_save_came_from(case, draft, word, back) -> None:
    from sqlalchemy import text

    word.replace("tiene como meta", "alcanza a")
    take(case, draft, back())
    with case.db.reading() as session:
        reason = session.execute(text("SELECT reason FROM audit_entry ORDER BY id DESC LIMIT 1")).scalar()
    assert reason == "Traído de Word: proyecto.docx"
