"""What «Programación» says of a version: its name in the list, why it cannot be changed, what of it still can."""

from collections.abc import Sequence

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, Activity, PoiVersion
from sisfoh_desktop.modules.poi.rules.versions import on_view
from sisfoh_desktop.modules.poi.view.programme_rows import Programme


def version_words(version: PoiVersion, versions: Sequence[PoiVersion]) -> str:
    """`POI modificado 1 · borrador`, `· vigente` the last one approved, `· anterior` those before it."""
    if version.is_draft:
        return f"{version.name} · borrador"
    present = on_view(versions)
    return f"{version.name} · {'vigente' if present is not None and present.id == version.id else 'anterior'}"


def activity_words(activity: Activity) -> str:
    """The whole of what narrow columns cut: activity, unit of measure, unit."""
    return " · ".join(part for part in (activity.title, activity.measure, activity.unit_name) if part)


def why_read_only(version: PoiVersion | None) -> str:
    """The sentence that refuses an edit; "" for a draft."""
    if version is None:
        return "No hay una versión que cambiar."
    if version.is_draft:
        return ""
    return f"El {version.name} ya está aprobado y no se cambia: empiece una modificación en «Versiones»."


def notice_of(programme: Programme | None) -> str:
    """The line above the grid."""
    if programme is None:
        return ""
    version = programme.version
    if not version.is_draft:
        by = f" con {version.document}" if version.document else ""
        on = f" del {format_date(version.document_date)}" if version.document_date else ""
        return (
            f"Solo lectura: el {version.name} se aprobó{by}{on}. Para reprogramar, empiece una modificación en "
            "«Versiones»."
        )
    if programme.first_month > 12:
        return "Borrador sin resolución registrada. Los doce meses están cerrados: ya no se cambian."
    if programme.first_month > 1:
        closed = MONTH_NAMES[: programme.first_month - 1]
        told = closed[0] if len(closed) == 1 else f"{closed[0]} a {closed[-1]}"
        verb = "está cerrado y se conserva" if len(closed) == 1 else "están cerrados y se conservan"
        first = MONTH_NAMES[programme.first_month - 1]
        return f"Borrador sin resolución registrada: se escribe desde {first}; {told} {verb}."
    return "Borrador sin resolución registrada: se puede escribir en todas las celdas blancas."
