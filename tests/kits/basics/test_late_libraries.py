"""SQLAlchemy comes without what it does not need here; whoever asks for it later gets the real thing."""

import subprocess
import sys

_START = """
import sys
import sisfoh_desktop.db
import sqlalchemy.orm
def loaded(name): return any(one == name or one.startswith(name + ".") for one in sys.modules)
assert not loaded("ssl") and not loaded("asyncio.events") and not loaded("email"), sorted(sys.modules)
import hashlib, secrets, socket, tomllib, logging.handlers
assert not loaded("_hashlib") and not loaded("selectors") and not loaded("tomllib._parser"), sorted(sys.modules)
"""


def said_by(code: str) -> str:
    """What a fresh interpreter prints after the start."""
    done = subprocess.run(
        [sys.executable, "-c", _START + code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_module_put_off_is_whole_once_it_is_asked():
    told = said_by("""
import asyncio
from importlib import metadata
import importlib.metadata as same
assert metadata is same is sys.modules["importlib.metadata"]
assert asyncio.run(asyncio.sleep(0, "hecho")) == "hecho"
assert isinstance(asyncio.Queue(), asyncio.queues.Queue) and asyncio.__name__ == "asyncio"
print(metadata.version("sqlalchemy").partition(".")[0])
""")
    assert told == "2"


def test_modules_of_one_file_are_put_off_too():
    told = said_by("""
from hashlib import sha256
import socket, secrets, tomllib
assert hashlib.new("sha256", b"a").digest() == sha256(b"a").digest()
assert issubclass(socket.socket, sys.modules["_socket"].socket) and secrets.compare_digest("a", "a")
assert tomllib.loads("a = 1") == {"a": 1} and len(secrets.token_bytes(5)) == 5
try:
    hashlib.unknown
except AttributeError as missing:
    print(missing)
""")
    assert told == "module 'hashlib' has no attribute 'unknown'"


def test_a_part_of_a_module_put_off_can_be_imported_first():
    assert said_by("from asyncio.locks import Lock; import asyncio; print(asyncio.Lock is Lock)") == "True"


def test_all_of_a_module_put_off_can_be_taken():
    assert said_by("from asyncio import *; print(run.__module__)") == "asyncio.runners"


def test_one_thread_takes_a_part_while_another_loads_the_whole():
    told = said_by("""
import asyncio, faulthandler, threading
from importlib.machinery import PathFinder
faulthandler.dump_traceback_later(60, exit=True)  # threads that wait for one another end so
part_begun, whole_begun = threading.Event(), threading.Event()
class Watch:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "asyncio.base_events":
            return None
        spec = PathFinder.find_spec(name, path)
        run = spec.loader.exec_module
        def wait_and_run(module):
            part_begun.set()
            whole_begun.wait()
            run(module)
        spec.loader.exec_module = wait_and_run
        return spec
sys.meta_path.insert(0, Watch)
loader = asyncio.__spec__.loader
load = loader.exec_module
def tell_and_load(module):
    whole_begun.set()
    load(module)
loader.exec_module = tell_and_load
def take_part():
    from asyncio.base_events import BaseEventLoop
part = threading.Thread(target=take_part)
part.start()
part_begun.wait()
assert asyncio.run(asyncio.sleep(0, "hecho")) == "hecho"
part.join()
print(asyncio.BaseEventLoop is asyncio.base_events.BaseEventLoop)
""")
    assert told == "True"


def test_a_module_that_could_not_be_loaded_is_tried_again():
    told = said_by("""
import asyncio
loader = asyncio.__spec__.loader
load = loader.exec_module
def fail(module):
    raise MemoryError
loader.exec_module = fail
try:
    asyncio.run
except MemoryError:
    loader.exec_module = load
print(asyncio.run.__module__)
""")
    assert told == "asyncio.runners"


def test_what_it_has_not_is_an_attribute_error_as_ever():
    told = said_by("""
import asyncio
for name in ("__wrapped__", "nada"):
    try:
        getattr(asyncio, name)
    except AttributeError as error:
        print(error)
""")
    assert told.splitlines() == [
        f"module 'asyncio' has no attribute '{name}'" for name in ("__wrapped__", "nada")
    ]


def test_a_module_loaded_before_stays_as_it_is():
    code = "import asyncio; before = asyncio.events; import sisfoh_desktop.db, asyncio; print(asyncio.events is before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "True"


def test_a_refusal_of_the_database_is_told_although_it_asks_for_what_was_put_off():
    told = said_by("""
from sqlalchemy import create_engine, text
try:
    create_engine("sqlite://").connect().execute(text("SELECT * FROM nada"))
except Exception as error:
    print(type(error).__name__)
""")
    assert told == "OperationalError"
