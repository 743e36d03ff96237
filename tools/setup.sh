#!/bin/sh
# setup.sh GROUP...: installs the Debian packages that a group of tasks needs, and says what it does.
#   build  what ./run needs: compiler, meson, libraries
#   test   what ./test needs on top of it: cmocka, clang's tools, Python modules, containers, a load
#          generator, judges from npm
# Quick and silent when everything is there. Works as root or through sudo.
set -eu
cd "$(dirname "$0")/.."

# A word is a package, or PACKAGE=COMMAND where the command may also have come from elsewhere.
build="gcc=gcc libc6-dev meson=meson ninja-build=ninja pkg-config=pkg-config python3-minimal=/usr/bin/python3
    ca-certificates libcjson-dev libcurl4-openssl-dev libidn2-dev libmicrohttpd-dev libseccomp-dev libuchardet-dev
    libssl-dev libxml2-dev zlib1g-dev"
test="clang-14=clang-14 clang-format-14=clang-format-14 clang-tidy-14=clang-tidy-14 libclang-rt-14-dev
    libcmocka-dev curl=curl git=git iproute2=ip jq=jq nginx-light=/usr/sbin/nginx nodejs=node npm=npm python3-jsonschema python3-yaml
    buildah=buildah chromium=chromium fonts-dejavu-core mmdebstrap=mmdebstrap netavark openssl=openssl podman=podman runc=runc systemd=systemd-analyze valgrind=valgrind wrk=wrk"

has() {
    case $1 in
    *=*) command -v "${1#*=}" >/dev/null ;;
    *) dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$' ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi
}

install() {
    command -v apt-get >/dev/null || {
        echo "setup: this is no Debian system; please install what stands for:$*" >&2
        exit 1
    }
    echo "setup: installing $*"
    log=$(mktemp)
    as_root apt-get -q update >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 \
            install -y --no-install-recommends "$@" >>"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        echo "setup: the packages could not be installed; apt-get's whole output is in $log" >&2
        exit 1
    }
    rm -f "$log"
}

# Judges that come from npm, at the versions of the lock file; node_modules/ is not committed.
install_npm() { # install_npm FOLDER WHAT
    cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock" && return
    echo "setup: installing $2 from npm"
    npm --prefix "$1" ci --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null
    cp "$1/package-lock.json" "$1/node_modules/.installed-lock"
}

[ $# -gt 0 ] || set -- build
missing=
for group; do
    case $group in
    build) words=$build ;;
    test) words=$test ;;
    *) echo "setup: no group $group; there are build, test" >&2; exit 2 ;;
    esac
    for word in $words; do
        has "$word" || missing="$missing ${word%%=*}"
    done
done
# shellcheck disable=SC2086  # a list of words
[ -z "$missing" ] || install $missing
case " $* " in
*" test "*)
    install_npm tests/openapi "the OpenAPI linter"
    install_npm tests/edtf "the EDTF parser"
    install_npm tests/browser "what drives the browser"
    install_npm tests/deploy "the schemas of Kubernetes"
    ;;
esac
