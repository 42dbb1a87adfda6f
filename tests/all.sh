#!/usr/bin/env bash
# Every check and every test: bash tests/all.sh
#
# Formatting, lints, licences, and the tests on SQLite and on a PostgreSQL of its own, which is made
# in a temporary folder, listens on a socket in it alone, and is removed at the end. The pages are
# walked through in Chromium, and axe-core, which is kept outside the repository, looks at each; so are
# schemathesis, which asks the API, and moto, an S3 server. With CI=true nothing that a test needs may be missing.
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

has_chromium() { [[ -n ${AIQYN_TEST_CHROMEDRIVER:-} ]] || { command -v chromium && command -v chromedriver; } >/dev/null; }

# axe-core, out of a package that holds it; one version, known by its sum.
axe_package=axe-playwright-python==0.1.8 # axe-core 4.12.1
axe_sum=84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc
axe_file=${AIQYN_TEST_AXE:-$HOME/.cache/aiqyn/axe-$axe_sum.js}
has_axe() { [[ -f $axe_file ]] && echo "$axe_sum  $axe_file" | sha256sum --check --status; }

# Programs in Python, each in a folder outside the repository that has the name of its list; the list names every part
# by version and sum.
package_folder() { echo "$HOME/.cache/aiqyn/$1-$(sha256sum "$2" | cut -c1-16)"; }
schema_list=tests/attacks/schemathesis.txt
schema_folder=${AIQYN_TEST_SCHEMATHESIS:-$(package_folder schemathesis $schema_list)}
moto_list=tests/moto.txt
moto_folder=$(package_folder moto $moto_list)
has_package() { PYTHONPATH=$1 python3 -c "import $2" >/dev/null 2>&1; }
has_schemathesis() { has_package "$schema_folder" schemathesis; }
has_moto() { has_package "$moto_folder" moto.server; }

command -v cargo >/dev/null || fail "cargo is missing: install Rust 1.95 or later"
command -v cc >/dev/null || [[ $EUID -eq 0 ]] || fail "a C compiler is missing: install gcc and libc6-dev"
missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
[[ -n $(postgres_bin) ]] || missing+=(postgresql)
# It judges the unit of deploy/; nothing is started by it.
command -v systemd-analyze >/dev/null || missing+=(systemd)
has_chromium || missing+=(chromium chromium-driver)
{ has_axe && has_schemathesis && has_moto; } || python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)
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

fetch_axe() {
    local folder
    folder=$(mktemp -d)
    python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$folder" "$axe_package" &&
        python3 -m zipfile -e "$folder"/*.whl "$folder" &&
        mkdir -p "$(dirname "$axe_file")" &&
        mv "$folder"/axe_playwright_python/axe.min.js "$axe_file"
    rm -rf "$folder"
    has_axe
}
if has_axe || { python3 -m pip --version >/dev/null 2>&1 && say "fetching axe-core" && fetch_axe; }; then
    export AIQYN_TEST_AXE=$axe_file
elif in_ci; then
    fail "axe-core is missing: python3 -m pip download $axe_package, then AIQYN_TEST_AXE=…/axe.min.js"
else
    unset AIQYN_TEST_AXE
    echo "SKIPPED: axe-core is not here (python3 -m pip download $axe_package; AIQYN_TEST_AXE=…/axe.min.js)"
fi

fetch_package() { # the folder, then the list
    local new
    mkdir -p "$(dirname "$1")"
    new=$(mktemp -d "$1.XXXXXX")
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --no-compile \
        --only-binary :all: --require-hashes --target "$new" --requirement "$2" &&
        rm -rf "$1" &&
        mv "$new" "$1"
    rm -rf "$new"
}
if has_schemathesis || { python3 -m pip --version >/dev/null 2>&1 && say "fetching schemathesis" && fetch_package "$schema_folder" $schema_list && has_schemathesis; }; then
    export AIQYN_TEST_SCHEMATHESIS=$schema_folder
elif in_ci; then
    fail "schemathesis is missing: python3 -m pip install --target … --requirement $schema_list, then AIQYN_TEST_SCHEMATHESIS=…"
else
    unset AIQYN_TEST_SCHEMATHESIS
    echo "SKIPPED: schemathesis is not here (python3 -m pip install --target … --requirement $schema_list; AIQYN_TEST_SCHEMATHESIS=…)"
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
s3_process=
s3_log=
as_postgres() { # initdb and postgres refuse to run as root
    if [[ $EUID -eq 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
clean_up() {
    [[ -z $s3_process ]] || kill "$s3_process" 2>/dev/null || true
    [[ -z $s3_log ]] || rm -f "$s3_log"
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

# --- an S3 server for the tests ---------------------------------------------------------------------
start_s3() {
    s3_log=$(mktemp)
    PYTHONPATH=$moto_folder python3 -m moto.server -H 127.0.0.1 -p 0 >"$s3_log" 2>&1 &
    s3_process=$!
    local endpoint=
    for _ in {1..150}; do
        endpoint=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' "$s3_log" || true)
        [[ -z $endpoint ]] || break
        sleep 0.2
    done
    export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_ENDPOINT_URL=$endpoint
    PYTHONPATH=$moto_folder python3 -c "import boto3; boto3.client('s3').create_bucket(Bucket='aiqyn-test')" &&
        export AIQYN_TEST_S3=s3://aiqyn-test
}
if [[ -z ${AIQYN_TEST_S3:-} ]]; then
    if has_moto || { python3 -m pip --version >/dev/null 2>&1 && say "fetching moto" && fetch_package "$moto_folder" $moto_list && has_moto; }; then
        say "S3: moto"
        start_s3 || { cat "$s3_log" >&2; fail "moto does not start"; }
    elif in_ci; then
        fail "moto is missing: python3 -m pip install --require-hashes --requirement $moto_list"
    else
        echo "SKIPPED: moto is not here ($moto_list): documents are tested in folders alone"
    fi
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
