#!/usr/bin/env bash
# Every check and every test: bash tests/all.sh
#
# Formatting, lints, licences, and the tests on SQLite and on a PostgreSQL of its own, which is made
# in a temporary folder, listens on a socket in it alone, and is removed at the end. With CI=true
# nothing that a test needs may be missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'tests/all.sh: %s\n' "$*" >&2; exit 1; }
in_ci() { [[ "${CI:-}" == true ]]; }

# --- what is needed ---------------------------------------------------------------------------------
postgres_bin() { # the newest server on this machine
    local initdb
    initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 || true)
    [[ -n $initdb ]] || initdb=$(command -v initdb || true)
    [[ -z $initdb ]] || dirname "$(readlink -f "$initdb")"
}

command -v cargo >/dev/null || fail "cargo is missing: install Rust 1.95 or later"
command -v cc >/dev/null || [[ $EUID -eq 0 ]] || fail "a C compiler is missing: install gcc and libc6-dev"
missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
[[ -n $(postgres_bin) ]] || missing+=(postgresql)
if ((${#missing[@]})); then
    if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
        say "installing ${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
    elif in_ci; then
        fail "missing: ${missing[*]}"
    else
        echo "Missing: ${missing[*]} (Debian: apt-get install ${missing[*]}). The tests that need it are skipped."
    fi
fi

# --- where to build ---------------------------------------------------------------------------------
shared_target="$HOME/.cache/aiqyn/target"
if [[ -z ${CARGO_TARGET_DIR:-} ]] && { in_ci || [[ -d $shared_target ]]; }; then
    export CARGO_TARGET_DIR="$shared_target"
fi
if [[ -n ${CARGO_TARGET_DIR:-} ]]; then
    mkdir -p "$CARGO_TARGET_DIR"
    # Other clones may build there too, and cargo goes by the files' times: one that is older than
    # another clone's build would pass for built.
    find Cargo.toml askama.toml src tests benches migrations -type f -exec touch {} +
fi

# --- a PostgreSQL for the tests ---------------------------------------------------------------------
folder=
as_postgres() { # initdb and postgres refuse to run as root
    if [[ $EUID -eq 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
clean_up() {
    [[ -n $folder ]] || return 0
    as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [[ -z ${AIQYN_TEST_POSTGRES:-} ]] && bin=$(postgres_bin) && [[ -n $bin ]]; then
    say "PostgreSQL: $("$bin/postgres" --version)"
    folder=$(mktemp -d /tmp/aiqyn-test-XXXXXX) # short: a socket's path has 107 bytes at most
    [[ $EUID -ne 0 ]] || chown postgres "$folder"
    as_postgres "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-locale -E UTF8 -N >/dev/null
    # Nothing here must outlive the run, so nothing need reach the disk.
    as_postgres "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
        start >/dev/null || { cat "$folder/log" >&2; fail "PostgreSQL does not start"; }
    export AIQYN_TEST_POSTGRES="postgres://postgres@${folder//\//%2F}/postgres"
fi

# --- checks -----------------------------------------------------------------------------------------
check() { # name of the component, then the command
    local component=$1
    shift
    if cargo "$component" --version >/dev/null 2>&1; then
        say "$*"
        "$@"
    elif in_ci; then
        fail "cargo $component is missing: rustup component add $([[ $component == fmt ]] && echo rustfmt || echo "$component")"
    else
        echo "SKIPPED: cargo $component is not installed"
    fi
}
check fmt cargo fmt --check
check clippy cargo clippy --all-targets --locked -- -D warnings

if cargo deny --version >/dev/null 2>&1; then
    # It reads the licences of what other systems would need too, which no build here has fetched.
    cargo fetch --locked --quiet
fi
if ! cargo deny --version >/dev/null 2>&1; then
    echo "SKIPPED: cargo-deny is not installed (licences and advisories were not checked)"
elif compgen -G "${CARGO_HOME:-$HOME/.cargo}/advisory-db*/*" >/dev/null; then
    say "cargo deny check"
    cargo deny --locked --offline check
else
    say "cargo deny check bans licenses sources"
    cargo deny --locked --offline check bans licenses sources
    echo "SKIPPED: cargo-deny advisories: the advisory database is not on this machine"
fi

# --- tests ------------------------------------------------------------------------------------------
say "cargo test --locked"
cargo test --locked --no-fail-fast
