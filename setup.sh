#!/usr/bin/env bash
# Sets Plumbline up on Debian, Ubuntu, Raspberry Pi OS or JetPack; run it as often as you like.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export LC_ALL=C.UTF-8 PATH="$PATH:/usr/sbin:/usr/local/sbin" # Debian's brokers live where a user's PATH does not look
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUNBUFFERED=1

usage() {
    cat <<'HELP'
usage: ./setup.sh [--plan] [--wheels FOLDER] [demo | test] [ARGUMENTS]

  ./setup.sh          set up: Debian packages, .venv, locked Python packages, the networks
  ./setup.sh demo     set up, then run the main job on the recording that comes with it
  ./setup.sh test     set up with the test tools, then run every check and every test

  --plan              say what would be done and do nothing
  --wheels FOLDER     take the Python packages from this folder, not from the network
  --help              this text

ARGUMENTS go to `plumbline demo` or to pytest. A second run does only what has changed.
HELP
}

plan=""
wheels=""
task="setup"
while (($#)); do
    case "$1" in
    --help | -h) usage && exit 0 ;;
    --plan) plan=yes ;;
    --wheels)
        wheels="$(realpath -e -- "${2:-}" 2>/dev/null)" || { echo "--wheels: '${2:-}' is not a folder, name the one with the wheels" >&2 && exit 2; }
        shift
        ;;
    demo | test) task="$1" && shift && break ;;
    *) echo "setup.sh does not know '$1', see ./setup.sh --help" >&2 && exit 2 ;;
    esac
    shift
done

# ---- one line a step -------------------------------------------------------------------------------------------------

log="$(mktemp "${TMPDIR:-/tmp}/plumbline-setup.XXXXXX.log")"
trap 'status=$?; ((status)) || rm -f "$log"' EXIT

note() { printf '  %s\n' "$*"; }

fail() {
    printf '✗ %s\n' "$*" >&2
    exit 1
}

step() { # step NAME COMMAND...: run it quietly; a tick and seconds, or the end of the log
    local name="$1" start_us="${EPOCHREALTIME/[.,]/}" elapsed_ms
    shift
    if [[ -n "$plan" ]]; then
        note "would: $name"
        return
    fi
    [[ ! -t 1 ]] || printf '… %s\r' "$name"
    printf '\n== %s\n' "$name" >>"$log"
    if ! "$@" >>"$log" 2>&1; then
        printf '✗ %s\n' "$name" >&2
        tail -n 25 "$log" >&2
        fail "stopped at '$name'; everything it said is in $log"
    fi
    elapsed_ms=$(((${EPOCHREALTIME/[.,]/} - start_us) / 1000))
    printf '✓ %-44s %4d.%d s\n' "$name" $((elapsed_ms / 1000)) $((elapsed_ms % 1000 / 100))
}

# ---- Python ----------------------------------------------------------------------------------------------------------

suits() { "$1" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() { # the first Python that the locks were made for
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11 python3.10; do
        if suits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

board() { # what the device tree calls this machine; a PC has none
    [[ ! -r /proc/device-tree/model ]] || tr -d '\0' </proc/device-tree/model
}

on_board() { [[ "$(board)" == *"Raspberry Pi"* || "$(board)" == *Jetson* || "$(board)" == *Orin* ]]; }

# ---- Debian packages -------------------------------------------------------------------------------------------------

installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

needed_packages() { # without these the task cannot go on
    local python
    python="$(find_python)"
    if [[ -z "$python" ]]; then
        command -v python3 >/dev/null || echo python3 python3-venv
    elif ! suits .venv/bin/python && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python-venv"
    fi
    if [[ "$task" != setup ]]; then
        command -v mosquitto >/dev/null || echo mosquitto
    fi
    if [[ "$task" == test && "$(uname -m)" != x86_64 ]]; then # elsewhere the test lock brings it
        command -v shellcheck >/dev/null || echo shellcheck
    fi
}

wanted_packages() { # with these it does more, or looks better
    [[ "$task" != setup ]] || command -v mosquitto >/dev/null || echo mosquitto
    installed fonts-inter || wanted_font
    if on_board; then # the platform's own pygame can draw without a desktop, the wheel cannot
        local package
        for package in python3-pygame libegl1 libgles2 libgbm1 libgl1-mesa-dri; do
            installed "$package" || echo "$package"
        done
    fi
    if [[ "$(board)" == *"Raspberry Pi"* ]]; then
        installed python3-picamera2 || echo python3-picamera2
        installed python3-lgpio || echo python3-lgpio
    fi
}

wanted_font() {
    if listed && command -v apt-cache >/dev/null && ! apt-cache show fonts-inter >/dev/null 2>&1; then
        installed fonts-dejavu-core || echo fonts-dejavu-core
    else
        echo fonts-inter
    fi
}

listed() { compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; }

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif [[ -t 0 ]]; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

may_install() {
    command -v apt-get >/dev/null && { ((EUID == 0)) || { command -v sudo >/dev/null && as_root true 2>/dev/null; }; }
}

apt_install() { as_root apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"; }

install_packages() { # each by itself at the last: one unknown name must not cost the others
    local package
    if listed && apt_install "$@"; then return; fi
    as_root apt-get update -o DPkg::Lock::Timeout=120 || true
    if apt_install "$@"; then return; fi
    for package in "$@"; do
        apt_install "$package" || echo "$package could not be installed"
    done
}

switch_broker_off() { # ours is private and started on demand; a system-wide one is for its owner to want
    as_root systemctl disable mosquitto.service || as_root update-rc.d mosquitto disable || true
    as_root systemctl stop mosquitto.service || as_root service mosquitto stop || true
}

provide_packages() {
    local needed wanted missing had_broker=""
    mapfile -t needed < <(needed_packages | tr ' ' '\n')
    mapfile -t wanted < <(wanted_packages)
    missing=("${needed[@]}" "${wanted[@]}")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    ! command -v mosquitto >/dev/null || had_broker=yes
    if [[ -n "$plan" ]] || may_install; then
        step "Debian packages: ${missing[*]}" install_packages "${missing[@]}"
        if [[ -z "$had_broker" ]] && command -v mosquitto >/dev/null; then
            step "mosquitto's system service switched off" switch_broker_off
            note "the demo and the tests start private brokers of their own; switch it on again with"
            note "systemctl enable --now mosquitto"
        fi
    fi
    [[ -z "$plan" ]] || return 0
    mapfile -t needed < <(needed_packages | tr ' ' '\n')
    mapfile -t wanted < <(wanted_packages)
    ((${#needed[@]} == 0)) || fail "missing: ${needed[*]}; install with: sudo apt-get install ${needed[*]}"
    ((${#wanted[@]} == 0)) || note "going on without: ${wanted[*]} (install with: sudo apt-get install ${wanted[*]})"
}

# ---- .venv -----------------------------------------------------------------------------------------------------------

stamps=.venv/.setup

make_environment() {
    local options=()
    on_board && options+=(--system-site-packages) # picamera2, TensorRT and KMSDRM's pygame come with the platform
    "$python" -m venv --clear "${options[@]}" .venv && mkdir -p "$stamps" && pwd >"$stamps/place"
}

environment_stands() { # a checkout that was moved takes none of its old paths along
    suits .venv/bin/python && [[ "$(cat "$stamps/place" 2>/dev/null || pwd)" == "$PWD" ]]
}

pip_install() {
    local source=()
    [[ -z "$wheels" ]] || source=(--no-index --find-links "$wheels")
    .venv/bin/python -m pip install "${source[@]}" "$@"
}

install_lock() { pip_install --require-hashes --only-binary :all: -r "$1"; }

install_ourselves() { .venv/bin/python -m pip install --no-index --no-deps --no-build-isolation -e .; }

changed() { # changed STAMP FILE...: true when these files are not as they were when STAMP was set
    local stamp="$1"
    shift
    [[ "$(sha256sum "$@" 2>/dev/null)" != "$(cat "$stamps/$stamp" 2>/dev/null)" ]]
}

remember() {
    local stamp="$1"
    shift
    [[ -n "$plan" ]] || { mkdir -p "$stamps" && sha256sum "$@" >"$stamps/$stamp"; }
}

provide_environment() {
    local lock=requirements.lock
    [[ "$task" != test ]] || lock=tests/requirements.lock
    environment_stands || step "environment .venv ($("$python" --version))" make_environment
    if changed "${lock%%/*}" "$lock"; then
        step "Python packages of $lock" install_lock "$lock"
        remember "${lock%%/*}" "$lock"
    fi
    if changed plumbline pyproject.toml; then
        step "plumbline itself" install_ourselves
        remember plumbline pyproject.toml
    fi
}

# ---- networks --------------------------------------------------------------------------------------------------------

list_networks() { # what they are made of, and what came out: an altered network is made again
    mapfile -t network_files < <(echo requirements.lock && find models calibration/int8 -path models/cache -prune -o \
        -type f \( -name '*.py' -o -name '*.json' -o -name '*.toml' -o -name '*.onnx' \) -print | sort)
}

provide_networks() { # the tests want them all, a station only what it runs
    local extent=station network_files
    [[ "$task" != test ]] || extent=all
    list_networks
    changed "networks-$extent" "${network_files[@]}" || return 0
    if [[ "$extent" == station ]]; then
        step "networks" .venv/bin/python -m models.build --station
    else
        step "networks" .venv/bin/python -m models.build
    fi
    list_networks
    remember networks-station "${network_files[@]}"
    [[ "$extent" == station ]] || remember networks-all "${network_files[@]}"
}

# ---- the task --------------------------------------------------------------------------------------------------------

check() { # everything a change must pass, in the order of how fast it fails
    step "format" .venv/bin/ruff format --check .
    step "lint" .venv/bin/ruff check .
    step "shell" env PATH="$PWD/.venv/bin:$PATH" shellcheck setup.sh .ci/run
    step "floors" .venv/bin/lint-imports
    step "types" .venv/bin/mypy
    [[ -z "$plan" ]] || { note "would: tests" && return; }
    .venv/bin/pytest -q "$@"
}

case "$(uname -s)-$(uname -m)" in
Linux-x86_64 | Linux-aarch64) ;;
*) fail "Plumbline runs on Linux on x86_64 and aarch64, this is $(uname -s) on $(uname -m)" ;;
esac

provide_packages
python="$(find_python)"
[[ -n "$python" ]] ||
    fail "Plumbline needs Python 3.10 to 3.13, found $(python3 --version 2>/dev/null || echo none); install one of them and run this again"
provide_environment
provide_networks

case "$task" in
setup) [[ -n "$plan" ]] || note "ready; ./setup.sh demo shows it at work" ;;
demo)
    [[ -z "$plan" ]] || { note "would: demo" && exit; }
    rm -f "$log"
    exec .venv/bin/plumbline demo "$@"
    ;;
test) check "$@" ;;
esac
