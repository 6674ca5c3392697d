"""Saving a draft of the POI from its grid: one commit, nothing typed lost, and what to do when somebody was first."""

import uuid
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.view.programme_loading import (
    LoadedProgramme,
    ProgrammeChanges,
    load_programme,
    save_changes,
)
from sisfoh_desktop.modules.poi.view.programme_rows import activity_of, rebased
from sisfoh_desktop.qtkit.messages import ask, show_error, show_notice

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab

_NAMED = 4  # cells named in a conflict


class ProgrammeSaving:
    """The saving of a ProgrammeTab. While it lasts, and until what was saved is read again, the grid waits."""

    def __init__(self, tab: "ProgrammeTab") -> None:
        self._tab = tab
        self._under_way = False
        self._saved = False
        self._attempt: tuple[ProgrammeChanges, str] | None = None

    @property
    def busy(self) -> bool:
        return self._under_way or self._saved

    @property
    def reason(self) -> str:
        """Why nothing may be written now; "" if it may."""
        return "Se está guardando: espere un momento." if self.busy else ""

    def save(self) -> None:
        """Save what changed, if anything did and it may be saved."""
        tab, model = self._tab, self._tab.grid.model
        version = tab.version
        if self.busy or version is None or not tab.grid.commit():
            return
        if model.read_only:
            tab.grid.tell(model.read_only, "danger")
            return
        if not model.has_changes():
            tab.grid.tell("No hay cambios que guardar.")
            return
        changed = model.changed_rows()
        changes = ProgrammeChanges(
            version.id,
            tuple(activity_of(row) for row in changed if not row.is_new),
            tuple(activity_of(row) for row in changed if row.is_new),
            tuple(row.fact.id for row in model.removed_rows()),
        )
        # The same changes tried again (after a line that failed) are the same order: they are stored once.
        if self._attempt is None or self._attempt[0] != changes:
            self._attempt = (changes, str(uuid.uuid4()))
        self._under_way = True
        tab.lock()
        tab.desk.tasks.run_change(
            partial(
                save_changes, tab.desk.db, tab.desk.actor, tab.desk.clock.now(), changes, self._attempt[1]
            ),
            touches={"poi"},
            on_done=lambda _none: self._on_saved(changes),
            on_error=self._on_refused,
            owner=tab,
        )

    def end(self) -> None:
        """What was saved has been read again."""
        self._saved = False

    # -- inside ----------------------------------------------------------------------------------------

    def _on_saved(self, changes: ProgrammeChanges) -> None:
        self._under_way, self._saved, self._attempt = False, True, None
        tab = self._tab
        tab.grid.model.mark_saved()
        tab.draft.keep()
        total = len(changes.changed) + len(changes.added) + len(changes.removed)
        tab.grid.tell(f"Se guardó la programación: {counted(total, 'actividad', 'actividades')}.", "ok")
        tab.refresh()
        tab.reload()

    def _on_refused(self, error: SisfohError) -> None:
        tab = self._tab
        self._under_way = False
        tab.lock()
        tab.refresh()
        if not isinstance(error, StaleRow):
            tab.grid.tell(error.sentence, "danger")
            show_error(tab, error.sentence, "No se guardó la programación")
            return
        self._attempt = None
        if ask(
            tab,
            "Otra persona guardó primero",
            "Lo suyo no se guardó, pero sigue en la pantalla. Traiga lo que guardó la otra persona: lo que usted "
            "escribió queda encima, sin guardar; revíselo y guarde otra vez.",
            "Traer sus cambios",
        ):
            version_id = tab.version.id if tab.version is not None else 0
            plan_id = tab.plan.id if tab.plan is not None else 0
            tab.desk.tasks.run_query(
                partial(load_programme, tab.desk.db, plan_id, version_id), self._lay_over, owner=tab
            )

    def _lay_over(self, loaded: LoadedProgramme) -> None:
        tab, model = self._tab, self._tab.grid.model
        if loaded.version is None or tab.version is None or loaded.version.id != tab.version.id:
            tab.reload()
            return
        both = rebased(model.rows(), model.removed_rows(), loaded.activities, model.columns)
        tab.take_rows(loaded, both.rows, both.removed)
        if both.clashes:
            named = "; ".join(both.clashes[:_NAMED])
            more = len(both.clashes) - _NAMED
            show_notice(
                tab,
                "Los dos cambiaron lo mismo",
                f"Quedó lo que usted escribió en: {named}{f' y {more} más' if more > 0 else ''}. Revíselo antes de "
                "guardar; con «Descartar los cambios» queda lo de la otra persona.",
            )
        else:
            tab.grid.tell("Se trajeron los cambios de la otra persona; lo suyo sigue sin guardar.", "warn")
