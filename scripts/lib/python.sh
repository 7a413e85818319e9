# Finds a Python 3.11 or newer and leaves its path in $python; sourced by the scripts beside this folder.
python=
for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3.14 python3 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Suifang needs Python 3.11 or newer. On Debian or Ubuntu: apt-get install python3 python3-venv. Or set PYTHON=/path/to/python3." >&2
    exit 2
fi
