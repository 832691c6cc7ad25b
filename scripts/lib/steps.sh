# The steps of scripts/setup, each idempotent and silent when there is nothing to do.

DEBIAN_PACKAGES=(
    ca-certificates procps util-linux
    python3 python3-venv
    postgresql-$PG_VERSION postgresql-client-$PG_VERSION
    chromium
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1
    fonts-noto-core fonts-noto-cjk
    poppler-utils
)
# Odoo's package keeps these as links into /usr/share.
ODOO_LINKED_STABLE=(
    libjs-jquery libjs-underscore libjs-jquery-form fonts-font-awesome
    fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b fonts-glyphicons-halflings
)
ODOO_LINKED_UNSTABLE=(fonts-montserrat)

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Asks for the password now, where it can be seen, and not behind a redirection.
need_root() {
    local way="run scripts/setup as root once${MISSING[*]:+, or install by hand: ${MISSING[*]}}"
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null || fail "root is needed for Debian's packages and sudo is not there: $way"
    sudo true || fail "root is needed for Debian's packages and sudo refuses: $way"
}

# What apt complained of first, in brackets, for the sentence that a failure ends with.
apt_reason() {
    local reason
    reason=$(grep -a '^E: ' "$LOCAL/apt.log" 2>/dev/null | head -1 | cut -c4-200)
    printf '(%s)' "${reason:-see $LOCAL/apt.log}"
}

step_disk() {
    local free
    free=$(df -Pm "$LOCAL" | awk 'NR==2{print $4}')
    [ -e "$ODOO_PREFIX/.complete" ] || [ "$free" -ge 4000 ] ||
        fail "only $free MB are free in $LOCAL and 4000 are needed: free some, or set REALESTATE_LOCAL to a folder on a larger disk."
}

step_debian_packages() {
    MISSING=()
    local package
    for package in "${DEBIAN_PACKAGES[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
            MISSING+=("$package")
    done
    [ ${#MISSING[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || fail "these packages are missing and there is no apt-get to install them: ${MISSING[*]}"
    local system
    system=$(. /etc/os-release && printf '%s %s' "$ID" "${VERSION_ID:-unstable}")
    [ "$system" = 'debian 12' ] || fail "this machine runs $system and the set-up knows the packages of debian 12 only: install the like of ${MISSING[*]} yourself, or use docker compose."
    say "Installing Debian packages: ${MISSING[*]}"
    need_root
    as_root apt-get update -q >>"$LOCAL/apt.log" 2>&1 ||
        fail "the list of Debian's packages could not be fetched $(apt_reason): check the network and /etc/apt/sources.list, then run this again."
    # A service of the distribution's own on port 5432 is not wanted: ours is private.
    as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        "${MISSING[@]}" >>"$LOCAL/apt.log" 2>&1 ||
        fail "apt-get could not install what is missing $(apt_reason): check the network and the disk, then run this again; the whole log is $LOCAL/apt.log."
}

# Write an apt set-up of our own for Debian unstable: same mirror, same key, own lists.
private_apt() {
    local mirror keyring apt=$LOCAL/apt
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -r $keyring ] || fail "Debian's key ring $keyring is missing: install debian-archive-keyring."
    mirror=$(debian_mirror)
    if [ -z "$mirror" ]; then
        # A machine that has never fetched its lists does not know whose they are.
        need_root
        as_root apt-get update -q >>"$LOCAL/apt.log" 2>&1 || true
        mirror=$(debian_mirror)
    fi
    [ -n "$mirror" ] || fail "apt names no Debian mirror to fetch Odoo 19 from: add one to /etc/apt/sources.list.d, or point ODOO_HOME at an Odoo 19 source tree."
    mkdir -p "$apt"/{sources,lists/partial,cache/archives/partial}
    printf 'Types: deb\nURIs: %s\nSuites: sid\nComponents: main\nSigned-By: %s\n' \
        "$mirror" "$keyring" >"$apt/sources/unstable.sources"
    APT_UNSTABLE=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/sources"
        -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=)
    # Without the option a list that could not be fetched is a mere warning.
    apt-get "${APT_UNSTABLE[@]}" -o APT::Update::Error-Mode=any update >>"$LOCAL/apt.log" 2>&1 ||
        fail "the list of Debian unstable, where Odoo 19 comes from, could not be fetched $(apt_reason): check the network, or point ODOO_HOME at an Odoo 19 source tree."
}

debian_mirror() {
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' |
        awk -F'|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

step_odoo() {
    if [ -n "${ODOO_HOME:-}" ]; then
        [ -f "$ODOO_HOME/odoo/release.py" ] || fail "ODOO_HOME=$ODOO_HOME has no odoo/release.py: point it at the root of an Odoo 19 source tree."
        grep -q 'version_info = (19, 0' "$ODOO_HOME/odoo/release.py" || fail "ODOO_HOME=$ODOO_HOME is not Odoo 19.0: the suite runs on that version only."
        return 0
    fi
    [ "$(cat "$ODOO_PREFIX/.complete" 2>/dev/null)" != "$ODOO_VERSION" ] || return 0
    say "Fetching Odoo $ODOO_VERSION (125 MB) and unpacking it into ${ODOO_PREFIX#"$ROOT"/}"
    local debs=$LOCAL/debs
    rm -rf "$ODOO_PREFIX" "$debs"
    mkdir -p "$ODOO_PREFIX" "$debs"
    private_apt
    download_odoo "$debs"
    local deb
    for deb in "$debs"/*.deb; do
        dpkg -x "$deb" "$ODOO_PREFIX" || fail "$deb could not be unpacked into $ODOO_PREFIX: is the disk full?"
    done
    link_absolute
    stub_removed_files
    echo "$ODOO_VERSION" >"$ODOO_PREFIX/.complete"
    rm -rf "$debs" "$LOCAL/apt"
}

# download_odoo FOLDER: Odoo's package and those its links point into.
download_odoo() {
    cd "$1"
    apt-get "${APT_UNSTABLE[@]}" download "odoo-19=$ODOO_VERSION" >>"$LOCAL/apt.log" 2>&1 ||
        fail "Debian unstable does not give odoo-19 $ODOO_VERSION (it has: $(unstable_odoo)): point ODOO_HOME at an Odoo 19 source tree, or use docker compose."
    { apt-get "${APT_UNSTABLE[@]}" download "${ODOO_LINKED_UNSTABLE[@]}" &&
        apt-get -q download "${ODOO_LINKED_STABLE[@]}"; } >>"$LOCAL/apt.log" 2>&1 ||
        fail "the packages beside Odoo could not be downloaded $(apt_reason): mend that, then run this again."
    cd "$ROOT"
}

# The versions of Odoo 19 that Debian unstable has today.
unstable_odoo() {
    local found
    found=$(apt-cache "${APT_UNSTABLE[@]}" madison odoo-19 2>/dev/null | cut -d'|' -f2 | xargs)
    printf %s "${found:-none}"
}

# Links of the package that start at / must stay inside the prefix.
link_absolute() {
    local link target
    find "$ODOO_PREFIX" -xtype l | while read -r link; do
        target=$(readlink "$link")
        case $target in
        /*) ln -sfn "$ODOO_PREFIX$target" "$link" ;;
        esac
    done
    local broken
    broken=$(find "$ODOO_PREFIX/usr/lib/python3" -xtype l | head -3)
    [ -z "$broken" ] || fail "Odoo's package has links to files that its dependencies no longer bring: $broken"
}

# Debian removed a bundled file that an asset bundle still names; without it every page
# that loads the bundle logs an error in the browser.
stub_removed_files() {
    local file=$ODOO_PREFIX/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    [ -e "$file" ] && return 0
    mkdir -p "$(dirname "$file")"
    echo '/* Background blur of video calls is not part of this distribution. */' >"$file"
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} /usr/bin/python3.11 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            printf %s "$candidate"
            return 0
        fi
    done
    fail "Python 3.11 with venv is needed (the packages are pinned for it): install python3.11-venv, or set PYTHON to such an interpreter."
}

# install_packages LIST [PIP-ARGUMENTS…]
install_packages() {
    local list=$1
    shift
    "$VENV/bin/pip" install -q --disable-pip-version-check --require-hashes "$@" \
        -r "$ROOT/$list" >"$LOCAL/pip.log" 2>&1 ||
        fail "the Python packages of $list could not be installed: check the network, then run this again; pip's reasons are in $LOCAL/pip.log."
}

step_python() {
    local key python
    key=$(cat "$ROOT"/requirements*.txt | sha1sum | cut -c1-12)
    if [ "$(cat "$VENV/.complete" 2>/dev/null)" != "$key" ]; then
        # An environment that exists is brought up to date in place: it may be in use.
        if [ ! -e "$VENV/.complete" ] || ! "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
            python=$(find_python)
            say "Installing the Python environment into ${VENV#"$ROOT"/}"
            "$python" -m venv --clear "$VENV" || fail "the virtual environment $VENV could not be made: is the disk full?"
        else
            say "Updating the Python environment in ${VENV#"$ROOT"/}"
        fi
        install_packages requirements.txt
        install_packages requirements-dev.txt
        # They want Odoo, which pip knows nothing of.
        install_packages requirements-addons.txt --no-deps
        echo "$key" >"$VENV/.complete"
    fi
    odoo_source >"$VENV/lib/python3.11/site-packages/odoo_source.pth"
}

step_odoo_conf() {
    local conf=$LOCAL/odoo.conf
    mkdir -p "$LOCAL/filestore"
    cat >"$conf.new" <<CONF
[options]
addons_path = $ROOT/addons
data_dir = $LOCAL/filestore
db_host = $(pg_socket_dir)
db_port = $PG_PORT
db_user = $PG_ROLE
http_interface = 127.0.0.1
limit_time_cpu = 600
limit_time_real = 1200
CONF
    if cmp -s "$conf.new" "$conf"; then rm "$conf.new"; else mv "$conf.new" "$conf"; fi
}

step_cluster() {
    local home
    home=$(pg_home)
    if [ ! -f "$home/data/.complete" ] && ! as_pg test -f "$home/data/.complete"; then
        say "Creating the PostgreSQL cluster in $home"
        mkdir -p "$home"
        [ "$(id -u)" != 0 ] || chown postgres: "$home"
        as_pg rm -rf "$home/data"
        as_pg "$PG_BIN/initdb" -D "$home/data" -U "$PG_ROLE" -A trust -E UTF8 --locale=C.UTF-8 \
            >"$LOCAL/initdb.log" 2>&1 || fail "initdb failed: see $LOCAL/initdb.log"
        as_pg tee -a "$home/data/postgresql.conf" >/dev/null <<'CONF'
shared_buffers = 512MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_connections = 200
CONF
        as_pg touch "$home/data/.complete"
    fi
    pg_start
}

# A database with the core addons installed, so that a run starts from a copy of it.
step_template() {
    pg_env
    local key have
    key=$(template_key)
    have=$("$PG_BIN/psql" -d postgres -Atc "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$TEMPLATE_DB'")
    [ "$have" != "$key" ] || return 0
    say "Building the template database (Odoo's own addons, about a minute)"
    "$PG_BIN/dropdb" --if-exists --force "$TEMPLATE_DB" 2>/dev/null
    rm -rf "$LOCAL/filestore/filestore/$TEMPLATE_DB"
    odoo_shown "$LOCAL/template.log" -d "$TEMPLATE_DB" -i "$CORE_ADDONS" ||
        fail "the template database could not be built: $(log_reason "$LOCAL/template.log") (the whole log: $LOCAL/template.log)"
    "$PG_BIN/psql" -q -d postgres -c "COMMENT ON DATABASE $TEMPLATE_DB IS '$key'"
}
