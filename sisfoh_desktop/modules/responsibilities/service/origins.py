"""Where a matrix starts from: the directive's model shipped with the program, fitted to the office's units."""

import tomllib
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import DutyModel, Matrix, ModelUnit, OfficeUnit
from sisfoh_desktop.modules.responsibilities.service.matrices import create_matrix


@cache
def load_model() -> DutyModel:
    """The shipped model of duties; FileFailed when its file is missing or damaged."""
    path = resource("data", "national", "duties.toml")
    try:
        return rules.read_model(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error


def create_from_model(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    roles: Collection[str] | None = None,
    token: str | None = None,
) -> int:
    """A draft with the model's duties under the office's own units of today; returns its id.

    `roles` are the model's rows to take (None: all but the optional ones).
    """
    model = load_model()
    wanted = {unit.role for unit in model.units if not unit.optional} if roles is None else set(roles)
    matrix = rules.matrix_of_model(model, title, _office_units(db, now.date()), wanted)
    intro = matrix.intro.replace("{title}", title.strip())
    return create_matrix(db, actor=actor, now=now, matrix=replace(matrix, intro=intro), token=token)


def list_missing_rows(db: Database, matrix: Matrix, on: date) -> tuple[ModelUnit, ...]:
    """The model's rows whose unit the matrix does not have, to be offered."""
    return rules.missing_rows(matrix, load_model(), _office_units(db, on))


def with_missing_rows(db: Database, matrix: Matrix, roles: Collection[str], on: date) -> Matrix:
    """The matrix with the model's rows of these roles at its end, ready for `save_matrix`."""
    rows = [unit for unit in load_model().units if unit.role in roles]
    return rules.with_rows(matrix, rows, _office_units(db, on))


def _office_units(db: Database, on: date) -> list[OfficeUnit]:
    return [OfficeUnit(unit.id, unit.name, unit.siglas) for unit in office.list_units(db, on)]
