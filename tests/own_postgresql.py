"""A PostgreSQL of one test's own, which it may kill, with TLS for who comes by TCP."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests import ports
from tests.product import until
from tools.set_up_tests import find_postgresql


class OwnPostgreSql:
    """Started at once; `url` leads to its database by a socket, `tcp_url` by TCP."""

    PASSWORD = "p@ss w/ö:rd?&'"

    def __init__(self, *, is_durable: bool = False) -> None:
        self._is_durable = is_durable
        self._folder = Path(tempfile.mkdtemp(prefix="wasched-own-postgresql-"))
        self._port, self._data = ports.free_port(), self._folder / "data"
        self._user = pwd.getpwuid(os.geteuid()).pw_name if os.geteuid() else "postgres"
        if not os.geteuid():
            shutil.chown(self._folder, self._user)
        line = [f"{find_postgresql()}/initdb", "-D", str(self._data), "--no-sync", "-A", "trust"]
        self._spawn([*line, "-E", "UTF8", "--lc-collate=C"]).wait()
        self._make_certificate()
        (self._data / "pg_hba.conf").write_text(
            "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
        )
        self.start()
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CREATE ROLE links LOGIN SUPERUSER")
            connection.execute(f"ALTER ROLE links PASSWORD {_literal(self.PASSWORD)}")

    @property
    def url(self) -> str:
        """By its socket, as who may do all."""
        return f"postgresql:///postgres?host={self._folder}&port={self._port}&user={self._user}"

    def tcp_url(self, mode: str) -> str:
        """By TCP and with a password; `mode` is an sslmode, or empty."""
        words = f"?sslmode={mode}&sslrootcert={self._folder}/root.crt" if mode else ""
        login = f"links:{quote(self.PASSWORD, safe='')}"
        return f"postgresql://{login}@127.0.0.1:{self._port}/postgres{words}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = ["ssl=on", f"port={self._port}", f"fsync={'on' if self._is_durable else 'off'}"]
        line = [f"{find_postgresql()}/postgres", "-D", str(self._data)]
        line += ["-k", str(self._folder), "-h", "127.0.0.1"]
        for setting in given:
            line += ["-c", setting]
        self._process = self._spawn(line)
        until(self._answers, "PostgreSQL answers")

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(20)

    def close(self) -> None:
        """End it for good."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.url).close()
            return True
        return False

    def _spawn(self, line: list[str]) -> "subprocess.Popen[bytes]":
        """Start a program as who may be the server, that ends with us."""
        ends = ["setpriv", "--pdeathsig", "QUIT"]
        if not os.geteuid():
            ends += [f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups"]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen([*ends, "--", *line], cwd=self._folder, stdout=log, stderr=log)

    def _make_certificate(self) -> None:
        """One for 127.0.0.1 that signs itself."""
        key, certificate = self._data / "server.key", self._data / "server.crt"
        subprocess.run(
            [
                *("openssl", "req", "-new", "-x509", "-days", "3", "-nodes"),
                *("-subj", "/CN=127.0.0.1"),
                *("-addext", "subjectAltName=IP:127.0.0.1"),
                *("-keyout", str(key), "-out", str(certificate)),
            ],
            check=True,
            capture_output=True,
        )
        key.chmod(0o600)
        shutil.copy(certificate, self._folder / "root.crt")
        if os.geteuid() == 0:
            for file in (key, certificate):
                shutil.chown(file, self._user, self._user)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
