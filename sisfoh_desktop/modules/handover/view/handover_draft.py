"""«Entregar cargo» as a draft of this PC (`qtkit.record_draft`): what differs from how it began, and back.

No secret and no DNI gets into the file, as none gets into the base.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sisfoh_desktop.basics.dni import without_eight_figures
from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.modules.handover.rules.facts import CHOSEN_SECTIONS, Credential, Handover
from sisfoh_desktop.modules.handover.rules.secrets import looks_like_secret
from sisfoh_desktop.modules.handover.view.review_step import ReviewStep
from sisfoh_desktop.modules.handover.view.systems_step import SystemsStep
from sisfoh_desktop.modules.handover.view.what_step import WhatStep
from sisfoh_desktop.modules.handover.view.who_step import WhoStep
from sisfoh_desktop.qtkit.fields import Field

DRAFT_TITLE = "Entregar cargo"
_PEOPLE = {"leaver": "Entrega", "receiver": "Recibe"}
_HOLDER, _SECTIONS, _SYSTEMS, _TYPED = "what.holder", "what.sections", "systems", "systems.typed"
_PARTS = ("system", "account", "place", "custodian")


def draft_key(handover: Handover) -> str:
    """Under which name it is kept: that of the draft in the base, or of the one that is not there yet."""
    return f"handover:{handover.id or 'new'}"


class HandoverSteps:
    """The steps as they began, and what differs now."""

    def __init__(self, who: WhoStep, what: WhatStep, systems: SystemsStep, review: ReviewStep) -> None:
        self._who, self._what, self._systems = who, what, systems
        forms = {"who": who.form, **({"review": review.form} if review.form is not None else {})}
        self._fields: dict[str, Field] = {
            f"{step}.{name}": field for step, form in forms.items() for name, field in form.fields.items()
        }
        self._start = {name: (field.typed(), field.as_read()) for name, field in self._fields.items()}
        self._holder, self._sections = (what.holder.typed(), what.holder.as_read()), what.ticked()
        self._listed = tuple(systems.systems())

    def differing(self) -> tuple[DraftField, ...]:
        """What was typed, chosen and listed since they began."""
        return (*self._of_forms(), *self._of_what(), *self._of_systems())

    def bring(self, draft: Draft) -> None:
        """Put a draft back, as if typed; who leaves comes before what is proposed for them."""
        kept = {one.name: one.typed for one in draft.fields}
        for name, field in self._fields.items():
            if name in kept and isinstance(kept[name], type(field.typed())):
                field.type_again(kept[name])
        if isinstance(kept.get(_HOLDER), str):
            self._what.holder.type_again(kept[_HOLDER])
        sections = _list(kept.get(_SECTIONS))
        if sections is not None:
            known = [one for one in CHOSEN_SECTIONS if one.value in sections]
            if known or not sections:
                self._what.tick(known)
        listed = _list(kept.get(_SYSTEMS))
        if listed is not None:
            lines = [one for row in listed if (one := _system(row)) is not None]
            if len(lines) == len(listed):
                self._systems.show_systems(lines)
        typed = _list(kept.get(_TYPED))
        if typed and (one := _system(typed[1:])) is not None:
            self._systems.type_again(one, typed[0] if isinstance(typed[0], int) else -1)

    # -- inside ----------------------------------------------------------------------------------------

    def _of_forms(self) -> Iterator[DraftField]:
        for name, field in self._fields.items():
            typed, (start, before) = field.typed(), self._start[name]
            person = next((one for one in _PEOPLE if name.startswith(f"who.{one}")), "")
            # choosing somebody writes their other fields: those come along, though they may be as before
            if typed is None or (typed == start and not (person and self._is_changed(f"who.{person}"))):
                continue
            if isinstance(typed, str):
                if looks_like_secret(typed):
                    continue
                typed = without_eight_figures(typed)
            label = f"{_PEOPLE[person]}: {field.title}" if person else field.title
            yield DraftField(
                name, label, without_eight_figures(before), without_eight_figures(field.as_read()), typed
            )

    def _is_changed(self, name: str) -> bool:
        return self._fields[name].typed() != self._start[name][0]

    def _of_what(self) -> Iterator[DraftField]:
        anew = self._is_changed("who.leaver")  # who brings a proposal of their own
        holder, (typed, before) = self._what.holder, self._holder
        if anew or holder.typed() != typed:
            yield DraftField(_HOLDER, holder.title, before, holder.as_read(), holder.typed())
        ticked = self._what.ticked()
        if anew or ticked != self._sections:
            before, after = (", ".join(one.label for one in some) for some in (self._sections, ticked))
            values = json.dumps([one.value for one in ticked])
            yield DraftField(_SECTIONS, self._what.title, before, after, values)

    def _of_systems(self) -> Iterator[DraftField]:
        listed, typed = tuple(self._systems.systems()), self._systems.typed()
        if listed != self._listed:
            before, after = ("; ".join(_told(one) for one in some) for some in (self._listed, listed))
            rows = json.dumps([_parts(one) for one in listed])
            yield DraftField(_SYSTEMS, self._systems.title, before, after, rows)
        if typed is not None:
            place, one = typed
            before = _told(listed[place]) if place >= 0 else ""
            row = json.dumps([place, *_parts(one)])
            yield DraftField(_TYPED, "Sistema sin agregar a la lista", before, _told(one), row)


def _parts(one: Credential) -> list[str]:
    said = [getattr(one, part) for part in _PARTS]
    return ["" if looks_like_secret(text) else without_eight_figures(text) for text in said]


def _told(one: Credential) -> str:
    return ", ".join(part for part in _parts(one) if part)


def _system(row: object) -> Credential | None:
    """A line as it was kept; None for a damaged one."""
    if not isinstance(row, list) or len(row) != len(_PARTS) or not all(isinstance(one, str) for one in row):
        return None
    return replace(Credential(""), **dict(zip(_PARTS, row, strict=True)))


def _list(typed: str | bool | None) -> Sequence[object] | None:
    """The list that was kept; None for none, or a damaged one."""
    try:
        kept = json.loads(typed) if isinstance(typed, str) else None
    except (ValueError, RecursionError):
        return None
    return kept if isinstance(kept, list) else None
