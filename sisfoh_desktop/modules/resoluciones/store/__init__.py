"""Reads and writes of resoluciones: takes a session, gives back facts; one file a subject."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.resoluciones.store.act import (
        add_resolucion,
        find_by_number,
        find_other_frozen,
        list_resoluciones,
        load_resolucion,
        newest_of,
        record_frozen,
        record_reopened,
        record_resolucion,
        record_signed,
    )
    from sisfoh_desktop.modules.resoluciones.store.models import (
        add_model,
        add_model_version,
        find_model_of_version,
        list_model_versions,
        list_models,
        load_model,
        record_retired,
        shipped_keys,
    )
    from sisfoh_desktop.modules.resoluciones.store.rectifying import (
        Link,
        find_rectified,
        list_errors,
        list_links,
        record_errors,
    )
    from sisfoh_desktop.modules.resoluciones.store.review import (
        add_acceptance,
        list_acceptances,
    )
    from sisfoh_desktop.modules.resoluciones.store.versions import (
        add_version,
        list_versions,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "act": (
                "add_resolucion find_by_number find_other_frozen list_resoluciones load_resolucion "
                "newest_of record_frozen record_reopened record_resolucion record_signed"
            ),
            "models": (
                "add_model add_model_version find_model_of_version list_model_versions list_models "
                "load_model record_retired shipped_keys"
            ),
            "rectifying": "Link find_rectified list_errors list_links record_errors",
            "review": "add_acceptance list_acceptances",
            "versions": "add_version list_versions",
        },
    )

__all__ = [
    "Link",
    "add_acceptance",
    "add_model",
    "add_model_version",
    "add_resolucion",
    "add_version",
    "find_by_number",
    "find_model_of_version",
    "find_other_frozen",
    "find_rectified",
    "list_acceptances",
    "list_errors",
    "list_links",
    "list_model_versions",
    "list_models",
    "list_resoluciones",
    "list_versions",
    "load_model",
    "load_resolucion",
    "newest_of",
    "record_errors",
    "record_frozen",
    "record_reopened",
    "record_resolucion",
    "record_retired",
    "record_signed",
    "shipped_keys",
]
