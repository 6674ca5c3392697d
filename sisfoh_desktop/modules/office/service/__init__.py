"""What the office can do with its own facts: the only door for its screen and for the other modules.

Names printed on a paper are those in force on its date: whoever prints asks here with that date.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.office.service.catalogues import (
        add_body,
        add_legend,
        add_norm,
        add_year_name,
        body_for,
        end_body,
        end_legend,
        end_norm,
        end_year_name,
        legend,
        letterhead,
        list_bodies,
        list_legends,
        list_norms,
        list_year_names,
        save_body,
        save_legend,
        save_norm,
        save_year_name,
        year_name,
    )
    from sisfoh_desktop.modules.office.service.holidays import (
        add_holiday,
        calendar,
        end_holiday,
        list_holidays,
        load_state,
        remove_holiday,
        save_calendar_verified,
        save_holiday,
        shipped_calendar,
    )
    from sisfoh_desktop.modules.office.service.municipality import (
        find_municipality,
        is_practice,
        load_municipality,
        save_municipality,
        set_practice_in,
        watermark,
    )
    from sisfoh_desktop.modules.office.service.national import (
        install_national_data,
    )
    from sisfoh_desktop.modules.office.service.officers import (
        add_officer,
        end_officer,
        list_officers,
        load_officer,
        officer_choices,
        officer_for,
        reveal_dni,
        save_officer,
    )
    from sisfoh_desktop.modules.office.service.past import (
        history,
    )
    from sisfoh_desktop.modules.office.service.terms import (
        add_term,
        end_term,
        legal_terms,
        list_terms,
        save_term,
        term_in_force,
    )
    from sisfoh_desktop.modules.office.service.units import (
        add_unit,
        end_unit,
        list_unit_names,
        list_units,
        load_unit,
        rename_unit,
        save_unit,
        ule_siglas,
        ule_unit,
        unit_by_siglas,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "catalogues": (
                "add_body add_legend add_norm add_year_name body_for end_body end_legend end_norm "
                "end_year_name legend letterhead list_bodies list_legends list_norms list_year_names "
                "save_body save_legend save_norm save_year_name year_name"
            ),
            "holidays": (
                "add_holiday calendar end_holiday list_holidays load_state remove_holiday "
                "save_calendar_verified save_holiday shipped_calendar"
            ),
            "municipality": (
                "find_municipality is_practice load_municipality save_municipality set_practice_in watermark"
            ),
            "national": "install_national_data",
            "officers": (
                "add_officer end_officer list_officers load_officer officer_choices officer_for "
                "reveal_dni save_officer"
            ),
            "past": "history",
            "terms": "add_term end_term legal_terms list_terms save_term term_in_force",
            "units": (
                "add_unit end_unit list_unit_names list_units load_unit rename_unit save_unit ule_siglas "
                "ule_unit unit_by_siglas"
            ),
        },
    )

__all__ = [
    "add_body",
    "add_holiday",
    "add_legend",
    "add_norm",
    "add_officer",
    "add_term",
    "add_unit",
    "add_year_name",
    "body_for",
    "calendar",
    "end_body",
    "end_holiday",
    "end_legend",
    "end_norm",
    "end_officer",
    "end_term",
    "end_unit",
    "end_year_name",
    "find_municipality",
    "history",
    "install_national_data",
    "is_practice",
    "legal_terms",
    "legend",
    "letterhead",
    "list_bodies",
    "list_holidays",
    "list_legends",
    "list_norms",
    "list_officers",
    "list_terms",
    "list_unit_names",
    "list_units",
    "list_year_names",
    "load_municipality",
    "load_officer",
    "load_state",
    "load_unit",
    "officer_choices",
    "officer_for",
    "remove_holiday",
    "rename_unit",
    "reveal_dni",
    "save_body",
    "save_calendar_verified",
    "save_holiday",
    "save_legend",
    "save_municipality",
    "save_norm",
    "save_officer",
    "save_term",
    "save_unit",
    "save_year_name",
    "set_practice_in",
    "shipped_calendar",
    "term_in_force",
    "ule_siglas",
    "ule_unit",
    "unit_by_siglas",
    "watermark",
    "year_name",
]
