"""The Tacna 2024 case as the modules' own facts: what the files of `resources/data/tacna-2024` say, put into shape.

The shape of each file is told at its head. In which order the facts enter a base is practice.py's affair.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.words import amount_in_words
from sisfoh_desktop.modules.expedientes import rules as chain
from sisfoh_desktop.modules.plans import rules as plan_rules
from sisfoh_desktop.modules.resoluciones import rules as act_rules
from sisfoh_desktop.modules.responsibilities import rules as duty_rules

_FOLDER = ("data", "tacna-2024")
_CHIP = re.compile(r"\{([a-z0-9_.]+)\}")
_OPINIONS = {
    "": chain.Opinion.NONE,
    "favorable": chain.Opinion.FAVOURABLE,
    "aprobar": chain.Opinion.FAVOURABLE,
    "ampliacion": chain.Opinion.ASKS_MORE,
}
_LEVELS = ("programme", "activity", "function", "division", "group", "source", "rubro", "generic")


class Case:
    """The five files of the case, and what its chips stand for where a text is kept without chips."""

    def __init__(self) -> None:
        self.office = read_case_file("office")
        self.plan = read_case_file("plan")
        self.file = read_case_file("expediente")
        self.anexo = read_case_file("anexo01")
        self.act = read_case_file("resolucion")

    @cached_property
    def values(self) -> dict[str, str]:
        plan = self.plan["plan"]
        amount = Decimal(plan["amount"])
        values = {
            "entity": self.office["municipality"]["name"],
            "plan.title": plan["title"],
            "plan.amount": format_amount(amount),
            "plan.amount_words": amount_in_words(amount),
            "plan.households": format_number(plan["households"]),
            "plan.period": plan["period_text"],
            "plan.district": plan["district"],
        }
        values |= {f"unit.{unit['slug']}": unit["name"] for unit in self.office["unit"]}
        return values | {f"norm.{norm['slug']}": norm["cite"] for norm in self.act["norm"]}

    def spelled(self, text: str) -> str:
        """The text with its chips written out, for sections and the annex, which keep plain text."""
        return _CHIP.sub(lambda match: self.values[match.group(1)], text)


def matrix_of(case: Case, units: Mapping[str, int]) -> duty_rules.Matrix:
    """The matrix of Anexo N° 01; `units` gives each unit's id by its siglas, here and below."""
    anexo = case.anexo["anexo"]
    rows = tuple(
        duty_rules.MatrixUnit(
            label=row["name"],
            unit_id=units[row["unit"]],
            duties=tuple(
                duty_rules.Duty(
                    duty["text"], link=duty_rules.DutyLink(duty["link"]) if "link" in duty else None
                )
                for duty in row["duty"]
            ),
        )
        for row in case.anexo["row"]
    )
    return duty_rules.Matrix(
        title=anexo["title"], heading=anexo["section"], intro=case.spelled(anexo["intro"]), units=rows
    )


def plan_of(case: Case, units: Mapping[str, int], matrix_id: int) -> plan_rules.Plan:
    """The plan with its parts; sections are kept as plain text, so their chips are written out."""
    data, links = case.plan["plan"], case.plan["chain"]
    own = next(row for row in case.plan["objective"] if row["instrument"] == "PLAN")
    names = {unit["siglas"]: unit["name"] for unit in case.office["unit"]}
    codes = {level: plan_rules.CodeName(links[level]["code"], links[level]["name"]) for level in _LEVELS}
    return plan_rules.Plan(
        title=data["title"],
        year=data["year"],
        short_name=data["short_title"],
        campaign=own["instrument_name"],
        district=data["district"],
        ubigeo=data["ubigeo"],
        annex_code=case.plan["directive"]["code"],
        estimated_households=case.plan["goal"][0]["households"],
        households=data["households"],
        amount=Decimal(data["amount"]),
        starts=data["starts"],
        ends=data["ends"],
        objective=own["text"],
        unit_id=units[data["unit"]],
        executing_unit=names[data["executing_unit"]],
        cost_centre=names[data["cost_centre"]],
        prepared_by=names[data["executing_unit"]],
        matrix_id=matrix_id,
        chains=(plan_rules.FunctionalChain(**codes, amount=Decimal(links["amount"])),),
        budget=tuple(
            plan_rules.BudgetLine(row["classifier"], row["name"], Decimal(row["amount"]))
            for row in case.plan["budget"]
        ),
        objectives=tuple(
            plan_rules.AlignedObjective(row["instrument"], row["text"], row["code"], row["instrument_name"])
            for row in case.plan["objective"]
            if row is not own
        ),
        activities=tuple(
            plan_rules.Activity(
                phase=plan_rules.Phase(row["phase"]),
                activity=row["text"],
                measure=row["measure"],
                target=row["target"],
                starts=row["starts"],
                ends=row["ends"],
                responsible=names[row["unit"]],
            )
            for row in case.plan["activity"]
        ),
        zones=tuple(
            plan_rules.Zone(name=row["name"], stratum=stratum)
            for row in case.plan["zone"]
            for stratum in row["strata"]
        ),
        sections=tuple(
            plan_rules.PlanSection(
                plan_rules.SectionKind(row["key"]),
                row["title"],
                "\n".join(case.spelled(paragraph) for paragraph in row["paragraphs"]),
            )
            for row in case.plan["section"]
        ),
    )


def entry_of(
    case: Case, row: Mapping[str, Any], units: Mapping[str, int], documents: Mapping[str, int]
) -> chain.DocumentEntry:
    """A document as the clerk types it; `documents` gives the ids of those registered before, by slug."""
    registry = f" con Reg. {row['registry']}" if row["registry"] else ""
    vistos = f"{row['vistos_kind_word']} Nº {row['vistos_number']}" if row["in_vistos"] else ""
    return chain.DocumentEntry(
        kind=chain.DocumentKind(row["kind"]),
        number_text=row["number"],
        on=row["date"],
        sender=_party(case, units, row["from"], row["from_person"]),
        receiver=_party(case, units, row["to"]),
        subject=row["subject"],
        registry=row["registry"],
        says=tuple(row["says"]),
        opinion=_OPINIONS[row["opinion"]],
        details=tuple(
            chain.Detail(detail["label"], detail["code"], detail["text"]) for detail in row.get("detail", ())
        ),
        kind_word=row["kind_word"],
        opening=row["opening"],
        told_by=row["told_by"],
        considerando_citation=f"{row['kind_word']} N° {row['number']}{registry}",
        vistos_citation=vistos,
        vistos_issuer=row["vistos_issuer"],
        vistos_registry=row["vistos_registry"],
        in_vistos=row["in_vistos"],
        vistos_order=row["vistos_order"],
        with_table=row["table"] == "chain",
        asks_reply=row["asks_reply"],
        responds_to_id=documents.get(row["responds_to"]),
    )


def ask_of(row: Mapping[str, Any], units: Mapping[str, int], on: date, document_id: int) -> chain.OpinionAsk:
    """A request of opinion of the case, asked `on` the day of the document that asks."""
    return chain.OpinionAsk(
        kind=chain.OpinionKind(row["kind"]),
        unit_ids=(units[row["unit"]],),
        asks=row["asks"],
        asked_on=on,
        days=row["days"],
        document_id=document_id,
    )


def more_of(row: Mapping[str, Any], on: date, document_id: int) -> chain.OpinionMore:
    """An ampliación of the case, asked `on` the day of the document that asks."""
    return chain.OpinionMore(asks=row["asks"], asked_on=on, days=row["days"], document_id=document_id)


def answer_of(row: Mapping[str, Any], on: date, document_id: int) -> chain.OpinionAnswer:
    """The answer to a request of the case, given `on` the day of the document that answers."""
    return chain.OpinionAnswer(opinion=chain.Opinion(row["answer"]), on=on, document_id=document_id)


def _party(case: Case, units: Mapping[str, int], siglas: str, officer: str = "") -> chain.Party:
    person = next((one for one in case.office["officer"] if one["slug"] == officer), None)
    named = f"{person['prefix']} {person['names']} {person['surnames']}" if person else ""
    entities = [case.office["municipality"], *case.office["body"], *case.office["unit"]]
    name = next(entity["name"] for entity in entities if entity["siglas"] == siglas)
    return chain.Party(name, siglas, units.get(siglas), named)


def source_of(case: Case, units: Mapping[str, int]) -> act_rules.DraftSource:
    """All of the act but its documents: legal base, plan, articles, signers, and how it cites each norm."""
    act, head = case.act, case.act["resolucion"]
    origins = {"norm": act_rules.Origin.LEGAL_BASE, "plan": act_rules.Origin.PLAN}
    kinds, roles = act_rules.BlockKind, act_rules.SignerRole
    texts = [
        act_rules.SourceText(kinds.CONSIDERANDO, row["text"], origins[row["kind"]])
        for row in act["considerando"]
        if row["kind"] in origins
    ]
    texts += [
        act_rules.SourceText(kinds.ESTANDO, row["text"])
        for row in act["considerando"]
        if row["kind"] == "estando"
    ]
    texts += [
        act_rules.SourceText(
            kinds.ARTICLE,
            f"{row['verb']} {row['text']}",
            table=act_rules.TABLE_CHAIN if row["table"] == "chain" else "",
        )
        for row in act["article"]
    ]
    places = [act_rules.SignerPlace(roles.VISTO_BUENO, units[row["unit"]]) for row in act["visto_bueno"]]
    return act_rules.DraftSource(
        matter=act["vistos"]["matter"],
        texts=tuple(texts),
        copies=tuple(row["text"] for row in act["copy"]),
        closing=head["closing"],
        headings=act_rules.Headings(
            act_name=head["type"],
            vistos=head["vistos_heading"],
            considerando=head["considerando_heading"],
            resuelve=head["resuelve_heading"],
            entity_line=head["entity_line"],
            initials=head["initials"],
        ),
        wordings=tuple((f"norm.{row['slug']}", row["cite"]) for row in act["norm"]),
        places=(*places, act_rules.SignerPlace(roles.AUTHOR, units[act["author"]["unit"]])),
    )


def read_case_file(name: str) -> dict[str, Any]:
    """One file of the case; FileFailed when it is not there or cannot be read."""
    path = resource(*_FOLDER, f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileFailed(
            f"Falta o está dañado el archivo «{path.name}» del caso de práctica; no se creó nada. "
            "Vuelva a instalar el programa."
        ) from error
