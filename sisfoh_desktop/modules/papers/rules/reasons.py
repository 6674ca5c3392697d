"""The reason that annulling, skipping and observing need. Plain Python."""

from sisfoh_desktop.basics.errors import RuleError

REASON_LIMIT = 500


def check_reason(reason: str) -> None:
    """Annulling and skipping need a reason that an auditor can read."""
    if not reason.strip():
        raise RuleError(
            "reason_missing", "Falta el motivo; no se cambió nada. Escríbalo y vuelva a intentar."
        )
    if len(reason) > REASON_LIMIT:
        raise RuleError(
            "reason_long",
            f"El motivo pasa de {REASON_LIMIT} letras; no se cambió nada. Resúmalo y vuelva a intentar.",
        )
