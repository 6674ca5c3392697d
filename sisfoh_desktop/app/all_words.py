"""Hands the words of every module's history to the trail of the whole office; imported for that alone."""

from sisfoh_desktop.basics.history_words import PartWords, set_parts
from sisfoh_desktop.modules.expedientes.rules import history as expedientes
from sisfoh_desktop.modules.handover.rules import history as handover
from sisfoh_desktop.modules.kardex.rules import history as kardex
from sisfoh_desktop.modules.office.rules import history as office
from sisfoh_desktop.modules.papers.rules import history as papers
from sisfoh_desktop.modules.people.rules import history as people
from sisfoh_desktop.modules.plans.rules import history as plans
from sisfoh_desktop.modules.poi.rules import history as poi
from sisfoh_desktop.modules.resoluciones.rules import history as resoluciones
from sisfoh_desktop.modules.responsibilities.rules import history as responsibilities
from sisfoh_desktop.modules.safekeeping.rules import history as safekeeping

PARTS = (
    PartWords("expedientes", "Expedientes", expedientes.HISTORY_WORDS),
    PartWords("plans", "Planes", plans.HISTORY_WORDS),
    PartWords("responsibilities", "Matriz", responsibilities.HISTORY_WORDS),
    PartWords("resoluciones", "Resoluciones", resoluciones.HISTORY_WORDS),
    PartWords("kardex", "Kardex", kardex.HISTORY_WORDS),
    PartWords("poi", "POI", poi.HISTORY_WORDS),
    PartWords("papers", "Papeles", papers.HISTORY_WORDS),
    PartWords("office", "Oficina", office.HISTORY_WORDS),
    PartWords("people", "Personas", people.HISTORY_WORDS),
    PartWords("safekeeping", "Resguardo", safekeeping.HISTORY_WORDS),
    PartWords("handover", "Entrega de cargo", handover.HISTORY_WORDS),
)
"""In the order of the pages."""

set_parts(PARTS)
