"""Whether an act agrees with itself and with its expediente: rules over one frozen dossier.

A rule is a small pure function; RULES lists all of them. How a text is read is in reading, figures, citations and
names; what the dossier of an act in the base is, and what an accepted finding means, is the service's affair.
"""

from sisfoh_desktop.modules.resoluciones.rules.coherence import (
    amounts,
    chain,
    documents,
    norms,
    terms,
    units,
    wording,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.dossier import dossier_of
from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Place,
    PlaceKind,
    Rule,
    Severity,
    Vocabulary,
)

__all__ = [
    "RULES",
    "ActBlock",
    "Dossier",
    "Finding",
    "Place",
    "PlaceKind",
    "Rule",
    "Severity",
    "Vocabulary",
    "dossier_of",
    "review",
]

RULES: tuple[Rule, ...] = (
    *amounts.RULES,
    *documents.RULES,
    *norms.RULES,
    *terms.RULES,
    *units.RULES,
    *chain.RULES,
    *wording.RULES,
)


def review(dossier: Dossier) -> tuple[Finding, ...]:
    """Every finding, each once, what blocks first, then in reading order."""
    found = {(one.code, one.fingerprint): one for rule in RULES for one in rule.check(dossier, rule)}
    last = len(dossier.blocks)
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (
                one.severity.rank,
                last if one.block is None else one.block,
                one.code,
                one.fingerprint,
            ),
        )
    )
