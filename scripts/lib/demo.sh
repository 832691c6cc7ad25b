# The demo database: a copy of the template with the suite and realestate_demo, kept up to
# date with the addons' files.
# Sourced after env.sh and server.sh.

DEMO_PID=$LOCAL/$DEMO_DB.pid
DEMO_LOG=$LOCAL/$DEMO_DB.log
DEMO_URL=http://localhost:$HTTP_PORT/web/login

# What an addon's installed data was read from. Tests and prose do not count.
addon_key() {
    (cd "$ROOT/addons/$1" &&
        find . -type f ! -path './tests/*' ! -path './readme/*' ! -name '*.pyc' -print0 |
        LC_ALL=C sort -z | xargs -0 sha1sum | sha1sum | cut -c1-12)
}

# One word per addon of the demo database, name:key, upstream first.
suite_key() {
    local addon
    for addon in "${SUITE_LIST[@]}" "${DEMO_LIST[@]}"; do
        printf '%s:%s ' "$addon" "$(addon_key "$addon")"
    done
}

db_comment() {
    "$PG_BIN/psql" -d postgres -Atc "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"
}

set_db_comment() {
    "$PG_BIN/psql" -q -d postgres -c "COMMENT ON DATABASE \"$1\" IS '$2'"
}

drop_db() {
    "$PG_BIN/dropdb" --if-exists --force "$1" 2>/dev/null
    rm -rf "${LOCAL:?}/filestore/filestore/$1"
}

# demo_install NAME LOGFILE [ODOO-ARGUMENTS…]: a database with the suite and its demo, or
# without the demo if there is no such addon. The caller has called pg_env.
demo_install() {
    local db=$1 log=$2 addons=("${SUITE_LIST[@]}" "${DEMO_LIST[@]}")
    shift 2
    "$ROOT/scripts/newdb" "$db"
    [ ${#addons[@]} -gt 0 ] || return 0
    odoo_shown "$log" -d "$db" -i "$(joined "${addons[@]}")" "$@"
}

# Bring the demo database to the state of the addons' files: make it, install what is new,
# update what changed.
demo_prepare() {
    local have word new=() changed=() addon log=$LOCAL/$DEMO_DB-install.log
    have=$(db_comment "$DEMO_DB")
    if [ -z "$have" ]; then
        say "Making the demo database $DEMO_DB"
        demo_install "$DEMO_DB" "$log" ||
            fail "the demo database could not be made: $(log_reason "$log") (the whole log: $log)"
        set_db_comment "$DEMO_DB" "demo $(suite_key)"
        return 0
    fi
    for word in $(suite_key); do
        addon=${word%%:*}
        case " $have " in
        *" $word "*) ;;
        *" $addon:"*) changed+=("$addon") ;;
        *) new+=("$addon") ;;
        esac
    done
    [ $((${#new[@]} + ${#changed[@]})) -gt 0 ] || return 0
    demo_update "$log"
    set_db_comment "$DEMO_DB" "demo $(suite_key)"
}

# Uses the arrays of demo_prepare.
demo_update() {
    local log=$1 arguments=()
    [ ${#new[@]} -eq 0 ] || arguments+=(-i "$(joined "${new[@]}")")
    [ ${#changed[@]} -eq 0 ] || arguments+=(-u "$(joined "${changed[@]}")")
    say "The addons changed: ${new[*]} ${changed[*]}"
    server_stop "$DEMO_PID"
    odoo_shown "$log" -d "$DEMO_DB" "${arguments[@]}" ||
        fail "the demo database could not be updated: $(log_reason "$log") (make reset builds it anew; the whole log: $log)"
}

# The demo's users from the database itself: those with an external id of the suite, their
# company and their roles. Their passwords are their logins.
demo_logins() {
    "$PG_BIN/psql" -d "$1" -At -F '|' <<'SQL'
WITH own AS (
    SELECT res_id FROM ir_model_data
     WHERE model = 'res.users' AND module LIKE 'realestate\_%'
), role AS (
    SELECT g.id,
           CASE WHEN d.module = 'base' THEN 'buyer, in the portal'
                WHEN d.module = 'account' THEN 'Accountant'
                ELSE g.name ->> 'en_US' END AS name
      FROM res_groups g
      JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = g.id
     WHERE d.module LIKE 'realestate\_%'
        OR d.module || '.' || d.name IN ('account.group_account_manager', 'base.group_portal')
)
SELECT u.login, c.name,
       CASE WHEN u.login = 'admin' THEN 'Administrator, sees everything'
            ELSE COALESCE(string_agg(role.name, ', ' ORDER BY role.id), 'no role') END
  FROM res_users u
  JOIN res_company c ON c.id = u.company_id
  LEFT JOIN res_groups_users_rel r ON r.uid = u.id
  LEFT JOIN role ON role.id = r.gid
 WHERE u.active AND (u.login = 'admin' OR u.id IN (SELECT res_id FROM own))
 GROUP BY u.id, c.id
 ORDER BY u.login <> 'admin', u.share, c.id, u.id
SQL
}

print_logins() {
    local login company role
    say "Log in with one of these; the password is the login:"
    demo_logins "$1" | while IFS='|' read -r login company role; do
        printf '    %-14s %-26s %s\n' "$login" "$company" "$role"
    done
}
