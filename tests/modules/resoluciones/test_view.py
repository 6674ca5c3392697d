"""The page of resoluciones over the real services; the whole way to six signatures is in test_view_signing.py."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel

from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, SignerRole, State
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.modules.resoluciones.view.conflict import ConflictDialog
from sisfoh_desktop.modules.resoluciones.view.dialogs import ActDialog, AnnulDialog, NewDialog, PlaceDialog
from sisfoh_desktop.modules.resoluciones.view.insert_dialog import InsertDialog
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.sign_dialog import SignChoice, SignDialog

Key = Qt.Key


class Screen:
    """A page on view and a person before it. `will` says what they do in the next dialog of a class."""

    def __init__(self, qtbot, desk, monkeypatch):
        self.qtbot, self.desk = qtbot, desk
        self.said: list[str] = []
        self._plans: list[tuple[type, object]] = []
        monkeypatch.setattr(TaskDialog, "exec", lambda dialog: self._exec(dialog))
        self.page = ResolucionesPage(desk)
        qtbot.addWidget(self.page)
        desk.tasks.changed.connect(
            lambda touched: self.page.reload() if touched & self.page.touches else None
        )
        self.page.resize(880, 640)
        self.page.show()
        self.page.activateWindow()
        self.settle()

    def _exec(self, dialog):
        """Answer a dialog as planned; one that nobody planned is left with Esc."""
        self.said.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        wanted, act = self._plans.pop(0) if self._plans else (type(dialog), None)
        assert isinstance(dialog, wanted)
        if act is None:
            dialog.done(QDialog.DialogCode.Rejected)
        else:
            act(dialog)
        return dialog.result()

    def will(self, dialog_class, act=TaskDialog.try_submit):
        self._plans.append((dialog_class, act))

    def fill(self, dialog_class, **values):
        def act(dialog):
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            dialog.try_submit()

        self.will(dialog_class, act)

    def settle(self):
        for _ in range(5):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def key(self, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(widget, key, modifier)
        self.settle()

    def open(self, resolucion_id):
        self.page.show_record("resoluciones", resolucion_id)
        self.settle()
        return self.page.record

    def step(self):
        """Do the next step, as its button or Alt+Intro does."""
        step = self.page.next_step()
        assert step.enabled, step.reason
        step.run()
        self.settle()

    def refusals(self):
        """The sentences of the messages on view, which are closed then."""
        found = []
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MessageDialog) and widget.isVisible():
                found.append(widget.sentence)
                widget.close()
        return found

    def shown(self, dialog_class):
        return next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, dialog_class) and one.isVisible()
        )


@pytest.fixture
def screen(qtbot, desk, monkeypatch):
    return lambda: Screen(qtbot, desk, monkeypatch)


@pytest.fixture
def draft(case, screen):
    """A draft on view, its id and its page."""
    resolucion_id = case.draft()
    seen = screen()
    seen.open(resolucion_id)
    seen.id = resolucion_id
    return seen


# --- list ---


def test_an_empty_office_is_told_where_acts_come_from(screen):
    seen = screen()
    assert "Todavía no hay resoluciones" in seen.page.list.empty_label.text()
    assert seen.page.next_step().button == "Nueva resolución"
    seen.page.list.empty_button.click()
    seen.settle()
    assert "Todavía no hay expedientes" in seen.refusals()[0]


def test_a_new_act_is_redacted_from_an_expediente_with_its_usual_answers(screen, case, db):
    seen = screen()
    seen.will(NewDialog)
    assert seen.page.new_record()
    seen.settle()
    assert "PLAN DE PRUEBA 2024" in seen.said[0]
    assert "4 documentos" in seen.said[0]
    made = seen.page.record.act
    assert (made.dated, made.state) == (date(2024, 3, 8), State.DRAFT)
    assert seen.page.record_open
    assert [row[:1] + row[3:] for row in seen.page.list.as_seen()[1]] == [
        ["Sin número", "Borrador", "", "Terminar el borrador"]
    ]


def test_the_list_tells_how_far_each_round_has_come(screen, case, archive):
    resolucion_id = case.draft()
    service.freeze_resolucion(
        case.db, archive, actor=case.desk["actor"], now=case.desk["now"],
        resolucion_id=resolucion_id, expected_version=1,
    )  # fmt: skip
    seen = screen()
    assert [row[:1] + row[3:] for row in seen.page.list.as_seen()[1]] == [
        ["091-2024-GM/MPP", "Congelada", "0 de 4", "Abog. HUAMÁN PEÑA MARÍA ROSA"]
    ]
    assert seen.page.next_step().button == "Abrir para firmar"
    assert [hit.record_id for hit in ResolucionesPage.find_records(seen.desk, "091-2024")] == [resolucion_id]
    assert ResolucionesPage.find_records(seen.desk, "nada de esto") == []


# --- text ---


def test_enter_opens_the_chosen_act_and_esc_steps_back(screen, case):
    case.draft()
    seen = screen()
    seen.key(seen.page.list.view, Key.Key_Return)
    record = seen.page.record
    assert seen.page.record_open
    names = [row[0] for row in record.text.list.as_seen()[1]]
    assert names[0] == "Vistos"
    assert names[-5:] == [
        "Artículo segundo",
        "Artículo tercero",
        "Artículo cuarto",
        "Cierre",
        "Con copia (C.c.)",
    ]
    seen.key(record.text.list.view, Key.Key_Return)
    assert record.text.panel.editor.hasFocus()
    assert seen.page.cancel()
    assert record.text.list.view.hasFocus()
    assert seen.page.cancel()
    assert not seen.page.record_open
    assert not seen.page.cancel()


def test_what_is_typed_is_kept_literally_by_saving_and_marked_until_then(draft, db):
    record = draft.page.record
    record.text.list.select(1)
    draft.qtbot.keyClicks(record.text.panel.editor, "<b>&nbsp;</b> & {plan.amount} ")
    record.text.panel.editor.insertPlainText("ñandú 𝄞 ")
    assert record.header.unsaved.isVisible()
    assert draft.page.has_unsaved()
    assert draft.page.next_step().button == "Guardar"
    assert draft.page.save()
    draft.settle()
    assert not record.header.unsaved.isVisible()
    assert not draft.page.has_unsaved()
    kept = service.load_resolucion(db, draft.id).blocks[1].text
    assert kept.startswith("<b>&nbsp;</b> & {{plan.amount}} ñandú 𝄞 Que,")
    assert not draft.page.save()


def test_leaving_with_unsaved_text_asks_and_stays_by_default(draft):
    record = draft.page.record
    draft.qtbot.keyClicks(record.text.panel.editor, "x")
    record.text.focus_list()
    draft.page.cancel()
    assert draft.page.record_open
    draft.will(MessageDialog)
    record.text.focus_list()
    draft.page.cancel()
    assert not draft.page.record_open


def test_blocks_are_added_moved_and_removed_by_key(draft, db):
    text = draft.page.record.text
    view = text.list.view
    view.setFocus()
    text.list.select(1)
    draft.key(view, Key.Key_Insert)
    assert (text.blocks[2].kind, text.blocks[2].text) == (BlockKind.CONSIDERANDO, "")
    assert text.panel.editor.hasFocus()
    draft.qtbot.keyClicks(text.panel.editor, "Que, uno {llave}.")
    text.focus_list()
    draft.key(view, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert text.blocks[1].text == "Que, uno {{llave}}."
    text.list.select(2)
    gone = text.blocks[2]
    draft.key(view, Key.Key_Delete)
    assert gone in text.blocks
    draft.will(MessageDialog)
    draft.key(view, Key.Key_Delete)
    assert "«Considerando 2»" in draft.said[-1]
    assert gone not in text.blocks
    assert draft.page.save()
    draft.settle()
    assert service.load_resolucion(db, draft.id).blocks == text.blocks
    text.list.select(0)
    assert not any(one.isEnabled() for one in (text.up_action, text.down_action, text.remove_action))


def test_f4_puts_a_datum_at_the_caret(draft):
    text = draft.page.record.text
    text.list.select(1)

    def choose(dialog):
        dialog.list.set_filter("monto en cifras")
        dialog.try_submit()

    draft.will(InsertDialog, choose)
    text.focus_text()
    draft.key(text.panel.editor, Key.Key_F4)
    assert text.blocks[1].text.startswith("{plan.amount}Que,")
    assert "S/\u00a0312\u00a0656.00" in text.panel.foot.text()


def test_an_empty_block_is_refused_with_its_name_and_stays_on_screen(draft, db):
    text = draft.page.record.text
    text.list.select(1)
    text.add()
    assert draft.page.save()
    draft.settle()
    assert "«Considerando 2»" in draft.refusals()[0]
    assert text.blocks[2].text == ""
    assert draft.page.has_unsaved()


def test_the_data_of_the_act_name_articles_as_they_will_be_printed(draft, db):
    from sisfoh_desktop.modules.resoluciones.rules import ArticleStyle

    draft.fill(ActDialog, style=ArticleStyle.NUMERIC, initials="JQN/mrh")
    draft.page.frame_action.trigger()
    names = [row[0] for row in draft.page.record.text.list.as_seen()[1]]
    assert "Artículo 1" in names
    draft.page.save()
    draft.settle()
    assert service.load_resolucion(db, draft.id).headings.initials == "JQN/mrh"


# --- two people ---


def someone_saves(case, resolucion_id, matter="otro asunto"):
    act = service.load_resolucion(case.db, resolucion_id)
    service.save_resolucion(**case.desk, resolucion=replace(act, matter=matter), expected_version=act.version)


@pytest.mark.parametrize("choice", ["mine", "theirs", "stay"])
def test_a_save_in_between_loses_nothing_that_was_typed(draft, case, choice):
    record = draft.page.record
    record.text.list.select(1)
    draft.qtbot.keyClicks(record.text.panel.editor, "MÍO ")
    someone_saves(case, draft.id)
    act = {"mine": TaskDialog.try_submit, "theirs": lambda d: d.theirs_button.click(), "stay": None}[choice]
    draft.will(ConflictDialog, act)
    assert draft.page.save()
    draft.settle()
    kept = service.load_resolucion(case.db, draft.id)
    assert "otra persona" in draft.said[-1]
    if choice == "mine":
        assert kept.blocks[1].text.startswith("MÍO ")
        assert not draft.page.has_unsaved()
    else:
        assert kept.matter == "otro asunto"
        assert record.text.blocks[1].text.startswith("MÍO ") is (choice == "stay")
        assert draft.page.has_unsaved() is (choice == "stay")


def test_a_reload_over_typed_text_says_so_and_keeps_it(draft, case):
    record = draft.page.record
    draft.qtbot.keyClicks(record.text.panel.editor, "MÍO ")
    someone_saves(case, draft.id)
    draft.page.reload()
    draft.settle()
    assert "Otra persona guardó" in record.header.banner.label.text()
    assert record.text.blocks[0].text.startswith("MÍO ")


# --- before the freeze ---


def test_what_stops_the_freeze_is_the_reason_and_leads_to_its_place(draft, case, db):
    record = draft.page.record
    act = service.load_resolucion(db, draft.id)
    blocks = list(act.blocks)
    blocks[1] = replace(blocks[1], text="Que, {plan.ghost}.")
    late = replace(act, blocks=tuple(blocks), dated=act.dated + timedelta(days=30))
    service.save_resolucion(**case.desk, resolucion=late, expected_version=act.version)
    draft.page.reload()
    draft.settle()
    step = draft.page.next_step()
    assert (step.button, step.enabled) == ("Congelar y numerar", False)
    assert "todavía no llega" in step.reason
    assert "1 más" in step.reason
    assert not draft.page.freeze_action.isEnabled()
    draft.key(record.text.list.view, Key.Key_F9)
    assert record.tabs.currentWidget() is record.findings
    assert record.findings.list.as_seen()[1][1][1] == "Considerando 1"
    record.findings.list.select(record.findings.list.rows()[1].key)
    draft.key(record.findings.list.view, Key.Key_Return)
    assert record.tabs.currentWidget() is record.text
    assert "usa un dato" in record.text.panel.problems.text().lower()


def test_documents_registered_later_are_brought_into_the_text(draft, case, db):
    case.register("OGPP", "GM", "777-2024-OGPP/MPP", date(2024, 3, 6))
    draft.page.reload()
    draft.settle()
    assert "no cuenta un documento" in draft.page.next_step().text
    draft.will(MessageDialog)
    draft.page.bring_action.trigger()
    draft.settle()
    told = [block.text for block in service.load_resolucion(db, draft.id).blocks]
    key = expedientes.load_expediente(db, case.expediente_id).documents[-1].key
    assert any(f"{{doc.{key}.cite}}" in text for text in told)


def test_the_round_is_chosen_and_ordered_while_it_is_a_draft(draft, case, db):
    record = draft.page.record
    record.tabs.setCurrentWidget(record.signers)
    units = [row[2] for row in record.signers.list.as_seen()[1]]
    record.signers.list.select(1)
    draft.key(record.signers.list.view, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [row[2] for row in record.signers.list.as_seen()[1]] == [units[1], units[0], *units[2:]]
    draft.will(MessageDialog)
    draft.key(record.signers.list.view, Key.Key_Delete)
    draft.fill(PlaceDialog, unit_id=case.units["OGAJ"], role=SignerRole.AUTHOR)
    record.signers.list.select(1)
    record.signers.edit()
    draft.page.save()
    draft.settle()
    places = service.load_resolucion(db, draft.id).places
    assert places[-1].role is SignerRole.AUTHOR
    assert sum(place.role is SignerRole.AUTHOR for place in places) == 1


def test_the_page_shows_the_draft_as_it_stands_unsaved(draft, text_of):
    record = draft.page.record
    record.text.list.select(1)
    draft.qtbot.keyClicks(record.text.panel.editor, "INEDITO ")
    record.tabs.setCurrentWidget(record.page)
    draft.qtbot.waitUntil(lambda: record.page.pane is not None and record.page.pane.pages > 0)
    draft.settle()
    words = text_of(record.page.pane.pdf)
    assert "INEDITO" in words
    assert "PROYECTO" in words
    assert draft.page.preview()
    draft.settle()
    preview = draft.shown(PreviewDialog)
    assert "borrador" in preview.windowTitle()
    preview.close()


# --- freeze, sign, verify ---


def test_freezing_names_the_number_and_annulling_gives_the_draft_back(draft, case, db):
    record = draft.page.record
    draft.step()
    assert record.saved.state is State.DRAFT
    assert papers.number_register(db, case.series_id, 2024)[-1].last == 90
    draft.will(MessageDialog)
    draft.step()
    assert "091-2024-GM/MPP" in draft.said[-1]
    assert record.saved.state is State.FROZEN
    assert record.text.panel.editor.isReadOnly()
    assert record.tabs.currentWidget() is record.signers
    assert not record.text.add_action.isEnabled()
    assert "Le toca firmar" in record.signers.list.as_seen()[1][0]
    draft.fill(AnnulDialog, reason="Error en la fecha")
    draft.page.annul_action.trigger()
    draft.settle()
    assert record.saved.state is State.DRAFT
    assert not record.text.panel.editor.isReadOnly()
    register = papers.number_register(db, case.series_id, 2024)
    assert register[-1].state is NumberState.ANNULLED


@pytest.mark.parametrize("fault", ["password", "file"])
def test_a_certificate_that_cannot_be_used_gives_its_sentence_and_changes_nothing(
    draft, pki, tmp_path, monkeypatch, fault
):
    path = tmp_path / "firma.p12"
    path.write_bytes(pki.person("HUAMÁN PEÑA MARÍA ROSA", "40000002"))
    draft.will(MessageDialog)
    draft.step()
    choice = SignChoice("p12", "otra clave" if fault == "password" else pki.password, path=str(path))
    if fault == "file":
        path.unlink()
    monkeypatch.setattr(SignDialog, "ask", lambda *_args, **_more: choice)
    draft.step()
    said = draft.refusals()
    assert len(said) == 1
    assert "contraseña" in said[0] if fault == "password" else "No se pudo leer" in said[0]
    paper = draft.page.record.data.view.paper
    assert all(signer.signed_at is None for signer in paper.signers)
    assert draft.page.next_step().enabled


# --- manners ---


def test_models_keep_qt_s_rules(draft, qtmodeltester):
    record = draft.page.record
    for table in (draft.page.list, record.text.list, record.signers.list, record.findings.list):
        qtmodeltester.check(table.model)


@pytest.mark.parametrize("frozen", [False, True])
def test_letters_are_taken_once_and_every_control_has_a_name(draft, frozen):
    if frozen:
        draft.will(MessageDialog)
        draft.step()
    buttons = [one for one in draft.page.findChildren(QAbstractButton) if one.isVisible()]
    tabs = draft.page.record.tabs
    texts = [one.text() for one in buttons]
    texts += [tabs.tabText(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]
    texts += [action.text() for action in draft.page.page_actions()[:3]]
    letters = [letter for text in texts for letter in letters_of([text])]
    assert len(letters) == len(set(letters))
    assert all(one.accessibleName() or one.text() for one in buttons)
    assert draft.page.record.text.panel.editor.accessibleName() == "Texto de Vistos"


def test_the_page_stands_beside_the_text_where_there_is_room(draft):
    record = draft.page.record
    assert record.tabs.indexOf(record.page) >= 0
    draft.page.resize(1500, 800)
    draft.settle()
    assert record.tabs.indexOf(record.page) < 0
    assert record.page.isVisible()
    draft.page.resize(880, 640)
    draft.settle()
    assert record.tabs.indexOf(record.page) >= 0
