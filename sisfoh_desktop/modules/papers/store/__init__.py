"""Reads and writes of papers: takes a session, gives back facts; one file a subject."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.papers.store.numbers import (
        add_number,
        add_outside,
        add_series,
        claim_number,
        explain_number,
        find_entry,
        find_open_reservation,
        find_series,
        find_series_year,
        list_claims,
        list_numbers,
        list_scans,
        list_series,
        list_years,
        load_number,
        load_series,
        record_series_start,
    )
    from sisfoh_desktop.modules.papers.store.paper import (
        add_paper,
        find_paper_by_sha256,
        find_paper_id,
        list_archived,
        list_papers,
        list_revisions,
        list_rounds,
        load_paper,
        record_annulment,
        record_export,
        record_refusal,
        record_signature,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "numbers": (
                "add_number add_outside add_series claim_number explain_number find_entry "
                "find_open_reservation find_series find_series_year list_claims list_numbers list_scans "
                "list_series list_years load_number load_series record_series_start"
            ),
            "paper": (
                "add_paper find_paper_by_sha256 find_paper_id list_archived list_papers list_revisions "
                "list_rounds load_paper record_annulment record_export record_refusal record_signature"
            ),
        },
    )

__all__ = [
    "add_number",
    "add_outside",
    "add_paper",
    "add_series",
    "claim_number",
    "explain_number",
    "find_entry",
    "find_open_reservation",
    "find_paper_by_sha256",
    "find_paper_id",
    "find_series",
    "find_series_year",
    "list_archived",
    "list_claims",
    "list_numbers",
    "list_papers",
    "list_revisions",
    "list_rounds",
    "list_scans",
    "list_series",
    "list_years",
    "load_number",
    "load_paper",
    "load_series",
    "record_annulment",
    "record_export",
    "record_refusal",
    "record_series_start",
    "record_signature",
]
