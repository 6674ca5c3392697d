"""The offer of what was recovered, under the hands of whoever opens the form again."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import Draft, DraftBox, DraftField
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.draft_keeper import DraftKeeper, DraftOffer, drafts, use_drafts


class TitleDialog(FormDialog):
    def __init__(self):
        super().__init__("Editar el plan")
        self.form.text("title", "Título")

    def draft_key(self):
        return "plan:1"


@pytest.fixture
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path)
    use_drafts(made, FixedClock(now))
    made.keep(Draft("plan:1", "Editar el plan", now, (DraftField("0.title", "Título", "", "Uno", "Uno"),)))
    yield made
    use_drafts(None)


@pytest.fixture
def offer(box, qtbot) -> Iterator[DraftOffer]:
    dialog = TitleDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    made = dialog.findChild(DraftKeeper).offer
    assert made is not None
    assert made.isVisible()
    yield made
    dialog.close()  # held until here


@pytest.mark.parametrize(("answer", "kept"), [(False, True), (True, False)])
def test_what_was_recovered_is_dropped_only_after_a_question(offer, box, monkeypatch, answer, kept):
    asked: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _over, title, *_more, **_how: asked.append(title) or answer)
    offer.drop_button.click()
    drafts.settle()
    assert asked == ["¿Descartar lo escrito sin guardar?"]
    assert (box.find("plan:1") is not None) is kept
    assert offer.isVisible() is kept


def test_the_offer_stands_before_the_form_for_the_tab_key_too(offer, qtbot):
    dialog = offer.window()
    assert QApplication.focusWidget() is dialog.form.fields["title"].editor, "the cursor is where one types"
    seen: list[str] = []
    for _step in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        at = QApplication.focusWidget()
        seen.append(at.text() if isinstance(at, QPushButton) else "")
    assert seen == ["Descartar…", "Ver diferencias", "Recuperar"]
