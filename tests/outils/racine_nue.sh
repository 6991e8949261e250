#!/bin/sh
# A bare Debian 12 made by debootstrap; clones the repository into it and runs there what the README promises.
#   tests/outils/racine_nue.sh [DOSSIER] [VERBE…]      (root only; verbs: demo check)
# Packages come from the mirror that this machine's apt is set up with. Not part of `make check`.
set -eu
depot=$(cd "$(dirname "$0")/../.." && pwd)
racine=${1:-/tmp/racine-nue}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- demo check
[ "$(id -u)" = 0 ] || { echo "racine_nue : il faut être root" >&2; exit 3; }
command -v debootstrap >/dev/null || { echo "racine_nue : il manque debootstrap" >&2; exit 3; }

# The first mirror of the plain Debian archive among the sources, one-line or deb822.
miroir=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n 's/^deb \(\[[^]]*\] *\)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' | grep -E '/debian/?$' | head -n 1)
[ -n "$miroir" ] || { echo "racine_nue : aucun miroir Debian dans les sources d'apt" >&2; exit 3; }

demonter() {
    for point in dev/shm dev proc; do mountpoint -q "$racine/$point" && umount "$racine/$point"; done
    return 0
}
trap demonter EXIT
if [ ! -x "$racine/usr/bin/apt-get" ]; then
    debootstrap --variant=minbase bookworm "$racine" "$miroir"
fi
# Reach the mirror as this machine does.
cp /etc/resolv.conf "$racine/etc/resolv.conf"
mkdir -p "$racine/etc/apt/apt.conf.d"
cp /etc/apt/apt.conf.d/*proxy* "$racine/etc/apt/apt.conf.d/" 2>/dev/null || :
mountpoint -q "$racine/proc" || mount -t proc proc "$racine/proc"
mountpoint -q "$racine/dev" || { mount --bind /dev "$racine/dev" && mount -t tmpfs tmpfs "$racine/dev/shm"; }

rm -rf "$racine/root/sons"
git clone -q "$depot" "$racine/root/sons"
for verbe; do
    debut=$(date +%s)
    if chroot "$racine" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        sh -c 'cd /root/sons && ./dev "$1" </dev/null' sh "$verbe"; then rc=0; else rc=$?; fi
    printf 'racine_nue : ./dev %s : code %d, %d s\n' "$verbe" "$rc" $(($(date +%s) - debut))
    [ "$rc" = 0 ] || exit "$rc"
done
