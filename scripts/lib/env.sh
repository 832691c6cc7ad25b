# The project's environment: where things live and how to say that something is missing.
# Sourced by every script of this folder; sets variables and functions, does nothing by itself.
# Overridable: ODOO_HOME (an existing Odoo 19 source tree), PYTHON, REALESTATE_LOCAL,
# REALESTATE_HTTP_PORT, REALESTATE_DB.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
LOCAL=${REALESTATE_LOCAL:-$ROOT/.local}
VENV=$LOCAL/venv
HTTP_PORT=${REALESTATE_HTTP_PORT:-8069}
DEMO_DB=${REALESTATE_DB:-realestate}

# Debian unstable's package is the only Odoo 19 a package manager offers; it is pinned.
ODOO_VERSION='19.0.0+dfsg-1'
ODOO_PREFIX=$LOCAL/odoo

PG_VERSION=15
PG_BIN=/usr/lib/postgresql/$PG_VERSION/bin
PG_PORT=${REALESTATE_PG_PORT:-5479}
PG_ROLE=odoo

# Addons without which nothing of the suite installs, and a national chart of accounts for
# the tests of the books: they are in the template database.
CORE_ADDONS=account,account_payment,calendar,contacts,crm,l10n_vn,payment_demo,portal,sms,web_tour
# The addons of the suite, upstream first; those without a folder are left out.
SUITE_ORDER=(
    report_weasyprint
    realestate_sales
    realestate_collection
    realestate_handover
    realestate_helpdesk
)
SUITE_LIST=()
for addon in "${SUITE_ORDER[@]}"; do
    [ ! -f "$ROOT/addons/$addon/__manifest__.py" ] || SUITE_LIST+=("$addon")
done
# Addons that join the suite to optional ones, see requirements-addons.in: where those are
# installed, these install themselves.
GLUE_LIST=()
for addon in realestate_collection_queue; do
    [ ! -f "$ROOT/addons/$addon/__manifest__.py" ] || GLUE_LIST+=("$addon")
done
unset addon
# The addon that builds the demo; installed in the demo database only.
DEMO_LIST=()
[ ! -f "$ROOT/addons/realestate_demo/__manifest__.py" ] || DEMO_LIST=(realestate_demo)

# Names joined by commas, as Odoo's -i, -u and --test-tags want them.
joined() {
    local IFS=,
    printf %s "$*"
}

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() {
    local text=$*
    # Whatever a program says of itself, this is then the reason.
    ! disk_full || text="the disk of $LOCAL is full: free some space, then run this again. ($text)"
    printf '\033[31mstopped:\033[0m %s\n' "$text" >&2
    exit 1
}

disk_full() {
    local folder free
    for folder in "$LOCAL" "$(pg_home 2>/dev/null)"; do
        [ -d "$folder" ] || continue
        free=$(df -Pm "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')
        [ "${free:-100}" -ge 20 ] || return 0
    done
    return 1
}

# A folder that PostgreSQL's own user can reach: initdb refuses to run as root, and
# a checkout below /root is closed to that user.
pg_home() {
    local home
    if [ "$(id -u)" != 0 ] || runuser -u postgres -- test -x "$LOCAL" 2>/dev/null; then
        home=$LOCAL/pg
    else
        home=/var/lib/postgresql/realestate-$(printf %s "$LOCAL" | sha1sum | cut -c1-10)
    fi
    printf %s "$home"
}

# The socket's path must fit into 107 bytes whatever the checkout is called.
pg_socket_dir() {
    local dir
    dir=$(pg_home)/socket
    [ ${#dir} -le 85 ] || dir=/tmp/realestate-$(id -u)-$(printf %s "$dir" | sha1sum | cut -c1-10)
    printf %s "$dir"
}

# Run a command as the owner of the cluster.
as_pg() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

pg_env() {
    PGHOST=$(pg_socket_dir)
    export PGHOST PGPORT=$PG_PORT PGUSER=$PG_ROLE
    unset PGPASSWORD PGDATABASE PGSERVICE
}

pg_running() {
    [ -x "$PG_BIN/pg_isready" ] && "$PG_BIN/pg_isready" -q -h "$(pg_socket_dir)" -p "$PG_PORT"
}

pg_start() {
    local home socket
    pg_running && return 0
    home=$(pg_home)
    socket=$(pg_socket_dir)
    [ -d "$home/data" ] || fail "there is no database cluster in $home: run scripts/setup first."
    as_pg mkdir -p -m 700 "$socket"
    # Descriptor 9 is the lock of scripts/setup: a server that keeps it keeps the lock.
    if ! as_pg "$PG_BIN/pg_ctl" -w -t 60 -D "$home/data" -l "$home/server.log" \
        -o "-p $PG_PORT -k '$socket' -c listen_addresses=" start >/dev/null 9>&-; then
        fail "PostgreSQL does not start: read the end of $home/server.log (a full disk and a cluster of another version are the usual causes)."
    fi
}

pg_stop() {
    pg_running || return 0
    as_pg "$PG_BIN/pg_ctl" -w -m fast -D "$(pg_home)/data" stop >/dev/null
}

odoo_source() {
    printf %s "${ODOO_HOME:-$ODOO_PREFIX/usr/lib/python3/dist-packages}"
}

# odoo_shown LOGFILE ODOO-ARGUMENTS…: Odoo without a server, its log translated.
odoo_shown() {
    local log=$1
    shift
    "$ROOT/scripts/odoo" "$@" --stop-after-init --no-http 2>&1 |
        "$VENV/bin/python" "$ROOT/scripts/lib/progress.py" "$log"
}

# Why Odoo stopped, in one line: the last exception of its log, else the last error.
log_reason() {
    local reason
    reason=$(grep -aE '^([a-z_0-9]+\.)*[A-Z]+[a-z][A-Za-z]*(: |$)' "$1" 2>/dev/null | tail -1)
    [ -n "$reason" ] || reason=$(grep -aE ' (ERROR|CRITICAL) ' "$1" 2>/dev/null | tail -1 | cut -d' ' -f4-)
    reason=${reason:0:300}
    printf %s "${reason:-no error was logged}"
}

# Space-separated key: what the template database was built from.
template_key() {
    printf '%s %s %s' "$ODOO_VERSION" "$CORE_ADDONS" \
        "$(sha1sum "$ROOT/requirements.txt" | cut -c1-12)" | sha1sum | cut -c1-12
}
TEMPLATE_DB=tpl_deps
