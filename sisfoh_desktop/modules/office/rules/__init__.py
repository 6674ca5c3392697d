"""Facts of the office and the checks they must pass; plain Python, nothing stored and nothing drawn here."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.office.rules.checks import (
        check_dated,
        check_municipality,
        check_parent,
        check_unit_name,
        in_force,
        overlaps,
        period_words,
        siglas_key,
    )
    from sisfoh_desktop.modules.office.rules.facts import (
        ENUM_FIELDS,
        Body,
        BodyRole,
        DatedFact,
        Holiday,
        Legend,
        Mode,
        Municipality,
        Norm,
        NormKind,
        Officer,
        OfficerLine,
        OfficeState,
        Unit,
        UnitName,
        YearName,
    )
    from sisfoh_desktop.modules.office.rules.logo import (
        MAX_LOGO_BYTES,
        check_logo,
    )
    from sisfoh_desktop.modules.office.rules.national import (
        NATIONAL_FILES,
        NATIONAL_LIST,
        national_facts,
    )
    from sisfoh_desktop.modules.office.rules.term_lookup import (
        Terms,
    )
    from sisfoh_desktop.modules.office.rules.terms import (
        TERM_KEYS,
        CountsFrom,
        LegalTerm,
        TermUnit,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "checks": (
                "check_dated check_municipality check_parent check_unit_name in_force overlaps "
                "period_words siglas_key"
            ),
            "facts": (
                "ENUM_FIELDS Body BodyRole DatedFact Holiday Legend Mode Municipality Norm NormKind "
                "Officer OfficerLine OfficeState Unit UnitName YearName"
            ),
            "logo": "MAX_LOGO_BYTES check_logo",
            "national": "NATIONAL_FILES NATIONAL_LIST national_facts",
            "term_lookup": "Terms",
            "terms": "TERM_KEYS CountsFrom LegalTerm TermUnit",
        },
    )

__all__ = [
    "ENUM_FIELDS",
    "MAX_LOGO_BYTES",
    "NATIONAL_FILES",
    "NATIONAL_LIST",
    "TERM_KEYS",
    "Body",
    "BodyRole",
    "CountsFrom",
    "DatedFact",
    "Holiday",
    "LegalTerm",
    "Legend",
    "Mode",
    "Municipality",
    "Norm",
    "NormKind",
    "OfficeState",
    "Officer",
    "OfficerLine",
    "TermUnit",
    "Terms",
    "Unit",
    "UnitName",
    "YearName",
    "check_dated",
    "check_logo",
    "check_municipality",
    "check_parent",
    "check_unit_name",
    "in_force",
    "national_facts",
    "overlaps",
    "period_words",
    "siglas_key",
]
