"""How generated cases run: no time limit on a single case, since a busy PC is no defect."""

from hypothesis import settings

settings.register_profile("office", deadline=None)
settings.load_profile("office")
