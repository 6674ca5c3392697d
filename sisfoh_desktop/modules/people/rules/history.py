"""Words of the history of users and sessions: what is done, and how the fields are called."""

from sisfoh_desktop.basics.history import HistoryWords
from sisfoh_desktop.modules.people.rules.facts import Standing, UserState
from sisfoh_desktop.modules.people.rules.roles import ROLES

HISTORY_WORDS = HistoryWords(
    actions={
        "access_review.add": "Revisión de accesos registrada",
        "session.in": "Entró",
        "session.locked": "Bloqueó su pantalla",
        "session.out": "Salió",
        "session.refused": "No se le dejó entrar",
        "session.unlocked": "Desbloqueó su pantalla",
        "user.absence": "Ausencia registrada",
        "user.absence_save": "Ausencia corregida",
        "user.absence_withdraw": "Ausencia dejada sin efecto",
        "user.add": "Usuario creado",
        "user.end": "Usuario cesado",
        "user.password": "Cambió su contraseña",
        "user.recover": "Clave de un solo uso impresa",
        "user.restore": "Acceso restablecido",
        "user.roles": "Roles cambiados",
        "user.save": "Usuario corregido",
        "user.sheet": "Hoja de recuperación impresa",
        "user.sheet_used": "Contraseña nueva con su hoja de recuperación",
        "user.suspend": "Acceso suspendido",
    },
    fields={
        "absence_reason": "Motivo de la ausencia",
        "by_code": "Con clave de un solo uso",
        "cause": "Por qué",
        "changed": "Con roles por cambiar",
        "code_until": "La clave vale hasta",
        "document": "Documento que autoriza",
        "ended": "Cesados",
        "failures": "Intentos fallidos seguidos",
        "first_day": "Primer día",
        "kept": "Accesos que se mantienen",
        "last_day": "Último día",
        "locked_until": "En espera hasta",
        "login": "Usuario",
        "note": "Observación",
        "number": "Número",
        "office": "Oficina",
        "pc": "Equipo",
        "position": "Cargo",
        "roles": "Roles",
        "secret": "",  # the seal of a password tells a person nothing
        "sheet": "",
        "valid_from": "Acceso desde",
        "valid_to": "Acceso hasta",
        "withdrawn": "Sin efecto",
    },
    values={
        "cause": {
            "clock_back": "El reloj del equipo retrocedió durante la espera",
            "code_expired": "La clave de un solo uso había vencido",
            "unknown_login": "Ese usuario no existe",
            "wrong_password": "La contraseña no era la suya",
            "wrong_sheet": "La clave de la hoja de recuperación no era la suya",
            **{one.value: one.label for one in Standing},
        },
        "roles": {role.key: role.title for role in ROLES},
        "state": {one.value: one.label for one in UserState},
    },
)
