"""The frame of every dialog: a title that names the task, a body that scrolls, verbs at the foot, one primary.

Enter does the primary, Ctrl+S, Ctrl+G and Ctrl+Enter as well; in a form Enter goes to the next field first, and does
the primary from the last one. An Enter that is held does it once. Esc leaves. What is asked stands in the body.
"""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.errors import SisfohError, may_try_again
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.mnemonics import bare_text, letters_of, with_mnemonic
from sisfoh_desktop.qtkit.plain_text import keep_labels_plain
from sisfoh_desktop.qtkit.screen_room import largest
from sisfoh_desktop.qtkit.scroll_room import FollowingScroll
from sisfoh_desktop.qtkit.tab_order import move_cursor
from sisfoh_desktop.qtkit.theme import theme

WIDEST = 560
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Banner(QFrame):
    """A bar with one sentence of refusal above the body, and perhaps a way to try again; hidden while there is none."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.label, 1)
        self.retry_button = QPushButton("Reintentar")
        self.retry_button.setAutoDefault(False)
        self.retry_button.clicked.connect(lambda: self.retry_asked.emit())
        self.retry_button.hide()
        layout.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_sentence(self, sentence: str, *, retry: bool = False) -> None:
        """Show a sentence, or hide the bar ("")."""
        self.label.setText(sentence)
        self.retry_button.setVisible(retry and bool(sentence))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class _Primary(QPushButton):
    """A held Enter does not press it again: what follows may be another step, or something that cannot be undone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in _ENTER:
            event.accept()
            return
        super().keyPressEvent(event)


class TaskDialog(QDialog):
    """A dialog with a body of any widget and its buttons.

    Subclasses put their widget with `set_body` and override `submit`, which answers whether the dialog may
    close as accepted. `primary` is a verb ("Guardar"); `danger` colours it as what destroys.
    """

    usual_width = 480  # px at 100 %; a wider body is followed up to WIDEST

    def __init__(
        self,
        title: str,
        *,
        primary: str,
        parent: QWidget | None = None,
        cancel: str = "Cancelar",
        danger: bool = False,
        wide: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(bare_text(title))
        self.setModal(True)
        self._wide = wide
        self._drafts_kept = False
        self._fits_itself = False
        self._notices: list[QWidget] = []
        self.banner = Banner()
        self.banner.retry_asked.connect(self.try_submit)
        self._scroll = FollowingScroll()
        taken: set[str] = set()
        self.primary_button = _Primary(with_mnemonic(primary, taken))
        self.primary_button.setProperty("role", "danger" if danger else "primary")
        self.primary_button.setDefault(True)
        self.primary_button.clicked.connect(self.try_submit)
        self.cancel_button = QPushButton(with_mnemonic(cancel, taken))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        self._foot.addWidget(self.primary_button)
        self._foot.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self.banner)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(self._foot)
        for keys in ("Ctrl+S", "Ctrl+G", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._on_save_keys)
        QShortcut(QKeySequence("Ctrl+E"), self, self._select_all)
        QShortcut(QKeySequence("F1"), self, self._on_help_asked)

    def set_body(self, body: QWidget) -> None:
        """Put the content of the dialog."""
        for form in self._forms_in(body):
            form.retry_asked.connect(self.try_submit)
        body.setProperty("ground", "surface")
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._scroll.setWidget(body)

    def add_notice(self, notice: QWidget) -> None:
        """Put something to know above the body; hidden while there is nothing to say."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, notice)
        self._notices.append(notice)
        before: QWidget = self.cancel_button  # the last: after it the round begins again, at the top
        for button in notice.findChildren(QAbstractButton):
            if button.focusPolicy() != Qt.FocusPolicy.NoFocus:
                QWidget.setTabOrder(before, button)
                before = button

    def forms(self) -> list[Form]:
        """The forms of the body, in the order in which they were made."""
        body = self._scroll.widget()
        return self._forms_in(body) if body is not None else []

    @staticmethod
    def _forms_in(body: QWidget) -> list[Form]:
        return [body] if isinstance(body, Form) else body.findChildren(Form)

    def add_button(self, text: str, run: Callable[[], object], *, left: bool = True) -> QPushButton:
        """A further button at the foot, at the left end by default."""
        labels = (label.text() for label in self.findChildren(QLabel) if label.buddy() is not None)
        buttons = (button.text() for button in self.findChildren(QAbstractButton))
        taken = letters_of((*labels, *buttons))
        button = QPushButton(with_mnemonic(text, taken))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: run())
        self._foot.insertWidget(0 if left else 1, button)
        return button

    @property
    def button_letters(self) -> list[str]:
        """Letters that the foot takes, for the forms inside (`Form(taken_letters=...)`)."""
        return sorted(letters_of((self.primary_button.text(), self.cancel_button.text())))

    def _on_help_asked(self) -> None:
        from sisfoh_desktop.qtkit.help_dialog import show_help_of

        show_help_of(self)

    def draft_key(self) -> str:
        """Under which name what is typed here outlives a crash; "" where it need not."""
        return ""

    def submit(self) -> bool:
        """Take what was entered; False keeps the dialog open (it has said why)."""
        return True

    def has_unsaved(self) -> bool:
        """Whether leaving would lose typed text."""
        return False

    def try_submit(self) -> None:
        """What the primary button does."""
        self.banner.show_sentence("")
        if self.submit():
            self.accept()

    def refuse(self, error: SisfohError) -> None:
        """Show a refusal on top and stay open, with what was typed; what may be tried again offers it."""
        self.banner.show_sentence(error.sentence, retry=may_try_again(error))
        self.set_busy(False)
        self.fit()

    def set_busy(self, busy: bool) -> None:
        """While the worker saves: the buttons and the body wait."""
        self._scroll.setDisabled(busy)
        self.primary_button.setDisabled(busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def reject(self) -> None:
        if self.has_unsaved():
            from sisfoh_desktop.qtkit.messages import ask

            if not ask(
                self,
                "Hay cambios sin guardar",
                "Si sale ahora se pierde lo escrito.",
                "Salir sin guardar",
                danger=True,
            ):
                return
        super().reject()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_cursor(self, forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in _ENTER and plain
        if enter and (event.isAutoRepeat() or self._went_on()):
            event.accept()
            return
        super().keyPressEvent(event)

    def _went_on(self) -> bool:
        """From a field of a form to the next that can be filled in; False from the last one, and from elsewhere."""
        at = self.focusWidget()
        fields = [field for form in self.forms() for field in form.fields.values()]
        here = [
            number
            for number, field in enumerate(fields)
            if at is not None and (field.editor is at or field.editor.isAncestorOf(at))
        ]
        for field in fields[here[0] + 1 :] if here else ():
            editor = field.editor
            fixed = isinstance(editor, QLineEdit) and editor.isReadOnly()
            if editor.isVisible() and editor.isEnabled() and not fixed:
                editor.setFocus(Qt.FocusReason.TabFocusReason)
                self._scroll.ensureWidgetVisible(field)
                return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        if self.isVisible():
            event.ignore()

    def _select_all(self) -> None:
        """Ctrl+E, as in the Spanish Office: everything in the field or list that has the cursor."""
        select_all = getattr(self.focusWidget(), "selectAll", None)
        if callable(select_all):
            select_all()

    def _on_save_keys(self) -> None:
        if self.primary_button.isEnabled():
            self.try_submit()

    def fit(self) -> None:
        """Take the size that the body asks for (Qt itself would stop at two thirds of the screen)."""
        self.resize(self.sizeHint().boundedTo(largest(self)))

    def setVisible(self, visible: bool) -> None:
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.fit()
            self._fits_itself = True
        if visible and not self._drafts_kept and self.draft_key():
            from sisfoh_desktop.qtkit.draft_keeper import DraftKeeper

            self._drafts_kept = True
            DraftKeeper(self, self.draft_key())
        super().setVisible(visible)

    def sizeHint(self) -> QSize:
        body = self._scroll.widget()
        inner = body.sizeHint().expandedTo(body.minimumSize()) if body is not None else QSize(0, 0)
        bar = self._scroll.verticalScrollBar().sizeHint().width()  # beside the body where the screen is low
        width = max(theme().px(self.usual_width), inner.width() + 32 + max(16, bar))
        if not self._wide:
            width = min(width, theme().px(WIDEST))
        width = min(width, largest(self).width())
        room = width - 48
        height = inner.height()
        if body is not None and body.hasHeightForWidth():
            height = body.heightForWidth(room)
        for notice in (self.banner, *self._notices):
            if not notice.isHidden():
                notice.ensurePolished()
                tall = notice.heightForWidth(width - 32) if notice.hasHeightForWidth() else 0
                height += max(tall, notice.minimumSizeHint().height()) + 16
        height += self._foot.sizeHint().height() + 52
        return QSize(width, height).boundedTo(largest(self))

    def showEvent(self, event: QShowEvent) -> None:
        keep_labels_plain(self)
        super().showEvent(event)
        if self._fits_itself:  # what its parts show only now has its room as well
            self.resize(self.size().expandedTo(self.sizeHint()).boundedTo(largest(self)))


class FormDialog(TaskDialog):
    """A dialog around one form: `self.form` is built by the caller, `taken` gets its values.

    `on_submit(values)` runs on the GUI thread with the checked values and answers whether to close at once;
    a caller that saves on the worker returns False, calls `set_busy(True)` and accepts when it is done.
    """

    def __init__(
        self,
        title: str,
        *,
        primary: str = "Guardar",
        columns: int = 1,
        on_submit: Callable[[dict[str, object]], bool] | None = None,
        parent: QWidget | None = None,
        clock: object = None,
    ) -> None:
        super().__init__(title, primary=primary, parent=parent)
        if columns > 1:
            self.usual_width = WIDEST
        self.form = Form(columns=columns, taken_letters=self.button_letters, clock=clock)  # type: ignore[arg-type]
        self.form.setContentsMargins(2, 2, 2, 2)
        self.set_body(self.form)
        self._on_submit = on_submit
        self.values: dict[str, object] | None = None

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            wish = self.size().expandedTo(self.sizeHint())
            self.resize(wish.boundedTo(largest(self)))  # room for what the form says now
            return False
        self.values = cast("dict[str, object]", values)
        return self._on_submit(self.values) if self._on_submit is not None else True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(iter(self.form.fields.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        return self.form.is_modified() and self.values is None

    def ask_values(self) -> dict[str, object] | None:
        """Show the dialog; the checked values, or None if the person left."""
        return self.values if self.exec() == QDialog.DialogCode.Accepted else None
