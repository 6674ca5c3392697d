"""Models, Word and versions from the window: by keyboard, with every refusal in one sentence."""

import io
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QLabel

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.modules.resoluciones.view.compare_dialog import CompareDialog
from sisfoh_desktop.modules.resoluciones.view.models_dialog import ModelsDialog, VersionDialog
from sisfoh_desktop.modules.resoluciones.view.models_dialog_form import ModelDialog
from sisfoh_desktop.modules.resoluciones.view.new_act import NewDialog
from sisfoh_desktop.modules.resoluciones.view.return_dialog import ReturnDialog
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import MessageDialog, Toast
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.preview import PreviewDialog

Key = Qt.Key


class Window:
    """The page with a person before it, who answers the next dialogs as planned."""

    file: ClassVar[str] = ""

    def __init__(self, qtbot, desk, monkeypatch) -> None:
        self.qtbot, self.desk, self.plans = qtbot, desk, []
        self.said: list[str] = []
        monkeypatch.setattr(TaskDialog, "exec", lambda dialog: self._answer(dialog))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (self.file, ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (self.file, ""))
        self.page = ResolucionesPage(desk)
        qtbot.addWidget(self.page)
        desk.tasks.changed.connect(
            lambda touched: self.page.reload() if touched & self.page.touches else None
        )
        self.page.resize(880, 640)
        self.page.show()
        self.settle()

    def _answer(self, dialog):
        wanted, act = self.plans.pop(0) if self.plans else (type(dialog), None)
        assert isinstance(dialog, wanted)
        dialog.show()
        self.settle()
        self.said.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        if act is not None:
            act(dialog)
            self.settle()
        if dialog.isVisible():
            dialog.done(QDialog.DialogCode.Rejected)
        return dialog.result()

    def will(self, dialog_class, act=TaskDialog.try_submit) -> None:
        self.plans.append((dialog_class, act))

    def settle(self) -> None:
        for _ in range(5):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def open(self, resolucion_id):
        self.page.show_record("resoluciones", resolucion_id)
        self.settle()
        return self.page.record

    def order(self, action) -> None:
        assert action.isEnabled()
        action.trigger()
        self.settle()

    def sentences(self) -> list[str]:
        found = []
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MessageDialog) and widget.isVisible():
                found.append(widget.sentence)
                widget.close()
        return found


@pytest.fixture
def window(qtbot, desk, monkeypatch):
    return lambda: Window(qtbot, desk, monkeypatch)


@pytest.fixture
def word_file(tmp_path) -> Path:
    return tmp_path / "proyecto.docx"


def edited(path: Path, *changes: tuple[str, str]) -> None:
    document = Document(io.BytesIO(path.read_bytes()))
    for old, new in changes:
        for node in document.element.body.iter("{*}t"):
            if old in (node.text or ""):
                node.text = node.text.replace(old, new)
    document.save(str(path))


# --- Word ---


def test_out_to_word_and_back_with_the_keyboard(case, window, word_file, qtbot) -> None:
    act_id = case.draft()
    seen = window()
    seen.open(act_id)
    Window.file = str(word_file)
    seen.order(seen.page.exchange.export_action)
    assert word_file.read_bytes().startswith(b"PK")
    edited(word_file, ("tiene como meta", "alcanza a"), ("de acuerdo a Ley", "conforme a Ley"))

    def leave_one(dialog: ReturnDialog) -> None:
        assert [row.mark for row in dialog.list.rows()] == ["☑ Se trae", "☑ Se trae"]
        assert "alcanza a" in dialog.text.toPlainText()
        assert dialog.text.accessibleDescription() == "se quitó «tiene como meta»; se agregó «alcanza a»"
        qtbot.keyClick(dialog.list.view, Key.Key_Space)
        assert [row.mark for row in dialog.list.rows()] == ["☐ No", "☑ Se trae"]
        qtbot.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    seen.will(ReturnDialog, leave_one)
    seen.order(seen.page.exchange.bring_action)
    texts = [block.text for block in seen.page.record.act.blocks]
    assert any("conforme a Ley" in text for text in texts)
    assert not any("alcanza a" in text for text in texts)


def test_a_changed_datum_cannot_be_marked(case, window, word_file, qtbot) -> None:
    act_id = case.draft()
    word_file.write_bytes(service.draft_docx(case.db, act_id))
    edited(word_file, ("S/\u00a0312\u00a0656.00", "S/ 999.00"))
    seen = window()
    seen.open(act_id)
    Window.file = str(word_file)

    def look(dialog: ReturnDialog) -> None:
        assert {row.mark for row in dialog.list.rows()} == {"No se puede"}
        assert {row.what for row in dialog.list.rows()} == {"Cambió un dato"}
        assert "S/ 999.00" in dialog.told.text()
        assert not dialog.primary_button.isEnabled()
        qtbot.keyClick(dialog.list.view, Key.Key_Space)
        assert not dialog.taken

    seen.will(ReturnDialog, look)
    seen.order(seen.page.exchange.bring_action)
    assert seen.page.record.act.version == 1


def test_a_file_that_is_no_word_says_so(case, window, tmp_path) -> None:
    act_id = case.draft()
    seen = window()
    seen.open(act_id)
    for name, data, part in (
        ("falso.docx", b"hola", "no es un documento de Word"),
        ("viejo.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "contraseña"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        Window.file = str(path)
        seen.order(seen.page.exchange.bring_action)
        (sentence,) = seen.sentences()
        assert part in sentence
    Window.file = str(tmp_path / "no-está.docx")
    seen.order(seen.page.exchange.bring_action)
    assert "No se pudo leer" in seen.sentences()[0]


def test_word_waits_until_the_draft_is_saved(case, window) -> None:
    seen = window()
    record = seen.open(case.draft())
    record.text.panel.editor.insertPlainText("x")
    seen.settle()
    assert not seen.page.exchange.export_action.isEnabled()
    assert not seen.page.exchange.bring_action.isEnabled()


# --- versions ---


def test_what_changed_between_two_versions(case, archive, window) -> None:
    act_id = case.draft()
    paper_id = service.freeze_resolucion(
        **case.desk, archive=archive, resolucion_id=act_id, expected_version=1
    )
    paper = papers.load_paper(case.db, paper_id)
    service.annul_freeze(
        **case.desk, resolucion_id=act_id, expected_version=paper.version, reason="Se corrige"
    )
    act = service.load_resolucion(case.db, act_id)
    blocks = tuple(
        replace(one, text=one.text.replace("a los interesados", "a las unidades")) for one in act.blocks
    )
    service.save_resolucion(**case.desk, resolucion=replace(act, blocks=blocks), expected_version=act.version)
    seen = window()
    seen.open(act_id)

    def look(dialog: CompareDialog) -> None:
        assert [row.name for row in dialog.list.rows()] == ["ARTÍCULO TERCERO"]
        assert "se agregó «las unidades»" in dialog.text.accessibleDescription()
        dialog.newer.setCurrentIndex(0)
        assert dialog.list.rows() == []
        assert dialog.list.empty_label.text() == "Las dos versiones dicen lo mismo."

    seen.will(CompareDialog, look)
    seen.order(seen.page.compare_action)
    assert seen.said


def test_the_first_version_has_nothing_to_compare_with(case, window) -> None:
    seen = window()
    seen.open(case.draft())
    assert not seen.page.compare_action.isEnabled()


# --- models ---


def test_models_are_brought_edited_and_read_in_their_versions(case, window, qtbot) -> None:
    seen = window()

    def edit(dialog: ModelDialog) -> None:
        texts = [button.text() for button in dialog.findChildren(QAbstractButton) if button.isVisible()]
        letters = [letter for text in texts for letter in letters_of([text])]
        assert len(letters) == len(set(letters))
        dialog.tabs.setCurrentIndex(1)
        dialog.style_form.fields["own_style"].set_value("Art. {n}°:")
        dialog.preview()
        seen.settle()
        preview = next(
            w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog) and w.isVisible()
        )
        preview.close()
        dialog.try_submit()

    def read(dialog: ModelDialog) -> None:
        assert not dialog.style_form.isEnabled()
        assert dialog.style_form.value("style") == "Artículo {Ordinal}.-"

    def manage(dialog: ModelsDialog) -> None:
        dialog.list.empty_button.click()
        seen.settle()
        assert len(dialog.list.rows()) == 4
        seen.will(ModelDialog, edit)
        qtbot.keyClick(dialog.list.view, Key.Key_F2)
        seen.settle()
        line = dialog.list.selected()
        assert (line.number, line.style) == (2, "Art. {n}°:")
        seen.will(VersionDialog, lambda chooser: (chooser.list.select(1), chooser.try_submit()))
        seen.will(ModelDialog, read)
        dialog.versions()
        seen.settle()
        seen.will(TaskDialog)
        dialog.retire()
        seen.settle()
        assert [one.retired for one in dialog.list.rows()].count(True) == 1
        (toast,) = [one for one in dialog.findChildren(Toast) if not one.isHidden()]
        qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
        seen.settle()
        assert not any(one.retired for one in dialog.list.rows())

    seen.will(ModelsDialog, manage)
    seen.order(seen.page.exchange.models_action)
    assert seen.plans == []


def test_a_wrong_field_of_a_model_is_shown_in_its_tab(case, window) -> None:
    service.bring_models(**case.desk)
    seen = window()

    def edit(dialog: ModelDialog) -> None:
        dialog.round_form.fields["series_title"].set_value("")
        dialog.try_submit()
        assert dialog.tabs.currentIndex() == 2
        dialog.round_form.fields["series_title"].set_value("Serie")
        dialog.round_form.fields["mask"].set_value("sin nada")
        dialog.try_submit()
        seen.settle()
        assert "no se distinguen el número y el año" in dialog.banner.label.text()

    def manage(dialog: ModelsDialog) -> None:
        seen.will(ModelDialog, edit)
        dialog.edit()
        seen.settle()

    seen.will(ModelsDialog, manage)
    seen.order(seen.page.exchange.models_action)


def test_a_new_act_takes_the_model_and_its_series(case, window) -> None:
    service.bring_models(**case.desk)
    model = next(one for one in service.list_models(case.db) if one.name.startswith("Acuerdo"))
    seen = window()

    def choose(dialog: NewDialog) -> None:
        dialog.form.fields["model_id"].set_value(model.id)
        assert dialog.form.fields["series_id"].editor.currentText().startswith("Nueva: Acuerdo de Concejo")
        dialog.try_submit()

    seen.will(NewDialog, choose)
    assert seen.page.new_record()
    seen.settle()
    act = seen.page.record.act
    assert act.headings.act_name == "ACUERDO DE CONCEJO"
    assert act.model_version_id is not None
    series = next(one for one in papers.list_series(case.db) if one.id == act.series_id)
    assert series.title == "Acuerdo de Concejo"


def test_an_act_is_kept_as_a_model(case, window) -> None:
    seen = window()
    seen.open(case.draft())

    def name(dialog: ModelDialog) -> None:
        dialog.style_form.fields["name"].set_value("Como esta")
        dialog.try_submit()

    seen.will(ModelDialog, name)
    seen.order(seen.page.exchange.as_model_action)
    assert [line.name for line in service.list_models(case.db)] == ["Como esta"]
