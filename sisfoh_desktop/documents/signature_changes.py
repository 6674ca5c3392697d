"""Which later changes leave a paper as it was (loads pyHanko)."""

from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.constants import (
    ACROFORM_EXEMPT_STRICT_COMPARISON,
    ROOT_EXEMPT_STRICT_COMPARISON,
)

HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)

# ReFirma, Firma Perú and others sign in a visible field that they make, which Acrobat allows in a certified paper;
# pyHanko alone takes it for a change.
_FIELD_RULES = [
    SigFieldCreationRule(allow_new_visible_after_certify=True),
    SigFieldModificationRule(),
    GenericFieldModificationRule(),
]
OWN_FIELDS_POLICY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules, form_rule=FormUpdatingRule(_FIELD_RULES)
)
# The first signature says in the form that there are signatures now, and may certify the paper.
FIRST_SIGNATURE_POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),
        *(rule for rule in DEFAULT_DIFF_POLICY.global_rules if not isinstance(rule, CatalogModificationRule)),
    ],
    form_rule=FormUpdatingRule(_FIELD_RULES, ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"}),
)
