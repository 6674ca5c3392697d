"""The declarative base of every mapped class, with the naming convention that migrations rely on."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from sisfoh_desktop.db.mapping import map_all

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every `...Row`; whoever goes over all tables asks `whole_metadata`."""

    metadata = MetaData(naming_convention=NAMING)


def whole_metadata() -> MetaData:
    """The tables of all modules; `Base.metadata` has only those of the stores in use."""
    map_all()
    return Base.metadata
