"""What people said, in rows that whichever worker comes next finds."""

from wasched.adapters.whatsapp.session_server import SessionServer


class ServerHeard:
    """Lines of one account; those that another life adds meanwhile are left to the next one."""

    def __init__(self, server: SessionServer, account: int) -> None:
        self._server, self._account = server, account
        self._mine: list[int] = []

    def read(self) -> list[bytes]:
        """Those that are left, in their order."""
        found = self._server.do(
            lambda connection: connection.execute(
                "SELECT id, line FROM wasched_heard WHERE account = %s ORDER BY id", [self._account]
            ).fetchall()
        )
        self._mine = [id for id, _ in found]
        return [line for _, line in found]

    def add(self, line: bytes) -> None:
        """Keep another one, durably."""
        row = self._server.do(
            lambda connection: connection.execute(
                "INSERT INTO wasched_heard (account, line) VALUES (%s, %s) RETURNING id",
                [self._account, line],
            ).fetchone()
        )
        self._mine += row or ()

    def clear(self) -> None:
        """Delete all that were read or added by this."""
        if self._mine:
            self._server.do(
                lambda connection: connection.execute(
                    "DELETE FROM wasched_heard WHERE id = ANY(%s)", [self._mine]
                )
            )
        self._mine = []

    def close(self) -> None:
        """Nothing: the connection is every link's."""
