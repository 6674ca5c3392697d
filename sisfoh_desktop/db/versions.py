"""Two people, one record: the check behind every `UPDATE ... WHERE version = expected`."""

from sisfoh_desktop.basics.errors import StaleRow


def check_updated(rowcount: int) -> None:
    """Raise StaleRow unless exactly one row carried the expected version."""
    if rowcount != 1:
        raise StaleRow(
            "Otra persona cambió este registro mientras usted lo editaba; lo guardado por ella se conserva y "
            "lo suyo no se aplicó. Actualice con F5 y vuelva a hacer su cambio."
        )
