"""Scenes of an office that answers for its data: who comes in, Personas and Resguardo with their dialogs."""

from typing import Any

from guarded_office import PASSWORDS, GuardedOffice
from scenes import slug, standing, tabs_and_orders

PEOPLE, KEEPING = "10-personas", "11-resguardo"


def draw_guarded(studio: Any, office: GuardedOffice) -> None:
    """The log-in as it stands and as it refuses, the lock, both pages, and what a person without rights sees."""
    entering_scenes(studio)
    for key, name in (("people", PEOPLE), ("safekeeping", KEEPING)):
        page = studio.page(key)
        tabs_and_orders(studio, page, name)
    chosen_scenes(studio, office)
    studio.page("inbox")
    studio.shoot("01-inicio-con-usuarios")
    lock_scene(studio)
    change_scene(studio, office)


def log_in(studio: Any, login: str, password: str) -> None:
    """Type into the log-in that stands and press its button."""
    dialog = login_dialog(studio)
    dialog.form.set_values({"login": login, "password": password})
    dialog.try_submit()
    studio.settle()


def login_dialog(studio: Any) -> Any:
    """The log-in that stands open."""
    from sisfoh_desktop.app.login_dialog import LoginDialog

    studio.settle()
    return studio.window.findChild(LoginDialog)


def entering_scenes(studio: Any) -> None:
    """Nobody is in; a wrong password; too many of them; somebody on leave; then the administrator."""
    studio.shoot("00-entrar-ventana")
    dialog = login_dialog(studio)
    studio.shoot("00-entrar", dialog)
    log_in(studio, "rquispe", "no es esta clave")
    studio.shoot("00-entrar-rechazo", dialog)
    for _time in range(6):
        log_in(studio, "jmamani", "no es esta clave")
    studio.shoot("00-entrar-bloqueado", dialog)
    log_in(studio, "mflores", PASSWORDS["mflores"])
    studio.shoot("00-entrar-ausente", dialog)
    log_in(studio, "acastro", PASSWORDS["acastro"])


def chosen_scenes(studio: Any, office: GuardedOffice) -> None:
    """What can be done about a chosen user."""
    page = studio.page("people")
    page.show_tab("users")
    studio.settle()
    tab = page.tab()
    tab.users.select(office.users["rquispe"])
    for action in tab.actions_made:
        if action.isEnabled() and action is not tab.new_action:
            studio.shoot_dialog(f"{PEOPLE}-usuario-{slug(action.text())}", action.trigger)


def lock_scene(studio: Any) -> None:
    """Locked: nothing of the office is to be read."""
    studio.window.entering.lock_now()
    studio.settle()
    studio.shoot("00-bloqueado-ventana")
    dialog = studio.window.entering.lock.dialog
    studio.shoot("00-bloqueado", dialog)
    dialog.form.set_values({"password": "no es esta clave"})
    dialog.try_submit()
    studio.settle()
    studio.shoot("00-bloqueado-rechazo", dialog)
    dialog.form.set_values({"password": PASSWORDS["acastro"]})
    dialog.try_submit()
    studio.settle()


def change_scene(studio: Any, office: GuardedOffice) -> None:
    """A user whose one-time code was used just now chooses a password; then a clerk, with fewer pages and orders."""
    from sisfoh_desktop.app.login_dialog import PasswordDialog
    from sisfoh_desktop.modules.people.service import recovery

    desk = studio.window.desk
    made: list[Any] = []
    desk.tasks.run_change(
        lambda: recovery.recover(
            desk.db, actor=office.admin, now=desk.clock.now(), user_id=office.users["pnuevo"]
        ),
        {"people"},
        on_done=made.append,
        owner=studio.window,
    )
    studio.settle()
    studio.window.entering.ask_log_out()
    studio.settle()
    log_in(studio, "pnuevo", made[0].code)
    dialog = studio.window.findChild(PasswordDialog)
    studio.shoot("00-elegir-contrasena", dialog)
    dialog.form.set_values({"new": "uno", "again": "uno"})
    dialog.try_submit()
    studio.settle()
    standing(studio, "00-elegir-contrasena-rechazo", dialog)
    studio.settle()
    log_in(studio, "rquispe", PASSWORDS["rquispe"])
    studio.page("kardex")
    studio.shoot("06-kardex-encargada")
