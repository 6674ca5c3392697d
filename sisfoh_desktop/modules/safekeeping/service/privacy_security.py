"""Gathers what the security document says from the base as it is: nothing that the program does not know is told."""

from datetime import date, datetime
from pathlib import Path

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.basics.rights import RIGHTS
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.people.rules.facts import UserLine
from sisfoh_desktop.modules.people.rules.roles import ROLES
from sisfoh_desktop.modules.people.service import reviews, users
from sisfoh_desktop.modules.safekeeping.rules.backups import (
    next_backup_due,
    next_rehearsal_due,
    standing_words,
)
from sisfoh_desktop.modules.safekeeping.rules.base_state import BaseState, protection_words
from sisfoh_desktop.modules.safekeeping.rules.extract import head_words
from sisfoh_desktop.modules.safekeeping.rules.incidents import moment_words
from sisfoh_desktop.modules.safekeeping.rules.inventory import columns_words
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import (
    PENDING,
    CitedNorm,
    Norms,
    Section,
    SecurityDocument,
    or_pending,
)
from sisfoh_desktop.modules.safekeeping.service import backups
from sisfoh_desktop.modules.safekeeping.service.base_state import look_at_base
from sisfoh_desktop.modules.safekeeping.service.inventory import load_inventory
from sisfoh_desktop.modules.safekeeping.service.privacy import load_bank
from sisfoh_desktop.modules.safekeeping.store import incidents as incident_store
from sisfoh_desktop.modules.safekeeping.store import inventory as store
from sisfoh_desktop.modules.safekeeping.store import trail as trail_store

_LAW, _REGULATION = "Ley 29733", "DS 016-2024-JUS"
_CHECKS = ("auditoría", "libros")
_NO_USERS = (
    "La base no tiene usuarios: quien abre el programa en este equipo puede hacerlo todo. "
    "Pendiente crearlos en Personas."
)
_INVENTORY = (
    "El inventario sale del esquema real de la base en la fecha del documento. Las fichas socioeconómicas y los "
    "ingresos de los hogares no están en la base: el programa solo lleva la cuenta de los formularios."
)
_TRAIL = (
    "Quedan anotados entradas y salidas, consultas de DNI, cambios, impresiones y exportaciones, con usuario y "
    "momento. La base no permite cambiar ni borrar anotaciones, y el programa no las retira con el tiempo."
)


def cited_norms(db: Database) -> Norms:
    """The law and its regulation as the office has them registered; only their codes where it does not."""
    known = {norm.code: norm for norm in office.list_norms(db)}

    def cited(code: str) -> CitedNorm:
        norm = known.get(code)
        return (
            CitedNorm(code, "") if norm is None else CitedNorm(code, norm.title, norm.valid_from, norm.trust)
        )

    return Norms(cited(_LAW), cited(_REGULATION))


def gather(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    settings: PcSettings | None,
    number: str = "",
) -> SecurityDocument:
    """The document as of now; `settings` are those of the PC it is made on."""
    day = now.astimezone(LIMA).date()
    entity = office.find_municipality(db)
    bank = load_bank(db)
    state = look_at_base(db)
    lines = users.list_users(db, day)
    return SecurityDocument(
        bank=bank,
        sections=(
            _bank(bank),
            _systems(db, archive, state, settings),
            _inventory(db),
            _users(lines, day),
            _roles(lines),
            _reviews(db),
            _trail(db),
            _backups(db),
            _pc(settings, lines),
            _incidents(db),
            Section("Medidas de la oficina", "arts. 50 y 53 a 56", words=(or_pending(bank.measures),)),
        ),
        norms=cited_norms(db),
        made_at=now,
        made_by=actor.user,
        place=entity.place_name if entity else "",
        number=number,
    )


def _bank(bank: DataBank) -> Section:
    return Section(
        "Banco de datos y oficial de datos personales",
        "arts. 37 y 42 a 45",
        facts=(
            ("Denominación", or_pending(bank.name)),
            ("Código de inscripción", or_pending(bank.registration)),
            ("Oficial de datos personales", or_pending(bank.officer_name)),
            ("Contacto público", or_pending(bank.officer_contact)),
            ("Finalidades", or_pending(bank.purposes)),
            ("Destinatarios", or_pending(bank.recipients)),
        ),
    )


def _systems(db: Database, archive: Archive, state: BaseState, settings: PcSettings | None) -> Section:
    with db.reading() as session:
        secure = store.is_line_secure(session, is_sqlite=db.is_sqlite)
    line = {None: "No hay: la base es un archivo de este equipo", True: "TLS, cifrada", False: "Sin cifrar"}
    return Section(
        "Sistemas y lugares donde están los datos",
        "art. 47",
        facts=(
            ("Sistema", "SISFOH Desktop"),
            ("Motor de la base", f"{state.engine}, esquema {state.revision}"),
            ("Cifrado en reposo", _at_rest(state)),
            ("Comunicación con el servidor", line[secure]),
        ),
        heads=("Lugar", "Qué guarda", "Dónde está"),
        shares=(1.0, 1.7, 1.6),
        rows=data_places(state, archive, settings),
    )


def _at_rest(state: BaseState) -> str:
    """Yes or no first, whatever the sentence after it says of it."""
    if not state.local:
        return protection_words(state)
    return f"{'Activado' if state.encrypted else 'Desactivado'}. {protection_words(state)}"


def data_places(
    state: BaseState, archive: Archive, settings: PcSettings | None
) -> tuple[tuple[str, str, str], ...]:
    """Where data lie besides the tables: (place, what it holds, where)."""
    own = user_data_dir()
    return (
        (
            "Base",
            "Los registros de la oficina y su historial",
            str(Path(state.place) / state.name) if state.local else f"{state.name} en {state.place}",
        ),
        ("Archivo de papeles", "Papeles emitidos, escaneos y adjuntos, por su huella", str(archive.folder)),
        (
            "Borradores",
            "Lo escrito sin guardar, hasta 30 días; nada si la base está cifrada",
            str(own / "borradores"),
        ),
        ("Registro técnico", "Fallas del programa, con los números de ocho cifras enmascarados", str(own)),
        (
            "Respaldos",
            "Copias verificadas de la base y su archivo",
            (settings.backup_folder if settings else "")
            or f"{PENDING}: no hay carpeta fijada en este equipo",
        ),
    )


def _inventory(db: Database) -> Section:
    inventory = load_inventory(db)
    return Section(
        "Inventario de datos personales",
        "art. 47",
        heads=("Tabla", "Titulares", "Datos (columnas)", "Filas"),
        shares=(1.1, 1.1, 2.4, 0.45),
        rows=tuple(
            (
                table.title + (" (sensible)" if table.sensitive else ""),
                table.holders,
                "; ".join(columns_words(table, inventory.catalogue)),
                format_number(table.row_count),
            )
            for table in inventory.tables
        ),
        words=(_INVENTORY,),
    )


def _users(lines: list[UserLine], day: date) -> Section:
    title, article = "Usuarios", "art. 46.1"
    if not lines:
        return Section(title, article, words=(_NO_USERS,))
    without = [line.user.login for line in lines if not line.user.has_password]
    told = (
        f"Sin contraseña todavía: {', '.join(without)}."
        if without
        else "Todos los usuarios tienen contraseña."
    )
    return Section(
        title,
        article,
        heads=("Usuario", "Nombre y cargo", "Roles", "Estado", "Última entrada"),
        shares=(0.8, 1.6, 1.4, 1.0, 0.9),
        rows=tuple(
            (
                line.user.login,
                ", ".join(part for part in (line.user.name, line.user.position) if part),
                ", ".join(line.role_titles) or "Ninguno",
                line.standing.label,
                moment_words(line.user.last_login_at) if line.user.last_login_at else "Nunca",
            )
            for line in lines
        ),
        words=(told, "De las contraseñas se guarda solo su huella (argon2id)."),
    )


def _roles(lines: list[UserLine]) -> Section:
    titles = {right.key: right.title for right in RIGHTS}
    return Section(
        "Roles y permisos",
        "art. 46.1",
        heads=("Rol", "Permisos", "Usuarios"),
        shares=(0.9, 3.0, 0.5),
        rows=tuple(
            (
                role.title,
                "; ".join(titles[right.key] for right in RIGHTS if right.key in role.rights) + ".",
                str(sum(role.key in line.user.roles for line in lines)),
            )
            for role in ROLES
        ),
    )


def _reviews(db: Database) -> Section:
    made = reviews.list_reviews(db)
    due = reviews.due_on(db)
    return Section(
        "Revisión de accesos, al menos cada seis meses",
        "art. 46.1",
        facts=(
            (
                "Última revisión",
                f"{moment_words(made[0].reviewed_at)}, por {made[0].reviewed_by}" if made else PENDING,
            ),
            ("Constancia", (made[0].number_text if made else "") or PENDING),
            ("Próxima, a más tardar", format_date(due) if due else f"{PENDING}: la base no tiene usuarios"),
        ),
    )


def _trail(db: Database) -> Section:
    with db.reading() as session:
        entry_count, head = trail_store.load_head(session)
    checks = [one for one in check_database(db) if one.name in _CHECKS]
    return Section(
        "Historial (auditoría) y su comprobación",
        "art. 46.3",
        facts=(
            ("Anotaciones", format_number(entry_count)),
            ("Huella de la última", head_words(head)),
            *((one.name.capitalize(), one.detail) for one in checks),
        ),
        words=(_TRAIL,),
    )


def _backups(db: Database) -> Section:
    standing = backups.standing(db)
    due, tried = next_backup_due(standing), next_rehearsal_due(standing)
    last = standing.last
    rehearsed = standing.rehearsed_at
    return Section(
        "Respaldos y ensayos de restauración",
        "arts. 51 y 52",
        facts=(
            ("Situación", standing_words(standing)),
            ("Último respaldo", f"{moment_words(last.made_at)}, {last.file_name}" if last else PENDING),
            ("Con contraseña", PENDING if last is None else ("Sí" if last.encrypted else "No")),
            ("Próximo, a más tardar", format_date(due) if due else "No hay cambios sin respaldar"),
            ("Último ensayo bueno", moment_words(rehearsed) if rehearsed else PENDING),
            ("Próximo ensayo", format_date(tried) if tried else PENDING),
        ),
    )


def _pc(settings: PcSettings | None, lines: list[UserLine]) -> Section:
    lock = (
        _lock_words(settings.minutes_to_lock)
        if settings is not None and lines
        else f"{PENDING}: no se bloquea solo"
    )
    closing = settings is not None and settings.backup_on_close == "yes"
    return Section(
        "Equipo en que se emite este documento",
        "art. 50",
        facts=(
            ("Bloqueo automático", lock),
            ("Respaldo al cerrar", "Sí" if closing else "No"),
            ("Carpeta de respaldos", or_pending(settings.backup_folder if settings else "")),
        ),
    )


def _lock_words(minutes: int) -> str:
    return "Al minuto sin uso" if minutes == 1 else f"A los {minutes} minutos sin uso"


def _incidents(db: Database) -> Section:
    with db.reading() as session:
        opened, total = incident_store.count_incidents(session)
    told = (
        f"{counted(total, 'incidente registrado', 'incidentes registrados')}, {counted(opened, 'abierto', 'abiertos')}."
        if total
        else "Ningún incidente registrado."
    )
    return Section("Incidentes de seguridad", "arts. 34 y 35", words=(told,))
