"""The small «?» of a field of which a norm speaks, and the quiet box that opens from it (Mayús+F1 by keyboard).

What it says is in `basics.field_help`. Fields without a note have no «?».
"""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.field_help import notes_of
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.theme import theme

_WIDTH = 360  # px of the box at 100 %
_MARK = 14  # px of the «?»
_LINE = 40  # px; what is higher is no field of one line
_KEYS = "keys of the notes"
_NONE = "Ninguna norma del catálogo habla de este dato. F1 abre la ayuda de esta pantalla."


class NoteBox(QFrame):
    """What the norm says of one field. Esc, a click elsewhere or Mayús+F1 again close it; the cursor stays there."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(f"{field.title}: {text}")
        title = _label(field.title, "section")
        self.text = _label(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.text)
        self.ensurePolished()
        width = theme().px(_WIDTH)
        self.setFixedSize(QSize(width, layout.totalHeightForWidth(width)))

    def show_beside(self, anchor: QWidget, line: QWidget) -> None:
        """Under the anchor and the line of what is written, so that it stays readable; over the anchor where there is
        no room, always inside its screen."""
        foot = max(one.mapToGlobal(QPoint(0, one.height())).y() for one in (anchor, line))
        at = QPoint(anchor.mapToGlobal(QPoint(0, 0)).x(), foot + 4)
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        if at.y() + self.height() > room.bottom():
            at.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        at.setX(max(room.left() + 8, min(at.x(), room.right() - self.width() - 8)))
        at.setY(max(room.top() + 8, at.y()))
        self.move(at)
        self.show()


class _Mark(QToolButton):
    """The «?»; it takes no stop of Tab, for Mayús+F1 does the same from the field."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("role", "mark")
        self.setAccessibleName(f"Qué dice la norma de «{field.title}»")
        self.setToolTip("Qué dice la norma (Mayús+F1)")
        set_icon(self, "circle-help", "text_dim")
        side = theme().px(_MARK)
        self.setIconSize(QSize(side, side))
        # no higher than the words beside it, so that the form keeps its lines
        self.setFixedSize(QSize(side + 4, min(side + 4, field.label.sizeHint().height())))
        self.clicked.connect(lambda: show_note(field))


def explain_fields(form: Form) -> None:
    """Give each field of the form its note and its «?», by the windows and tabs that the form stands in."""
    if form.findChild(QShortcut, _KEYS) is None:
        keys = QShortcut(QKeySequence("Shift+F1"), form)
        keys.setObjectName(_KEYS)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(lambda: _show_focused(form))
    notes = notes_of(_holders(form))
    for name, text in notes.items():
        field = form.fields.get(name)
        if field is not None and field.note != text:
            if not field.note:
                field.put_mark(_Mark(field))
            field.set_note(text)


def show_note(field: Field) -> NoteBox:
    """Open the box of a field."""
    box = NoteBox(field, field.note or _NONE)
    anchor = field.mark if field.mark is not None else field.editor
    tall = field.editor.height() > theme().px(_LINE)  # under many lines the box would be far from its mark
    box.show_beside(anchor, anchor if tall else field.editor)
    return box


def _show_focused(form: Form) -> None:
    open_box = QApplication.activePopupWidget()
    if isinstance(open_box, NoteBox):
        open_box.close()
        return
    at = QApplication.focusWidget()
    for field in form.fields.values():
        if at is not None and (at is field.editor or field.isAncestorOf(at)):
            show_note(field)
            return


def _holders(form: Form) -> list[type]:
    """The classes of what the form stands in, the nearest first, up to its window."""
    kinds: list[type] = []
    at = form.parentWidget()
    while at is not None:
        kinds += [kind for kind in type(at).__mro__ if kind.__module__.startswith("sisfoh_desktop.")]
        if at.isWindow():
            break
        at = at.parentWidget()
    return kinds


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
