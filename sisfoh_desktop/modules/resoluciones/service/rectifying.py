"""Rectifying a signed act by another: the draft made from its errors, and the chain between both, both ways.

The signed act and its PDF never change; freezing and signing the new act is that of any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import BodyRole
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import (
    ActRef,
    BlockKind,
    LegalBase,
    MaterialError,
    PrintedPlace,
    Rectifications,
    Resolucion,
    State,
)
from sisfoh_desktop.modules.resoluciones.service.delivery.gathering import must_remit
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion, subject_of
from sisfoh_desktop.modules.resoluciones.service.gathering import Surroundings, gather, told_documents

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class RectifiableAct:
    """A signed act with the words that it printed, part by part, and the article that lets it be rectified."""

    act: Resolucion
    places: tuple[PrintedPlace, ...]
    base: LegalBase


def rectifiable_act(db: Database, archive: Archive, resolucion_id: int, on: date) -> RectifiableAct:
    """What a rectification dated `on` can start from; RuleError `rectify_unsigned` unless the act is signed."""
    act = load_resolucion(db, resolucion_id)
    printed = _printed(db, archive, act)
    blocks = _printed_blocks(act, gather(db, act))
    return RectifiableAct(act, rules.printed_places(blocks, printed, act.headings.style), base_on(db, on))


def base_on(db: Database, on: date) -> LegalBase:
    """The article of material errors by the norms in force on a date."""
    return rules.legal_base({norm.code for norm in office.list_norms(db, on)})


def create_rectification(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    errors: Sequence[MaterialError],
    dated: date | None = None,
    base: str = "",
    token: str | None = None,
) -> int:
    """A draft that rectifies a signed act, in its series and expediente, chained to it. Returns its id.

    What each error says must stand in the archived PDF; `base` is the citation, by default that in force. RuleError
    `rectify_unsigned`, `errors_missing`, `not_printed`, `nothing_to_rectify`; then nothing is made.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    act = load_resolucion(db, resolucion_id)
    kept = rules.check_errors(act, errors, _printed(db, archive, act))
    draft = _draft(db, act, kept, dated or now.date(), base)

    def change(session: "Session") -> int:
        rectifying_id = store.add_resolucion(session, draft)
        store.record_errors(session, rectifying_id, resolucion_id, kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="resolucion.rectify",
            subject=subject_of(rectifying_id),
            after={"rectified": act.title, "errors": _told(kept), "dated": draft.dated},
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="resolucion.rectified",
            subject=subject_of(resolucion_id),
            after={"rectifying": rectifying_id, "errors": _told(kept)},
        )
        return rectifying_id

    return db.run_once(token, change)


def change_errors(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    expected_version: int,
    errors: Sequence[MaterialError],
    token: str | None = None,
) -> int:
    """Other errors for a draft that rectifies; the considerando and the article that tell them are written anew.

    Returns the new version. RuleError as in `create_rectification`, or when it is no draft; StaleRow when somebody
    saved it first.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    around = gather(db, load_resolucion(db, resolucion_id))
    if around.rectified is None:
        raise ValueError(f"act {resolucion_id} rectifies nothing")
    rectified = around.rectified
    kept = rules.check_errors(rectified, errors, _printed(db, archive, rectified))

    def change(session: "Session") -> int:
        stored = store.load_resolucion(session, resolucion_id)
        rules.check_can_edit(stored)
        before = store.list_errors(session, resolucion_id)
        blocks = rules.clean_blocks(rules.with_errors(rectified, stored.blocks, before, kept))
        matter = stored.matter
        if matter == rules.rectifying_matter(rectified, before):
            matter = rules.rectifying_matter(rectified, kept)
        store.record_resolucion(session, replace(stored, matter=matter, blocks=blocks), expected_version)
        store.record_errors(session, resolucion_id, rectified.id, kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="resolucion.errors",
            subject=subject_of(resolucion_id),
            before={"errors": _told(before)},
            after={"errors": _told(kept)},
        )
        return expected_version + 1

    return db.run_once(token, change)


def rectifications_of(db: Database, resolucion_id: int) -> Rectifications:
    """What the act rectifies and what rectifies it."""
    return list_rectifications(db).get(resolucion_id, Rectifications())


def list_rectifications(db: Database) -> dict[int, Rectifications]:
    """The chain of every act that has one, by id."""
    with db.reading() as session:
        links = store.list_links(session)
        ids = {link.rectifying_id for link in links} | {link.rectified_id for link in links}
        refs = {one: _ref(store.load_resolucion(session, one)) for one in ids}
        errors = {link.rectifying_id: store.list_errors(session, link.rectifying_id) for link in links}
    found = dict.fromkeys(ids, Rectifications())
    for link in links:
        new, old = found[link.rectifying_id], found[link.rectified_id]
        found[link.rectifying_id] = replace(
            new, rectifies=refs[link.rectified_id], errors=errors[link.rectifying_id]
        )
        found[link.rectified_id] = replace(old, rectified_by=(*old.rectified_by, refs[link.rectifying_id]))
    return found


def _draft(
    db: Database, act: Resolucion, errors: Sequence[MaterialError], dated: date, base: str
) -> Resolucion:
    then = gather(db, act)
    with db.reading() as session:
        told = told_documents(session, act)
    documents = tuple(one for one in then.expediente.documents if one.id not in told)
    empty = replace(
        act,
        id=0,
        plan_id=None,
        matter=rules.rectifying_matter(act, errors),
        headings=rules.rectifying_headings(act, documents),
        dated=dated,
        with_annex=False,
        state=State.DRAFT,
        paper_id=None,
        number_text="",
        draft_round=1,
        version=1,
        blocks=(),
    )
    blocks = rules.rectifying_blocks(
        act,
        errors,
        about=rules.readable(act.matter, then.values),
        base=base.strip() or base_on(db, dated).cite,
        documents=documents,
        values_then=then.values,
        known=gather(db, empty).values,
        remit_to=_national_body(db, act, dated),
    )
    return replace(empty, blocks=rules.clean_blocks(blocks))


def _national_body(db: Database, act: Resolucion, dated: date) -> str:
    """The body that must get a copy of what rectifies this act; nothing where it got none of the act itself."""
    with db.reading() as session:
        owed = must_remit(session, act)
    body = office.body_for(db, BodyRole.LEAD_BODY, dated) if owed else None
    if body is None:
        return ""
    return f"{body.name} ({body.siglas})" if body.siglas else body.name


def _printed(db: Database, archive: Archive, act: Resolucion) -> str:
    """The words of the archived PDF, after making sure that the act is signed."""
    from sisfoh_desktop.documents.printed_words import printed_words

    rules.check_can_rectify(act)
    return printed_words(papers.paper_bytes(db, archive, rules.check_has_paper(act)))


def _printed_blocks(act: Resolucion, around: Surroundings) -> list[tuple[BlockKind, str]]:
    printed = rules.printed_act(
        act,
        around.values,
        place=around.place,
        tables=around.tables,
        documents=around.documents,
        signers=around.signers,
        lenient=True,
    )
    return [(block.kind, block.verb + "\n".join(block.paragraphs)) for block in printed.blocks]


def _ref(act: Resolucion) -> ActRef:
    return ActRef(act.id, act.title, act.number_text, act.dated, act.state)


def _told(errors: Sequence[MaterialError]) -> list[dict[str, str]]:
    return [{"where": one.where, "says": one.says, "must_say": one.must_say} for one in errors]
