"""What a new act begins with: the newest act of its series, a model, or the office's first words; and its round."""

from datetime import date

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import Expediente
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import ActModel, DraftSource, SignerPlace, SignerRole
from sisfoh_desktop.modules.resoluciones.service.models import places_of


def draft_source(db: Database, expediente_id: int, series_id: int) -> DraftSource:
    """What a new act begins with: the words of the newest act of the series, else the office's first ones."""
    with db.reading() as session:
        newest = store.newest_of(session, series_id)
        if newest is not None:
            return rules.source_of(store.load_resolucion(session, newest))
    expediente = expedientes.load_expediente(db, expediente_id)
    municipality = office.load_municipality(db)
    sending = [document.entry.sender for document in expediente.documents]
    siglas = list(
        dict.fromkeys(party.siglas for party in sending if party.unit_id is not None and party.siglas)
    )
    return rules.first_source(
        _first_places(db, expediente),
        entity=municipality.name,
        portal=municipality.portal_url,
        copies=siglas,
    )


def source_of_model(db: Database, model: ActModel, expediente: Expediente, dated: date) -> DraftSource:
    """The words of the model; units that it names and Oficina has sign, an author missing is found in the chain."""
    named = places_of(db, model, dated).places
    if not any(place.role is SignerRole.AUTHOR for place in named):
        first = _first_places(db, expediente)
        author = next(place for place in first if place.role is SignerRole.AUTHOR)
        vistos = [place for place in named or first if place.role is SignerRole.VISTO_BUENO]
        named = (*(place for place in vistos if place.unit_id != author.unit_id), author)
    return rules.source_of_model(model, named)


def _first_places(db: Database, expediente: Expediente) -> list[SignerPlace]:
    """The receiver of the last document is the author; the units that wrote in the chain give their visto bueno."""
    chain = expediente.documents
    last = chain[-1].entry.receiver.unit_id if chain else None
    senders = [document.entry.sender.unit_id for document in reversed(chain)]
    units = [unit_id for unit_id in dict.fromkeys(senders) if unit_id is not None and unit_id != last]
    if last is None:
        heads = office.list_units(db, expediente.opened_on)
        if not heads:
            raise RuleError(
                "units_missing",
                "La oficina todavía no tiene unidades registradas; no se creó la resolución. Regístrelas en Oficina.",
            )
        last = heads[0].id
        units = [unit_id for unit_id in units if unit_id != last]
    return [
        *(SignerPlace(SignerRole.VISTO_BUENO, unit_id) for unit_id in units),
        SignerPlace(SignerRole.AUTHOR, last),
    ]
