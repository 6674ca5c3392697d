"""The forms of an incident: what is told of it, the communications that were made, how it ended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.safekeeping.rules import incidents as rules
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, Step
from sisfoh_desktop.modules.safekeeping.service import incidents
from sisfoh_desktop.modules.safekeeping.view.privacy_dialogs import PrivacyForm
from sisfoh_desktop.qtkit.page import Desk

_TEXTS = ("title", "description", "data_kinds", "consequences", "measures")


class IncidentDialog(PrivacyForm):
    """An incident, new or stored; what article 34.2 asks for."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "moment_future": "hour",
        "moment_before": "hour",
        "hour_invalid": "hour",
        "number_invalid": "holder_count",
    }
    said = "Se guardó el incidente."

    def __init__(self, desk: Desk, incident: Incident | None = None, parent: QWidget | None = None) -> None:
        title = "Registrar un incidente" if incident is None else f"Incidente {incident.id}"
        super().__init__(desk, title, subject=f"incident:{incident.id if incident else 0}", parent=parent)
        self._incident = incident
        form = self.form
        form.note(
            f"Desde que se supo corren {rules.HOURS_TO_REPORT} horas para comunicarlo a la ANPD si hay datos sensibles "
            "o de muchas personas. Anote lo que sepa ahora; lo demás se completa después."
        )
        form.date("day", "Día en que se supo", required=True)
        form.text("hour", "Hora en que se supo", required=True, max_length=8, placeholder="hh:mm")
        form.text("title", "Qué pasó, en una línea", required=True, max_length=rules.LONGEST_TITLE, wide=True)
        long = {"max_length": rules.LONGEST_TEXT, "rows": 2}
        form.long_text(
            "description", "Naturaleza del incidente: qué, dónde, cómo se supo", required=True, **long
        )
        form.long_text("data_kinds", "Clases de datos afectados", required=True, **long)
        form.check(
            "sensitive",
            "Hay datos sensibles",
            hint="Ingresos, salud, origen étnico, biométricos (Ley 29733, art. 2.5)",
        )
        form.number(
            "holder_count",
            "Titulares afectados",
            maximum=rules.MOST_HOLDERS,
            hint="Vacío mientras no se sepa",
        )
        form.long_text("consequences", "Consecuencias posibles", **long)
        form.long_text("measures", "Medidas tomadas o propuestas", **long)
        if incident is None:
            now = desk.clock.now().astimezone(LIMA)
            form.set_values({"day": now.date(), "hour": f"{now:%H:%M}"})
            form.mark_saved()
            return
        self.fill(incident)
        form.mark_saved()
        fresh = partial(incidents.load_incident, desk.db, incident.id)
        self.edits(incident, self._subject, "el incidente", fresh)

    def choice_from(self, values: dict[str, Any]) -> Incident:
        told: dict[str, Any] = {name: str(values[name] or "") for name in _TEXTS}
        incident = Incident(
            known_at=moment_of(values),
            sensitive=bool(values["sensitive"]),
            holder_count=values["holder_count"],
            **told,
        )
        return rules.clean_incident(incident, self.desk.clock.now())

    def store(self, taken: Incident, who: dict[str, Any]) -> Any:
        if self._incident is None:
            return incidents.add_incident(self.desk.db, incident=taken, **who)
        taken = replace(taken, id=self._incident.id)
        incidents.save_incident(self.desk.db, incident=taken, expected_version=self.version(), **who)
        return taken.id

    def fill(self, incident: Incident) -> None:
        known = incident.known_at.astimezone(LIMA)
        values = {name: getattr(incident, name) for name in (*_TEXTS, "sensitive", "holder_count")}
        self.form.set_values({**values, "day": known.date(), "hour": f"{known:%H:%M}"})


class StepDialog(PrivacyForm):
    """A communication that was made: to whom, when, with which document."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "moment_future": "hour",
        "moment_before": "hour",
        "hour_invalid": "hour",
        "text_missing": "document",
        "text_too_long": "document",
    }
    said = "Se anotó la comunicación."

    def __init__(self, desk: Desk, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Comunicación del incidente {incident.id}",
            subject=f"incident:{incident.id}:step",
            primary="Anotar",
            parent=parent,
        )
        self._incident = incident
        form = self.form
        form.note("Aquí se anota lo que ya se comunicó; el programa no envía nada.")
        form.combo("step", "A quién", [(step, step.label) for step in Step], required=True, wide=True)
        form.date("day", "Día", required=True)
        form.text("hour", "Hora", required=True, max_length=8, placeholder="hh:mm")
        form.text(
            "document",
            "Documento o constancia",
            max_length=200,
            hint="La comunicación a la ANPD lo necesita: oficio, cargo o número de envío",
            wide=True,
        )
        now = desk.clock.now().astimezone(LIMA)
        waiting = next((step for step in Step if getattr(incident, step.value) is None), None)
        form.set_values({"step": waiting, "day": now.date(), "hour": f"{now:%H:%M}"})
        form.mark_saved()

    def choice_from(self, values: dict[str, Any]) -> tuple[Step, datetime, str]:
        taken = (Step(values["step"]), moment_of(values), str(values["document"] or ""))
        rules.with_step(self._incident, *taken, self.desk.clock.now())
        return taken

    def store(self, taken: tuple[Step, datetime, str], who: dict[str, Any]) -> None:
        step, at, document = taken
        incidents.note_step(
            self.desk.db,
            incident_id=self._incident.id,
            step=step,
            at=at,
            document=document,
            expected_version=self._incident.version,
            **who,
        )


class CloseDialog(PrivacyForm):
    """How it ended; after that nothing of it changes."""

    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "note", "text_too_long": "note"}
    said = "Se cerró el incidente."

    def __init__(self, desk: Desk, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Cerrar el incidente {incident.id}",
            subject=f"incident:{incident.id}:close",
            primary="Cerrar el incidente",
            columns=1,
            parent=parent,
        )
        self._incident = incident
        told = (
            ""
            if incident.reported_at
            else " No consta su comunicación a la ANPD: diga por qué no hacía falta."
        )
        self.form.note(f"Un incidente cerrado ya no se cambia.{told}")
        self.form.long_text("note", "Cómo terminó", required=True, max_length=rules.LONGEST_TEXT, rows=4)

    def choice_from(self, values: dict[str, Any]) -> str:
        note = str(values["note"])
        rules.closed_with(self._incident, note)
        return note

    def store(self, taken: str, who: dict[str, Any]) -> None:
        incidents.close_incident(
            self.desk.db,
            incident_id=self._incident.id,
            note=taken,
            expected_version=self._incident.version,
            **who,
        )


def moment_of(values: Mapping[str, Any]) -> datetime:
    """Day and hour of a form as a moment in Lima. RuleError `hour_invalid`."""
    return datetime.combine(values["day"], rules.read_hour(str(values["hour"])), tzinfo=LIMA)
