"""Stand-ins for images that cannot be had: programs of Debian and PyPI behind the same commands.

They show that compose.scale.yaml fits together. What the real ones do with its flags they cannot.
"""

import subprocess
import tempfile
from pathlib import Path

_BASE = "python:3.13-slim-trixie"
_INSTALL = "RUN apt-get update && apt-get install -y --no-install-recommends"

_POSTGRES_ENTRY = r"""#!/bin/sh
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" -A trust $POSTGRES_INITDB_ARGS
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
    pg_ctl -w -o "-c listen_addresses=''" start
    createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl -w stop
fi
exec "$@"
"""
_POSTGRES = f"""
FROM {_BASE}
RUN groupadd -r -g 999 postgres && useradd -r -g 999 -u 999 -d /var/lib/postgresql postgres
{_INSTALL} postgresql
RUN install -d -o 999 -g 999 -m 1777 /var/lib/postgresql/data
ENV PATH=/usr/lib/postgresql/17/bin:$PATH PGDATA=/var/lib/postgresql/data
COPY --chmod=755 entry /usr/local/bin/entry
ENTRYPOINT ["entry"]
STOPSIGNAL SIGINT
VOLUME /var/lib/postgresql/data
"""

_MINIO_ENTRY = r"""#!/usr/local/bin/python3
import os, subprocess, sys, time, urllib.request
port = sys.argv[sys.argv.index("--address") + 1].strip(":")
server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "0.0.0.0", "-p", port])
for _ in range(300):
    try:
        for bucket in os.listdir(sys.argv[-1]):
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/{bucket}", method="PUT")
            urllib.request.urlopen(asked)
        break
    except OSError:
        time.sleep(0.2)
sys.exit(server.wait())
"""
_MC = r"""#!/usr/local/bin/python3
import urllib.request
assert b"wasched" in urllib.request.urlopen("http://127.0.0.1:9000/").read()
"""
_MINIO = f"""
FROM {_BASE}
RUN pip install --quiet --no-cache-dir "moto[s3,server]"
COPY --chmod=755 entry /usr/local/bin/minio
COPY --chmod=755 mc /usr/local/bin/mc
VOLUME /data
"""

_CADDY = f"""
FROM {_BASE}
{_INSTALL} caddy wget && mkdir -p /config /data
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
"""

_KNOWN: dict[str, dict[str, str]] = {
    "postgres": {"Dockerfile": _POSTGRES, "entry": _POSTGRES_ENTRY},
    "minio": {"Dockerfile": _MINIO, "entry": _MINIO_ENTRY, "mc": _MC},
    "caddy": {"Dockerfile": _CADDY},
}


def have_images(*images: str) -> list[str]:
    """See that each image is there, pulled where it can be; which of them are stand-ins."""
    missing = [one for one in images if not _is_there(one)]
    made = [one for one in missing if not _succeeds("docker", "pull", "--quiet", one)]
    for one in made:
        _build(one)
    return made


def _build(image: str) -> None:
    name = image.rpartition("/")[2].partition(":")[0]
    assert name in _KNOWN, f"{image} can neither be pulled nor stood in for."
    with tempfile.TemporaryDirectory() as folder:
        for file, text in _KNOWN[name].items():
            (Path(folder) / file).write_text(text)
        subprocess.run(["docker", "build", "--quiet", "--tag", image, folder], check=True)


def _is_there(image: str) -> bool:
    return _succeeds("docker", "image", "inspect", image)


def _succeeds(*line: str) -> bool:
    return subprocess.run(line, capture_output=True, check=False).returncode == 0
