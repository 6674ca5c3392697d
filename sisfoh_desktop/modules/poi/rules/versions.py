"""The life of a plan's versions: which is on view, which may come next, when a draft may be approved, what differs."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text, counted
from sisfoh_desktop.modules.poi.rules.facts import (
    NO_MONTHS,
    Activity,
    Months,
    MonthState,
    PoiVersion,
    Stage,
)
from sisfoh_desktop.modules.poi.rules.programme import (
    FINDING_WORDS,
    FieldChange,
    changes_between,
    missing,
    programme_findings,
    short_name,
)

_ORDER = (Stage.APPROVED, Stage.ADJUSTED, Stage.CONSISTENT, Stage.MODIFIED)
_NAMED = 5  # activities named in a refusal
DECEMBER = 12


@dataclass(frozen=True)
class ActivityFindings:
    """What keeps an activity of a draft from being approved, as keys of `FINDING_WORDS`.

    `short` is what its months fall short of the goal (`rules.programme.missing`).
    """

    activity: Activity
    codes: tuple[str, ...]
    short: Decimal = Decimal(0)

    @property
    def words(self) -> str:
        """«no tiene meta anual; tiene un número negativo»."""
        return "; ".join(FINDING_WORDS[code] for code in self.codes)


@dataclass(frozen=True)
class ActivityChange:
    """An activity of two versions that is not programmed alike in both."""

    before: Activity
    after: Activity
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class VersionComparison:
    """What came, went and changed from one version to another; `unchanged` counts the rest."""

    first: PoiVersion
    second: PoiVersion
    added: tuple[Activity, ...]
    removed: tuple[Activity, ...]
    changed: tuple[ActivityChange, ...]
    unchanged: int


def on_view(versions: Sequence[PoiVersion]) -> PoiVersion | None:
    """What follow-up and reports go by: the last one approved, else the draft; `versions` in order of life."""
    approved = [one for one in versions if not one.is_draft]
    return approved[-1] if approved else (versions[-1] if versions else None)


def draft_of(versions: Sequence[PoiVersion]) -> PoiVersion | None:
    """The draft; a plan has one at most."""
    return next((one for one in versions if one.is_draft), None)


def first_free_month(months: Sequence[MonthState]) -> int:
    """The first month that a modification may change: after the last closed one; 13 when the year is over."""
    return max((one.month for one in months if one.closed), default=0) + 1


def why_no_draft(
    versions: Sequence[PoiVersion], months: Sequence[MonthState], stage: Stage
) -> RuleError | None:
    """Why no draft of that stage may be started now; None when it may."""
    draft = draft_of(versions)
    if draft is not None:
        return RuleError(
            "draft_exists",
            f"Ya hay un borrador, «{draft.name}»: apruébelo con su resolución o descártelo antes de empezar otra "
            "versión.",
        )
    first = first_free_month(months)
    if stage is Stage.MODIFIED:
        if not versions:
            return RuleError("nothing_to_modify", "Todavía no hay un POI que modificar.")
        if first > DECEMBER:
            return RuleError(
                "year_closed", "Los doce meses están cerrados: ya no queda qué reprogramar en este año."
            )
        return None
    if first > 1:
        return RuleError(
            "months_closed",
            f"Ya hay meses cerrados: en lugar de un POI {stage.value} registre una modificación, que los conserva.",
        )
    latest = max((_ORDER.index(one.stage) for one in versions), default=-1)
    if _ORDER.index(stage) <= latest:
        return RuleError(
            "stage_passed",
            f"El POI ya pasó por «{_ORDER[latest].value}»: después de esa versión no se registra otra como "
            f"«{stage.value}».",
        )
    return None


def possible_stages(versions: Sequence[PoiVersion], months: Sequence[MonthState]) -> tuple[Stage, ...]:
    """The stages that a new draft may have now, in the order of their life."""
    return tuple(stage for stage in _ORDER if why_no_draft(versions, months, stage) is None)


def new_draft(
    plan_id: int,
    versions: Sequence[PoiVersion],
    months: Sequence[MonthState],
    stage: Stage,
    *,
    document: str = "",
    document_date: date | None = None,
    note: str = "",
) -> PoiVersion:
    """The next draft, based on the version on view. RuleError as in `why_no_draft`, or of its texts."""
    refusal = why_no_draft(versions, months, stage)
    if refusal is not None:
        raise refusal
    base = on_view(versions)
    modified = stage is Stage.MODIFIED
    return PoiVersion(
        id=0,
        plan_id=plan_id,
        stage=stage,
        number=1 + max((one.number for one in versions), default=0) if modified else 0,
        first_month=first_free_month(months) if modified else 1,
        document=clean_name(document, what="la resolución", limit=200, required=False),
        document_date=document_date,
        note=clean_text(note, what="la observación", limit=2000),
        based_on_id=base.id if base is not None else None,
    )


def renewed(version: PoiVersion, months: Sequence[MonthState]) -> PoiVersion:
    """A draft with the first month that it may change today: months may have been closed since it was started.

    The first version of a plan, based on none, stays free; what is closed in it is kept by `closed_in_draft`.
    """
    if version.based_on_id is None or not version.is_draft:
        return version
    first = first_free_month(months)
    return version if first == version.first_month else replace(version, first_month=first)


def check_is_draft(version: PoiVersion) -> None:
    """RuleError `version_approved`."""
    if not version.is_draft:
        raise RuleError(
            "version_approved",
            f"El «{version.name}» ya está aprobado y no se cambia: empiece una modificación. No se guardó nada.",
        )


def check_approval(
    version: PoiVersion,
    base: PoiVersion | None,
    found: Sequence[ActivityFindings],
    count: int,
    document: str,
    document_date: date,
    today: date,
) -> str:
    """The resolution as it will be kept, when the draft may be approved with it.

    RuleError `version_approved`, `version_empty`, `document_date_invalid`, `programme_invalid` (it names the
    activities), or of the document's text.
    """
    check_is_draft(version)
    kept = clean_name(document, what="la resolución que aprueba el POI", limit=200)
    if not count:
        raise RuleError(
            "version_empty", f"El «{version.name}» no tiene actividades; agréguelas o impórtelas antes."
        )
    if document_date > today:
        raise RuleError(
            "document_date_invalid", "La fecha de la resolución no puede ser posterior a hoy; corríjala."
        )
    if base is not None and base.document_date is not None and document_date < base.document_date:
        raise RuleError(
            "document_date_invalid",
            f"La resolución no puede ser anterior a la de la versión que reemplaza, «{base.name}»; corrija la fecha.",
        )
    if found:
        raise RuleError(
            "programme_invalid",
            f"No se aprobó: {counted(len(found), 'actividad no cuadra', 'actividades no cuadran')}. "
            f"{named(found)}. Corrija la programación y vuelva a aprobar.",
        )
    return kept


def named(found: Sequence[ActivityFindings]) -> str:
    """The first of them with what they lack: «Uno: no tiene meta anual. … y 3 más»."""
    told = [f"«{short_name(one.activity)}»: {one.words}" for one in found[:_NAMED]]
    more = len(found) - _NAMED
    return ". ".join(told) + (f" … y {more} más" if more > 0 else "")


def findings_of(
    version: PoiVersion,
    activities: Sequence[Activity],
    base: Sequence[Activity],
    executed: Mapping[int, Months],
    executed_money: Mapping[int, Months],
) -> tuple[ActivityFindings, ...]:
    """The activities that keep a version from being approved, in the order of the plan, and those that it lost."""
    before = {one.id: one for one in base}
    found = []
    for activity in activities:
        done = executed.get(activity.id, NO_MONTHS)
        codes = programme_findings(
            activity,
            version,
            done,
            before.get(activity.id),
            executed_money.get(activity.id, NO_MONTHS),
        )
        if codes:
            found.append(ActivityFindings(activity, codes, missing(activity, version, done)))
    kept = {activity.id for activity in activities}
    closed = range(1, version.first_month)
    lost = (one for one in base if one.id not in kept and must_stay(one, executed, executed_money, closed))
    return (*found, *(ActivityFindings(one, ("activity_lost",)) for one in lost))


def must_stay(
    activity: Activity,
    executed: Mapping[int, Months],
    executed_money: Mapping[int, Months],
    closed: Collection[int],
) -> bool:
    """Whether reports would lose something with the activity: what was executed, or what a closed month owed."""
    done = executed.get(activity.id, NO_MONTHS), executed_money.get(activity.id, NO_MONTHS)
    owed = activity.programmed, activity.programmed_money
    return any(any(months) for months in done) or any(
        months[month - 1] for months in owed for month in closed
    )


def check_removal(activities: Sequence[Activity], stays: Callable[[Activity], bool]) -> None:
    """RuleError `activity_executed`: what it told or owed would vanish from reports with it (`must_stay`)."""
    kept = [one for one in activities if stays(one)]
    if kept:
        raise RuleError(
            "activity_executed",
            f"«{short_name(kept[0])}»{f' y {len(kept) - 1} más' if len(kept) > 1 else ''} no se puede quitar: ya "
            "tiene ejecución registrada o meses cerrados. Deje en cero los meses que faltan. No se guardó nada.",
        )


def check_discard(version: PoiVersion, versions: Sequence[PoiVersion], *, referred: bool) -> None:
    """RuleError `version_approved`, `only_version`, `version_referred`."""
    check_is_draft(version)
    if len(versions) == 1:
        raise RuleError(
            "only_version",
            f"El «{version.name}» es la única versión de este POI y no se descarta; corrija sus actividades.",
        )
    if referred:
        raise RuleError(
            "version_referred",
            f"El «{version.name}» recibió las filas de un archivo importado o salió en un informe, que quedan en el "
            "historial; no se descarta. Corrija su programación.",
        )


def compare(
    first: PoiVersion, second: PoiVersion, before: Sequence[Activity], after: Sequence[Activity]
) -> VersionComparison:
    """What came, went and changed from `first` to `second`, in the order of the plan."""
    earlier, later = {one.id: one for one in before}, {one.id: one for one in after}
    changed = tuple(
        ActivityChange(earlier[one.id], one, differing)
        for one in after
        if one.id in earlier and (differing := changes_between(earlier[one.id], one))
    )
    return VersionComparison(
        first,
        second,
        added=tuple(one for one in after if one.id not in earlier),
        removed=tuple(one for one in before if one.id not in later),
        changed=changed,
        unchanged=len(earlier.keys() & later.keys()) - len(changed),
    )
