"""The line at the foot of the window: who, which office, which base, which mode, terms, and work under way."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.plain_text import plain_tip

_SHOW_WORK_AFTER_MS = 300
_SINGLE = (
    "La base no tiene usuarios: quien abre el programa en este equipo puede hacerlo todo, sin contraseña. "
    "En Personas se crean los usuarios."
)


class StatusLine(QStatusBar):
    """Fields from left to right: user, office, base, mode, terms. A thin bar moves while the worker is busy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Estado")
        self.user, self.base = ElidedLabel(), ElidedLabel()  # long ones never make the window wider
        self.office, self.mode, self.terms = QLabel(), QLabel(), QLabel()
        self.link = QLabel()
        self.link.setTextFormat(Qt.TextFormat.PlainText)
        self.link.hide()
        for label in (self.user, self.office, self.base, self.mode):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.addWidget(label)
        self._work = QLabel("Trabajando…")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(96)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Trabajando")
        for widget in (self.link, self._work, self._progress, self.terms):
            self.addPermanentWidget(widget)
        self.terms.setTextFormat(Qt.TextFormat.PlainText)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_WORK_AFTER_MS)
        self._late.timeout.connect(lambda: self._show_work(True))
        self._show_work(False)

    def show_desk(
        self,
        *,
        user: str,
        office: str,
        base: str,
        local: bool,
        practice: bool,
        role: str = "",
        single: bool = False,
    ) -> None:
        """Tell who works where and on what; `single` is the one user of this PC, where the base has none."""
        name = user or "sin nombre"
        self.user.setText(f"Usuario único de este equipo: {name}" if single else f"Usuario: {name}")
        if role:
            self.user.setText(f"{self.user.text()} ({role})")
        if single:
            self.user.setToolTip(_SINGLE)
        self.office.setText(f"Oficina: {office or 'sin indicar'}")
        self.base.setText(f"Base: {base} ({'Local' if local else 'LAN'})")
        self.mode.setText("PRÁCTICA, SIN VALOR" if practice else "Modo: REAL")
        _set_tone(self.mode, "practice" if practice else "")

    def show_waiting(self, sentence: str) -> None:
        """Before a base is open."""
        self.user.setText(sentence)
        for label in (self.office, self.base, self.mode, self.terms):
            label.clear()

    def show_link(self, text: str, told: str = "", *, tone: str = "") -> None:
        """How it stands with the base and the colleagues who share it; "" while there is nothing to say."""
        self.link.setText(text)
        self.link.setToolTip(plain_tip(told))
        self.link.setAccessibleDescription(told)
        self.link.setVisible(bool(text))
        _set_tone(self.link, tone)

    def show_terms(self, overdue: int, soon: int) -> None:
        """How many terms are overdue and due soon."""
        if overdue:
            text, tone = f"■ {overdue} {'plazo vencido' if overdue == 1 else 'plazos vencidos'}", "danger"
            if soon:
                text += f" · {soon} por vencer"
        elif soon:
            text, tone = f"▲ {soon} {'plazo por vencer' if soon == 1 else 'plazos por vencer'}", "warn"
        else:
            text, tone = "Plazos al día", ""
        self.terms.setText(text)
        _set_tone(self.terms, tone)

    def set_busy(self, busy: bool) -> None:
        """Work started or ended; short work is not shown."""
        if busy:
            self._late.start()
        else:
            self._late.stop()
            self._show_work(False)

    def _show_work(self, shown: bool) -> None:
        self._work.setVisible(shown)
        self._progress.setVisible(shown)


def _set_tone(label: QLabel, tone: str) -> None:
    label.setProperty("tone", tone)
    label.style().unpolish(label)
    label.style().polish(label)
