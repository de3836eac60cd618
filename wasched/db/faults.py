"""Which faults of the database pass by themselves, so that the same can be tried again."""

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_OF_ONE_ROW = (DataError, IntegrityError, ProgrammingError)
_DAMAGE = ("malformed", "not a database", "DataCorrupted", "IndexCorrupted")


def may_pass(fault: BaseException) -> bool:
    """True if storage failed for now (locked, full, read-only, gone).

    What it refused is to be kept and tried again. False for what would be refused for ever: a
    wrong statement, or a damaged page, which must not hold up what stands on others.
    """
    if isinstance(fault, PoolTimeoutError):
        return True
    if not isinstance(fault, DBAPIError) or isinstance(fault, _OF_ONE_ROW):
        return False
    return not any(word in str(fault) for word in _DAMAGE)
