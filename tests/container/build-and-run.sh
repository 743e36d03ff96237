#!/bin/bash
# Builds the image from nothing (a base image made from this machine's own package sources), runs it as
# hardened as it may be run, asks it, stops it, and prints TAP. Needs root; leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
port=${PORT:-$((20000 + RANDOM % 10000))}
work=$(mktemp -d)
begun=$SECONDS

cat >"$work/storage.conf" <<EOF
[storage]
driver = "overlay"
runroot = "$work/run"
graphroot = "$work/store"
EOF
cat >"$work/containers.conf" <<EOF
[network]
network_backend = "netavark"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
netns = "host"
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
EOF
export CONTAINERS_STORAGE_CONF=$work/storage.conf CONTAINERS_CONF=$work/containers.conf BUILDAH_ISOLATION=chroot

clean_up() {
    podman rm -fa >/dev/null 2>&1 || true
    umount -l "$work/store/overlay" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

count=0
check() { # check NAME COMMAND...: one line of TAP
    local name=$1
    shift
    count=$((count + 1))
    if "$@" >"$work/said" 2>&1; then
        echo "ok $count - $name ($((SECONDS - begun)) s)"
    else
        echo "not ok $count - $name"
        tail -n 40 "$work/said" | sed 's/^/# /'
        return 1
    fi
}

base_image() {
    local sources
    sources=$(find /etc/apt/sources.list.d/*debian.sources /etc/apt/sources.list -size +0 2>/dev/null | head -n 1 || true)
    mmdebstrap --quiet --variant=minbase --include=usr-is-merged \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' bookworm "$work/base.tar" "$sources"
    podman import -q "$work/base.tar" localhost/debian:bookworm-slim
}

build() { buildah bud --network host --format docker --layers=false -t onrecord:test .; }
inspect() { podman image inspect onrecord:test --format "$1"; }
size() { podman image inspect "$1" --format '{{.Size}}'; }
user_is_numeric() { [ "$(inspect '{{.Config.User}}')" = 10001:10001 ]; }
signal_is_term() { [ "$(inspect '{{.Config.StopSignal}}')" = SIGTERM ]; }

start() {
    podman run -d --name onrecord-test --health-interval=disable --read-only --read-only-tmpfs=false \
        --cap-drop=ALL --security-opt=no-new-privileges --memory=128m --pids-limit=64 \
        -e ONRECORD_LISTEN=127.0.0.1:"$port" onrecord:test
    for _ in $(seq 50); do
        podman healthcheck run onrecord-test && return
        sleep 0.1
    done
    podman logs onrecord-test
    return 1
}

answers() {
    curl -fsS "http://127.0.0.1:$port/v1/summaries?published=2021-04-07" -H 'Content-Type: text/plain' \
        --data 'Canada will send 200 nurses to Haiti by May 1, Health Minister Anna Roy said on Wednesday.' |
        tee "$work/answer"
    grep -q '"commitments":\[' "$work/answer"
}

stops_with_0() {
    podman stop -t 30 onrecord-test
    [ "$(podman inspect onrecord-test --format '{{.State.ExitCode}}')" = 0 ]
}

check "a base image from the machine's own sources" base_image
check "the image builds" build
check "its user is numeric and not root" user_is_numeric
check "it stops on SIGTERM" signal_is_term
check "it runs read-only, without capabilities, in 128 MB, and is healthy" start
check "it summarises" answers
check "it stops with status 0 inside 30 s" stops_with_0
echo "# size over the base: $((($(size onrecord:test) - $(size localhost/debian:bookworm-slim)) / 1000)) kB"
echo "1..$count"
