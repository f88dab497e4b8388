#!/usr/bin/env bash
# The page of examples/web in a real browser: scripts/browser.sh [SERVER]. Builds the server, unless one is named.
set -u
. "$(dirname "$0")/lib.sh"

install_missing chromium npm fonts-noto-cjk

server=${1-}
if [ -z "$server" ]; then
    install_missing g++ cmake ninja-build
    quietly browser-configure cmake --preset release
    quietly browser-build cmake --build --preset release --target tcp_server
    server=$PWD/build/release/bin/tcp_server
fi
server=$(realpath "$server")

cd tests/browser || exit
[ -d node_modules/playwright-core ] || npm ci --silent || die "npm could not install playwright-core"
exec node page_test.mjs "$server"
