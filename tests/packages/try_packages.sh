#!/usr/bin/env bash
# Tries the packages as people do, on fresh systems: Debian 12 gets the .deb and the bundle, Debian 13 the bundle. In each a clip
# is generated and the window opened on a virtual screen; the package is removed again, and what the artist made stays.
# Usage: try_packages.sh FOLDER_WITH_PACKAGES [SCRATCH]     Needs root, debootstrap and a Debian mirror; 77: skipped.
set -uo pipefail
packages=$(realpath "${1:?the folder with the packages}")
scratch=${2:-$(mktemp -d)}
mirror=${KINORA_DEBIAN_MIRROR:-$(sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)}
[ "$(id -u)" = 0 ] || { echo "skipped: root is needed for debootstrap"; exit 77; }
command -v debootstrap >/dev/null || { echo "skipped: debootstrap isn't installed"; exit 77; }
deb=$(ls "$packages"/kinora_*_amd64.deb 2>/dev/null | head -n 1)
bundle=$(ls "$packages"/kinora-*-x86_64.tar.zst 2>/dev/null | head -n 1)
[ -n "$deb" ] && [ -n "$bundle" ] || { echo "make them first: packaging/package deb and packaging/package bundle"; exit 1; }

failures=0
check() { local what=$1; shift; if "$@" >"$scratch/last.log" 2>&1; then echo "ok: $what"; else echo "FAILED: $what"; tail -n 8 "$scratch/last.log"; failures=$((failures + 1)); fi; }
inside() { chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

make_system() { # RELEASE
  system=$scratch/$1
  if [ ! -e "$system/.made" ]; then
    rm -rf "$system"
    debootstrap --variant=minbase "$1" "$system" "$mirror" >"$scratch/debootstrap-$1.log" 2>&1 || { echo "skipped: debootstrap of $1 failed"; tail -n 3 "$scratch/debootstrap-$1.log"; exit 77; }
    cp /etc/apt/apt.conf.d/*proxy* "$system/etc/apt/apt.conf.d/" 2>/dev/null
    touch "$system/.made"
  fi
  mkdir -p "$system/packages"
  mountpoint -q "$system/proc" || mount -t proc proc "$system/proc"
  mountpoint -q "$system/packages" || mount --bind "$packages" "$system/packages"
  cp /etc/resolv.conf "$system/etc/resolv.conf" 2>/dev/null
  inside apt-get update -qq >/dev/null 2>&1
}
leave_system() { umount "$system/packages" "$system/proc" 2>/dev/null; }
trap 'leave_system' EXIT

# generates CLI: a clip, and that it is one
generates() {
  inside "$1" generate --prompt "a red balloon rises over green hills at sunset, slow pan right" --seed 7 -o /root/clip.mp4 --overwrite &&
    [ "$(stat -c %s "$system/root/clip.mp4")" -gt 10000 ]
}
# opens STUDIO: the window comes up and stays for five seconds (124: timeout ended it)
opens() {
  inside sh -c "XDG_RUNTIME_DIR=/tmp timeout 20 xvfb-run -a sh -c 'timeout 6 $1; echo \$? >/root/ended'"
  [ "$(cat "$system/root/ended")" = 124 ] && grep -q "The window was shown after" "$system/root/.local/state/kinora/"*.log
}

make_system bookworm
check "bookworm: xvfb for the tests" inside apt-get install -y -qq --no-install-recommends xvfb xauth zstd
started=$(date +%s)
check "bookworm: the .deb is installed" inside apt-get install -y -qq --no-install-recommends "/packages/${deb##*/}"
check "bookworm: a clip is generated" generates kinora-cli
echo "from the file to the first clip: $(($(date +%s) - started)) s; installed: $(inside dpkg-query -W -f '${Installed-Size}' kinora) kB; package: $(stat -c %s "$deb") bytes"
check "bookworm: the window opens" opens kinora
check "bookworm: the manual is there" test -s "$system/usr/share/man/man1/kinora-cli.1.gz"
check "bookworm: bash completes" inside bash -c '. /usr/share/bash-completion/completions/kinora-cli; COMP_WORDS=(kinora-cli gen) COMP_CWORD=1 _kinora_cli; [ "${COMPREPLY[0]}" = generate ]'
check "bookworm: the package is removed" inside apt-get purge -y -qq kinora
check "bookworm: nothing of it is left" bash -c "! ls -d $system/usr/bin/kinora* $system/usr/share/kinora $system/usr/lib/*/kinora 2>/dev/null | grep ."
check "bookworm: what the artist made stays" test -s "$system/root/clip.mp4" -a -d "$system/root/.local/state/kinora"
check "bookworm: libraries of every desktop" inside apt-get install -y -qq --no-install-recommends libgl1 libegl1 libopengl0 fonts-dejavu-core
check "bookworm: the bundle is unpacked" inside tar -C /opt -xf "/packages/${bundle##*/}"
folder=/opt/$(basename "$bundle" .tar.zst)
check "bookworm: the bundle generates" generates "$folder/bin/kinora-cli"
check "bookworm: the bundle's window opens" opens "$folder/bin/kinora"
leave_system

make_system trixie
check "trixie: xvfb for the tests" inside apt-get install -y -qq --no-install-recommends xvfb xauth zstd libgl1 libegl1 libopengl0 fonts-dejavu-core
check "trixie: the bundle is unpacked" inside sh -c "mkdir -p '/root/any folder' && tar -C '/root/any folder' -xf /packages/${bundle##*/}"
inside ln -sfn "/root/any folder/$(basename "$bundle" .tar.zst)" /root/kinora
check "trixie: the bundle generates" generates "/root/any folder/$(basename "$bundle" .tar.zst)/bin/kinora-cli"
check "trixie: the bundle's window opens" opens /root/kinora/bin/kinora
leave_system
echo "$failures failures"
exit "$failures"
