"""The tab "Revisión de accesos": the reviews made, what each decided, and when the next one falls due."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.people.rules.facts import AccessReview
from sisfoh_desktop.modules.people.service import history, reviews
from sisfoh_desktop.modules.people.view.people_tab import PeopleTab, show_pdf
from sisfoh_desktop.modules.people.view.review_dialog import Asked, ReviewDialog, load_asked
from sisfoh_desktop.modules.people.view.review_rows import line_columns, review_columns
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.row_table import RowTable

_NONE = "Todavía no se revisaron los accesos: la norma pide hacerlo al menos cada seis meses."
_NO_USERS = "Esta base no tiene usuarios: no hay accesos que revisar."


@dataclass(frozen=True)
class _Loaded:
    """The reviews, the newest first, and by when the next one falls due (None without users)."""

    reviews: list[AccessReview] = field(default_factory=list)
    due: date | None = None
    anybody: bool = False


def _load(db: Any) -> _Loaded:
    return _Loaded(reviews.list_reviews(db), reviews.due_on(db), bool(reviews.draft_lines(db)))


class ReviewsTab(PeopleTab):
    """Above the reviews, below the lines of the chosen one."""

    key = "reviews"
    title = "Revisión de accesos"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: _Loaded | None = None
        self._wanted = 0
        self.new_action = self.action("&Nueva revisión…", self.new_record, "plus")
        self.show_action = self.action("&Ver la constancia", self._on_show, "eye", reading=True)
        self.sign_action = self.action("&Firmarla en Papeles", self._on_sign, "pen-line", reading=True)
        self.history_action = self.action("&Historial", self._on_history, reading=True)
        self.due = QLabel()
        self.due.setTextFormat(Qt.TextFormat.PlainText)
        self.reviews = RowTable(
            review_columns(),
            name="Revisiones de accesos",
            noun=("revisión", "revisiones"),
            empty_text=_NONE,
        )
        self.reviews.menu_actions = [self.show_action, self.sign_action, self.history_action]
        self.reviews.activated.connect(lambda _review: self._on_show())
        self.reviews.selection_changed.connect(lambda _review: self._show_lines())
        self.heading = QLabel("Qué se decidió")
        self.heading.setProperty("role", "section")
        self.lines = RowTable(
            line_columns(),
            key=lambda line: line.user_id,
            name="Decisiones de la revisión elegida",
            noun=("usuario", "usuarios"),
            empty_text="Elija una revisión.",
            filterable=False,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.due)
        layout.addWidget(self.reviews, 2)
        layout.addWidget(self.heading)
        layout.addWidget(self.lines, 3)
        self.setFocusProxy(self.reviews)
        self._show_lines()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk.db), self._on_loaded, owner=self)

    def table(self) -> RowTable:
        return self.reviews

    def show_part(self, part: Any) -> None:
        """A review by its id."""
        if isinstance(part, int):
            self._wanted = 0 if self.reviews.select(part) else part

    def new_record(self) -> bool:
        if not self.new_action.isVisible():
            return False
        if self.new_action.isEnabled():
            today = self.today()
            self.desk.tasks.run_query(partial(load_asked, self.desk.db, today), self._ask, owner=self)
        return True

    def preview(self) -> bool:
        if self.reviews.selected() is None:
            return False
        self._on_show()
        return True

    def next_step(self) -> NextStep | None:
        loaded = self._loaded
        if loaded is None or loaded.due is None or not self.may_manage or self.today() < loaded.due:
            return None
        return NextStep(
            "Revise los accesos",
            f"La revisión semestral venció el {format_date(loaded.due)}: decida sobre cada usuario y firme la "
            "constancia.",
            "Nueva revisión",
            run=self.new_record,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _ask(self, asked: Asked) -> None:
        ReviewDialog(self.desk, asked, self._on_recorded, self).open()

    def _on_recorded(self, review_id: int) -> None:
        self._wanted = review_id
        Toast.show_over(self, "Se registró la revisión de accesos.")

    def _on_show(self) -> None:
        review: AccessReview | None = self.reviews.selected()
        if review is None:
            return
        name = review.number_text or "revisión de accesos"
        self.desk.tasks.run_query(
            partial(reviews.review_pdf, self.desk.db, self.desk.archive, review.id),
            lambda pdf: show_pdf(
                self, self.desk, pdf, f"Revisión de accesos {review.number_text}".strip(), f"{name}.pdf"
            ),
            owner=self,
        )

    def _on_sign(self) -> None:
        review: AccessReview | None = self.reviews.selected()
        if review is not None and review.paper_id is not None:
            self.open_record.emit("papers", review.paper_id)

    def _on_history(self) -> None:
        review: AccessReview | None = self.reviews.selected()
        if review is not None:
            load = partial(history.history, self.desk.db, f"access_review:{review.id}")
            HistoryDialog.show_for(self, self.desk.tasks, "Revisión de accesos", load)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self.new_action.setEnabled(loaded.anybody)
        if loaded.anybody:
            self.reviews.set_empty_state(
                _NONE,
                "Nueva revisión…" if self.may_manage else "",
                self.new_record if self.may_manage else None,
            )
        else:
            self.reviews.set_empty_state(
                _NO_USERS,
                "Ir a Usuarios" if self.may_manage else "",
                lambda: self.open_tab.emit("users", None),
            )
        self.reviews.set_rows(loaded.reviews)
        if self._wanted and self.reviews.select(self._wanted):
            self._wanted = 0
        if loaded.reviews and self.reviews.selected() is None:
            self.reviews.view.select_row(0)
        late = loaded.due is not None and loaded.due <= self.today()
        words = "▲ La revisión semestral venció" if late else "La próxima revisión vence"
        self.due.setText("" if loaded.due is None else f"{words} el {format_date(loaded.due)}.")
        self.due.setVisible(loaded.due is not None)
        self.due.setProperty("tone", "warn" if late else "dim")
        self.due.style().unpolish(self.due)
        self.due.style().polish(self.due)
        self._show_lines()
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _show_lines(self) -> None:
        review: AccessReview | None = self.reviews.selected()
        self.lines.set_rows(review.lines if review is not None else ())
        self.heading.setVisible(review is not None)
        self.lines.setVisible(review is not None)
        self.show_action.setEnabled(review is not None)
        self.sign_action.setEnabled(review is not None and review.paper_id is not None)
        self.history_action.setEnabled(review is not None)
