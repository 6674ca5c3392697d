"""The three families of errors: the office's rule said no, the environment failed, and (anything else) our own bug.

Every error here carries one Spanish sentence for the person at the screen: what happened, what was kept,
what to do. Texts for the log or a traceback do not belong in it.
"""


class SisfohError(Exception):
    """An expected refusal; `sentence` is shown as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class RuleError(SisfohError):
    """The office's rule said no; `code` is stable and may be tested, the sentence may be reworded."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class EnvironmentFailed(SisfohError):
    """File, database, network or certificate failed; nothing was half-done."""


class DatabaseUnavailable(EnvironmentFailed):
    """The database cannot be reached, opened or written now."""


class DatabaseTooNew(EnvironmentFailed):
    """The database was made by a newer program than this one."""


class DatabaseOutdated(EnvironmentFailed):
    """The database waits for a migration that this program may not run by itself."""


class StaleRow(EnvironmentFailed):
    """Someone else changed the record first; nothing was overwritten."""


class FileFailed(EnvironmentFailed):
    """A file is missing, damaged, read-only, too big, or the disk is full."""


class SigningFailed(EnvironmentFailed):
    """The certificate, card or document did not allow the signature; the document stays as it was."""


def may_try_again(error: Exception) -> bool:
    """Whether the same change may go through when it is tried again as it stands: the base or the disk was away."""
    return isinstance(error, DatabaseUnavailable | FileFailed)
