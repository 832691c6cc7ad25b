# Start, watch and stop an Odoo server in the background. Sourced after env.sh.

# Is something listening on this port of this machine?
port_taken() {
    "$VENV/bin/python" - "$1" <<'PY'
import socket
import sys

with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(0)
sys.exit(1)
PY
}

# A port nobody uses now.
free_port() {
    "$VENV/bin/python" -c 'import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])'
}

# The process that listens on a port, in words, as far as this user may know.
port_owner() {
    ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p' | head -1
}

# Does the page really come, with status 200?
page_answers() {
    "$VENV/bin/python" - "$1" 2>/dev/null <<'PY'
import sys
import urllib.request

sys.exit(urllib.request.urlopen(sys.argv[1], timeout=60).status != 200)
PY
}

# server_start PIDFILE LOGFILE ODOO-ARGUMENTS…: in the background, with no terminal.
server_start() {
    local pidfile=$1 logfile=$2
    shift 2
    mkdir -p "$(dirname "$logfile")"
    setsid "$ROOT/scripts/odoo" "$@" </dev/null >"$logfile" 2>&1 9>&- &
    echo $! >"$pidfile"
}

# The process id of a server that is alive, else nothing.
server_pid() {
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 1
    # A number from before a reboot may belong to anybody: look at the command as well.
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- '-m odoo' || return 1
    printf %s "$pid"
}

# server_wait PIDFILE LOGFILE URL SECONDS: until the page answers; 1 if it never does.
server_wait() {
    local deadline=$((SECONDS + $4))
    until page_answers "$3"; do
        server_pid "$1" >/dev/null || return 1
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.3
    done
}

server_stop() {
    local pid
    if pid=$(server_pid "$1"); then
        kill "$pid"
        local deadline=$((SECONDS + 20))
        while kill -0 "$pid" 2>/dev/null; do
            if [ $SECONDS -ge $deadline ]; then
                kill -9 "$pid" 2>/dev/null || true
                break
            fi
            sleep 0.2
        done
    fi
    rm -f "$1"
}
