"""Imports every mapped class, so that the metadata is whole (migrations are compared with it)."""

import sisfoh_desktop.db.audit
import sisfoh_desktop.db.presence
import sisfoh_desktop.db.seals
import sisfoh_desktop.db.tokens
import sisfoh_desktop.modules.expedientes.tables
import sisfoh_desktop.modules.handover.tables
import sisfoh_desktop.modules.kardex.tables
import sisfoh_desktop.modules.office.tables
import sisfoh_desktop.modules.papers.tables
import sisfoh_desktop.modules.people.tables
import sisfoh_desktop.modules.plans.tables
import sisfoh_desktop.modules.poi.tables
import sisfoh_desktop.modules.resoluciones.tables
import sisfoh_desktop.modules.responsibilities.tables
import sisfoh_desktop.modules.safekeeping.tables  # noqa: F401
from sisfoh_desktop import modules
from sisfoh_desktop.basics.late_names import import_all

for _folder in (
    modules.expedientes.tables,
    modules.handover.tables,
    modules.kardex.tables,
    modules.office.tables,
    modules.papers.tables,
    modules.people.tables,
    modules.plans.tables,
    modules.poi.tables,
    modules.resoluciones.tables,
    modules.responsibilities.tables,
):
    import_all(_folder)
