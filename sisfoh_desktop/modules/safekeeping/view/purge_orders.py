"""The order that purges a practice base: shown only there, asked by naming what goes."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.safekeeping.rules.backups import size_words
from sisfoh_desktop.modules.safekeeping.rules.purge import PurgePlan, purged_words
from sisfoh_desktop.modules.safekeeping.service import purge
from sisfoh_desktop.qtkit.messages import ask_destroy
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for

_STOPPING = "Deteniendo la purga: lo que falta se queda…"


class PurgeOrders(QObject):
    """One action; a real base does not offer it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self._over = desk, over
        self.purge_action = QAction("&Purgar la práctica…", over)
        self.purge_action.setToolTip(
            "Sobrescribir y borrar esta base de práctica con sus papeles y borradores"
        )
        self.purge_action.setVisible(desk.practice and desk.let_go is not None)
        self.purge_action.triggered.connect(lambda _checked=False: self.prepare())
        only_for(desk.actor, "base.manage", self.purge_action)
        self.actions = [self.purge_action]

    def prepare(self) -> None:
        """List what would go, and ask."""
        desk = self.desk
        desk.tasks.run_query(
            partial(purge.plan_purge, desk.db, desk.archive, actor=desk.actor, now=desk.clock.now()),
            self._ask,
            owner=self._over,
        )

    def _ask(self, plan: PurgePlan) -> None:
        let_go = self.desk.let_go
        if let_go is None or not ask_destroy(
            self._over,
            f"la base de práctica «{plan.base.name}»",
            f"Se sobrescriben y se borran {counted(plan.file_count, 'archivo', 'archivos')} "
            f"({size_words(plan.byte_count)}) de «{plan.base.parent}»: la base, sus papeles y los borradores. No hay "
            "vuelta atrás. Después se pide otra base.",
            "Purgar",
        ):
            return
        actor, now = self.desk.actor, self.desk.clock.now()

        def work(progress: Progress) -> str:
            return purged_words(purge.carry_out(plan, actor=actor, now=now, progress=progress))

        let_go("Purgar la práctica", work, noun="archivos", cancelling=_STOPPING)
