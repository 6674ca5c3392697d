"""A form that the base or the disk refused stays open as typed and offers to try again; a rule's refusal does not."""

import pytest

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed, RuleError, StaleRow
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.dialogs import FormDialog


class SavingDialog(FormDialog):
    """Refuses as often as there are errors, in its form or on top."""

    def __init__(self, errors, on_top):
        super().__init__("Guardar")
        self.form.text("title", "Título")
        self.errors, self.on_top = list(errors), on_top

    def submit(self):
        if not self.errors:
            return super().submit()
        error = self.errors.pop(0)
        if self.on_top:
            self.refuse(error)
        else:
            self.form.show_refusal(error)
        return False

    def retry(self):
        return self.banner.retry_button if self.on_top else getattr(self.form.summary, "retry_button", None)


@pytest.fixture
def opened(qtbot, monkeypatch):
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)

    def show(*errors, on_top):
        dialog = SavingDialog(errors, on_top)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.form.fields["title"].editor.setText("Lo escrito")
        dialog.try_submit()
        return dialog

    return show


@pytest.mark.parametrize("on_top", [True, False])
@pytest.mark.parametrize("error", [DatabaseUnavailable("Se fue."), FileFailed("Disco lleno.")])
def test_what_the_place_refused_is_tried_again_as_typed(opened, on_top, error):
    dialog = opened(error, error, on_top=on_top)
    assert dialog.isVisible()
    assert dialog.retry().isVisible()
    dialog.retry().click()
    assert dialog.isVisible()
    assert dialog.form.fields["title"].value() == "Lo escrito"
    dialog.retry().click()
    assert not dialog.isVisible()
    assert dialog.values == {"title": "Lo escrito"}


@pytest.mark.parametrize("on_top", [True, False])
@pytest.mark.parametrize("error", [RuleError("x", "No."), StaleRow("Otra persona.")])
def test_a_rule_s_refusal_offers_no_second_try(opened, on_top, error):
    dialog = opened(error, on_top=on_top)
    button = dialog.retry()
    assert button is None or not button.isVisible()
