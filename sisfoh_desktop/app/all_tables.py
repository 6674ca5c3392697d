"""Imports every mapped class, so that the metadata is whole (migrations are compared with it)."""

import sisfoh_desktop.db.audit
import sisfoh_desktop.db.presence
import sisfoh_desktop.db.seals
import sisfoh_desktop.db.tokens
import sisfoh_desktop.modules.expedientes.tables
import sisfoh_desktop.modules.kardex.tables
import sisfoh_desktop.modules.office.tables
import sisfoh_desktop.modules.papers.tables
import sisfoh_desktop.modules.people.tables
import sisfoh_desktop.modules.plans.tables
import sisfoh_desktop.modules.poi.tables
import sisfoh_desktop.modules.resoluciones.tables
import sisfoh_desktop.modules.responsibilities.tables
import sisfoh_desktop.modules.safekeeping.tables  # noqa: F401
