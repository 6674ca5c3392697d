"""Column types that keep money and quantities exact and moments unambiguous on both databases."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from sisfoh_desktop.basics.clock import LIMA

CENT = Decimal("0.01")
_PARTS = 10_000


class Money(TypeDecorator[Decimal]):
    """Soles as Decimal with two places in Python, whole céntimos in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        cents = value * 100
        if cents != cents.to_integral_value():
            raise ValueError("money with a fraction of a céntimo")
        return int(cents)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) * CENT).quantize(CENT)


class Quantity(TypeDecorator[Decimal]):
    """A physical goal as Decimal with up to four places in Python, whole ten-thousandths in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        parts = value * _PARTS
        if parts != parts.to_integral_value():
            raise ValueError("a quantity with more than four places")
        return int(parts)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        whole, rest = divmod(value, _PARTS)
        return Decimal(value) / _PARTS if rest else Decimal(whole)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python (Lima time when read), UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(LIMA)
