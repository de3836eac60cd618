#!/bin/sh
# Makes .venv and installs the named requirements into it, unless that was done before.
# Usage: tools/set_up.sh [--in FOLDER] FILE.txt…        FOLDER stands for .venv, and PYTHON chooses
# the interpreter (default python3).
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
venv=.venv
if [ "$1" = --in ]; then
    venv=$2
    shift 2
fi

command -v "$python" >/dev/null || {
    echo "wasched needs Python 3.11 or newer, and there is no $python here." >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "wasched needs Python 3.11 or newer; $("$python" --version) is older. Try PYTHON=python3.13 make …" >&2
    exit 1
}
# One into which nothing was ever installed may be half made: somebody pressed Ctrl-C.
if ! ls "$venv"/installed-* >/dev/null 2>&1 || ! "$venv"/bin/python -c '' 2>/dev/null; then
    echo "Making a Python environment in $venv (once)…"
    rm -rf "$venv"
    "$python" -m venv "$venv" || {
        rm -rf "$venv"
        echo "Python's venv module is missing here; on Debian and Ubuntu install python3-venv." >&2
        exit 1
    }
fi
for list in "$@"; do
    stamp="$venv/installed-$list"
    cmp -s "$list" "$stamp" && continue
    echo "Installing what $list names (once)…"
    # The lists are complete: a resolver could only find something newer that has no hash.
    "$venv"/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes --only-binary :all: --requirement "$list"
    cp "$list" "$stamp"
done
