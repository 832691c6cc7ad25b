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

# demo_install NAME LOGFILE [ODOO-ARGUMENTS…]: a database with the suite and its demo. The
# caller has called pg_env.
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

# The demo's users by role, from the database itself: those that the suite's demo data
# brought, with their groups. Their passwords are their logins.
demo_logins() {
    "$PG_BIN/psql" -d "$1" -At -F '|' <<'SQL'
SELECT u.login,
       CASE WHEN u.login = 'admin' THEN 'administrator, sees everything'
            ELSE COALESCE(string_agg(
                COALESCE(p.name ->> 'en_US' || ': ', '') || (g.name ->> 'en_US'),
                ', ' ORDER BY g.id), 'no role') END,
       c.name
  FROM res_users u
  JOIN res_company c ON c.id = u.company_id
  LEFT JOIN ir_model_data own ON own.model = 'res.users' AND own.res_id = u.id
       AND own.module LIKE 'realestate\_%'
  LEFT JOIN (res_groups_users_rel r
       JOIN res_groups g ON g.id = r.gid
       JOIN ir_model_data gd ON gd.model = 'res.groups' AND gd.res_id = g.id
            AND (gd.module LIKE 'realestate\_%' OR gd.module || '.' || gd.name = 'base.group_portal')
       LEFT JOIN res_groups_privilege p ON p.id = g.privilege_id) ON r.uid = u.id
 WHERE u.active AND (own.id IS NOT NULL OR u.login = 'admin')
 GROUP BY u.id, u.login, c.name
 ORDER BY (u.login <> 'admin'), u.share, c.name, u.id
SQL
}

print_logins() {
    local login role company
    printf '    %-22s %-22s %-34s %s\n' login password role company
    demo_logins "$1" | while IFS='|' read -r login role company; do
        printf '    %-22s %-22s %-34s %s\n' "$login" "$login" "$role" "$company"
    done
}
