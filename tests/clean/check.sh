#!/bin/bash
# On a clean Debian 12 (a minimal root made by mmdebstrap from this machine's own package sources), a fresh
# clone's ./run and ./test do what the README says. Prints TAP. Needs root; leaves nothing behind.
# clean/check.sh [run|SUITE...]: with `run` only ./run, with names only these suites of ./test.
set -euo pipefail
cd "$(dirname "$0")/../.."
top=$PWD
root=$(mktemp -d)
clean_up() {
    for place in proc dev/pts dev/shm dev sys .; do umount -l "$root/$place" 2>/dev/null || true; done
    rm -rf --one-file-system "$root"
}
trap clean_up EXIT
count=0
verdict() { # verdict STATUS NAME LOG
    count=$((count + 1))
    if [ "$1" = 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; fi
    [ "$1" = 0 ] || { grep -A 8 -E "^(==== |not ok)" "$3" | cut -c1-300 | tail -n 80 || true; tail -n 20 "$3"; } | sed 's/^/# /'
}

sources=$(find /etc/apt/sources.list.d/*debian.sources /etc/apt/sources.list -size +0 2>/dev/null | head -n 1 || true)
mmdebstrap --quiet --variant=minbase --include=ca-certificates bookworm "$root" "$sources"
# what this machine hands a guest so that it reaches the packages: names, certificates, npm's settings
hand() { [ ! -e "$1" ] || { mkdir -p "$root$(dirname "$1")" && cp -rL "$1" "$root$1"; }; }
for file in /etc/resolv.conf /etc/hosts /etc/apt/apt.conf.d/*proxy* "${SSL_CERT_FILE:-/none}" "${NODE_EXTRA_CA_CERTS:-/none}"; do
    hand "$file"
done
for npmrc in "$HOME/.npmrc" /usr/etc/npmrc /etc/npmrc; do
    [ ! -f "$npmrc" ] || cat "$npmrc" >>"$root/root/.npmrc"
done
mount --bind "$root" "$root" # a root that is no mount point lets nobody make mount namespaces
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t sysfs sysfs "$root/sys"
git clone -q "$top" "$root/onrecord"
[ ! -d "${ONRECORD_SHARED:-../shared}" ] || {
    mkdir -p "$root/shared" && cp -rL "${ONRECORD_SHARED:-../shared}/reliability" "$root/shared/"
}
inside() {
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${CI:+CI="$CI"} \
        ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE"} \
        ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} \
        chroot "$root" /bin/bash -c "cd /onrecord && $1"
}

log=$(mktemp)
inside "./run --listen 127.0.0.1:0 --admin-listen 127.0.0.1:0" >"$log" 2>&1 &
runner=$!
status=1
for _ in $(seq 600); do
    grep -q '^Ctrl-C stops it' "$log" && status=0 && break
    kill -0 "$runner" 2>/dev/null || break
    sleep 1
done
verdict "$status" "./run installs, builds and starts" "$log"
if [ "$status" = 0 ]; then
    command=$(sed -n "/^  curl/{N;p}" "$log")
    status=0
    bash -c "$command" >"$log.answer" 2>&1 && grep -q '"commitments":' "$log.answer" || status=1
    verdict "$status" "the curl line that ./run printed works" "$log.answer"
    server=$(pgrep -P "$runner" -x onrecord || echo "$runner")
    kill -TERM "$server"
    wait "$runner" && status=0 || status=$?
    verdict "$status" "SIGTERM ends ./run with status 0" "$log"
fi
if [ "${1:-}" != run ]; then
    # All but `container`: no container starts inside a chroot. Where ./test runs on a machine, it does.
    [ $# -gt 0 ] || set -- unit cases http lint fuzz bench browser
    inside "./test $*" >"$log" 2>&1 && status=0 || status=$?
    verdict "$status" "./test installs what it needs and passes: $(tail -n 1 "$log")" "$log"
fi
echo "1..$count"
rm -f "$log" "$log.answer"
