#!/usr/bin/env bash
# Tries the packages as people do, on fresh systems: Debian 12 gets the .deb and the bundle, Debian 13 the bundle. In each a clip
# is generated and the window opened on a virtual screen. Before, the artist has what an older Kinora left (tests/released); the
# package is removed again, and all of that and what was made stays as it was.
# Usage: try_packages.sh FOLDER_WITH_PACKAGES [SCRATCH]   What isn't in the folder isn't tried. Needs root, debootstrap and a
# Debian mirror (KINORA_DEBIAN_MIRROR); 77: skipped. In SCRATCH the fresh systems are kept for the next time.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=$(realpath -m "${1:?the folder with the packages}")
scratch=$(realpath -m "${2:-$(mktemp -d)}")
mirror=${KINORA_DEBIAN_MIRROR:-http://deb.debian.org/debian}
[ "$(id -u)" = 0 ] || { echo "skipped: root is needed for debootstrap"; exit 77; }
command -v debootstrap >/dev/null || { echo "skipped: debootstrap isn't installed"; exit 77; }
deb=$(ls "$packages"/kinora_*_amd64.deb 2>/dev/null | head -n 1)
bundle=$(ls "$packages"/kinora-*-x86_64.tar.zst 2>/dev/null | head -n 1)
[ -n "$deb$bundle" ] || { echo "skipped: make them first, packaging/package deb $packages and packaging/package bundle $packages"; exit 77; }
mkdir -p "$scratch"

failures=0
check() { # WHAT COMMAND…
  local what=$1 begun=$SECONDS; shift
  if "$@" >"$scratch/last.log" 2>&1; then echo "ok: $what ($((SECONDS - begun)) s)"; else echo "FAILED: $what"; tail -n 8 "$scratch/last.log"; failures=$((failures + 1)); fi
}
inside() { chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

make_system() { # RELEASE
  local fresh=$scratch/$1.fresh
  system=$scratch/$1
  if [ ! -e "$fresh.made" ]; then
    rm -rf "$fresh"
    debootstrap --variant=minbase "$1" "$fresh" "$mirror" >"$scratch/debootstrap-$1.log" 2>&1 || { echo "skipped: debootstrap of $1 failed"; tail -n 3 "$scratch/debootstrap-$1.log"; exit 77; }
    cp /etc/apt/apt.conf.d/*proxy* "$fresh/etc/apt/apt.conf.d/" 2>/dev/null
    touch "$fresh.made"
  fi
  rm -rf "$system" && cp -a "$fresh" "$system"
  mkdir -p "$system/packages" "$system/root/Videos/Kinora"
  mount -t proc proc "$system/proc"
  mount --bind "$packages" "$system/packages"
  cp /etc/resolv.conf "$system/etc/resolv.conf" 2>/dev/null
  inside apt-get update -qq >/dev/null 2>&1
  cp -r "$here/../released/home/." "$system/root/"
  cp -r "$here/../released/project-format-1" "$system/root/Videos/Kinora/Old film"
}
leave_system() { umount "$system/packages" "$system/proc" 2>/dev/null; }
trap leave_system EXIT

# generates CLI: a clip, and that it is one
generates() {
  rm -f "$system/root/clip.mp4"
  inside "$1" generate --prompt "a red balloon rises over green hills at sunset, slow pan right" --seed 7 -o /root/clip.mp4 &&
    [ "$(stat -c %s "$system/root/clip.mp4")" -gt 10000 ]
}
# opens STUDIO: the window comes up, with the older Kinora's project, and stays until it is ended
opens() {
  local log=$system/root/.local/state/kinora/kinora.log
  rm -f "$log"
  inside sh -c "XDG_RUNTIME_DIR=/tmp xvfb-run -a -s '-screen 0 1600x1000x24' sh -c '$1 \"/root/Videos/Kinora/Old film\" & studio=\$!
    for i in \$(seq 240); do grep -q \"The window was shown after\" /root/.local/state/kinora/*.log && break; sleep 0.5; done 2>/dev/null
    sleep 4; xwd -root -silent -out /root/window.xwd; kill -0 \$studio && kill \$studio && echo lives >/root/ended'"
  grep "The window was shown after" "$log" && [ "$(cat "$system/root/ended")" = lives ] && rm "$system/root/ended"
}
# What the artist has, but for what every start writes anew.
artists_files() { (cd "$system/root" && find .config .local/share Videos clip.mp4 -type f ! -name '*.lock' -exec sha256sum {} + | sort -k 2); }
# Everything that a packaged Kinora should bring, below a folder like /usr.
brings_all() {
  local file
  for file in bin/kinora bin/kinora-cli lib/kinora/torch/lib/libtorch_cpu.so share/kinora/models/starter/model_index.json share/kinora/sample/project.json \
    share/applications/io.github.kinora.Kinora.desktop share/icons/hicolor/scalable/apps/io.github.kinora.Kinora.svg \
    share/metainfo/io.github.kinora.Kinora.metainfo.xml share/mime/packages/io.github.kinora.Kinora.xml share/doc/kinora/copyright \
    share/doc/kinora/OFL.txt share/doc/kinora/libtorch/LICENSE share/bash-completion/completions/kinora-cli \
    share/zsh/vendor-completions/_kinora-cli share/fish/vendor_completions.d/kinora-cli.fish; do
    [ -s "$1/$file" ] || { echo "$file is missing"; return 1; }
  done
  ls "$1"/share/man/man1/kinora.1* "$1"/share/man/man1/kinora-cli.1*
  ! command -v desktop-file-validate >/dev/null || desktop-file-validate "$1/share/applications/io.github.kinora.Kinora.desktop" || return 1
  ! command -v appstreamcli >/dev/null || appstreamcli validate --no-net "$1/share/metainfo/io.github.kinora.Kinora.metainfo.xml"
}
# knows_types: what the desktop takes a project's and a timeline's file for, and another file called project.json
knows_types() {
  inside sh -c 'mkdir -p /tmp/other && echo "{\"name\": \"other\"}" >/tmp/other/project.json && echo "{\"OTIO_SCHEMA\": \"Timeline.1\"}" >/tmp/cut.otio
    kind() { gio info -a standard::content-type "$1" | sed -n "s/.*content-type: //p"; }
    [ "$(kind "/root/Videos/Kinora/Old film/project.json")" = application/vnd.kinora.project+json ] && [ "$(kind /tmp/other/project.json)" = application/json ] &&
    [ "$(kind /tmp/cut.otio)" = application/vnd.pixar.opentimelineio+json ]'
}
names_versions() { inside "$1" --version | grep -q "(commit .*)" && inside "$1" --version | grep -q "^libtorch 2" && inside "$1" --version | grep -q "^FFmpeg " && inside "$1" --version | grep -q "^Qt 6"; }

try_deb() {
  if command -v lintian >/dev/null; then check "lintian finds no errors" lintian --allow-root --fail-on error "$deb"; fi
  make_system bookworm
  check "bookworm: tools for the tests" inside apt-get install -y -qq --no-install-recommends xvfb xauth x11-apps libglib2.0-bin shared-mime-info
  local begun=$SECONDS
  check "bookworm: the .deb is installed, its dependencies downloaded" inside apt-get install -y -qq --no-install-recommends "/packages/${deb##*/}"
  check "bookworm: a clip is generated" generates kinora-cli
  echo "from the file to the first clip: $((SECONDS - begun)) s on $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"
  echo "package: $(stat -c %s "$deb") bytes; installed: $(inside dpkg-query -W -f '${Installed-Size}' kinora) kB"
  check "bookworm: package of at most 150 MB, at most 520 MB installed" test "$(stat -c %s "$deb")" -le 150000000 -a "$(inside dpkg-query -W -f '${Installed-Size}' kinora)" -le 507812
  check "bookworm: everything is brought" brings_all "$system/usr"
  check "bookworm: the programs name their versions" names_versions kinora-cli
  check "bookworm: the desktop knows projects and timelines" knows_types
  check "bookworm: bash completes" inside bash -c '. /usr/share/bash-completion/completions/kinora-cli; COMP_WORDS=(kinora-cli gen); COMP_CWORD=1; _kinora_cli; [ "${COMPREPLY[0]}" = generate ]'
  check "bookworm: the window opens with an older project" opens kinora
  cp "$system/root/window.xwd" "$scratch/window-deb.xwd" 2>/dev/null
  artists_files >"$scratch/before"
  check "bookworm: the package is removed" inside apt-get purge -y -qq kinora
  check "bookworm: nothing of it is left" bash -c "! ls -d $system/usr/bin/kinora* $system/usr/share/kinora $system/usr/lib/kinora $system/usr/share/doc/kinora 2>/dev/null | grep ."
  artists_files >"$scratch/after"
  check "bookworm: what the artist made and had stays as it was" cmp "$scratch/before" "$scratch/after"
  # Most desktops have the libraries (Qt, FFmpeg) from other programs: what the package itself takes there.
  begun=$SECONDS
  check "bookworm: the .deb is installed where its dependencies are" inside apt-get install -y -qq --no-install-recommends "/packages/${deb##*/}"
  check "bookworm: a clip is generated there" generates kinora-cli
  echo "from the file to the first clip where the dependencies are: $((SECONDS - begun)) s on $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"
  leave_system
}

try_bundle() { # RELEASE
  make_system "$1"
  check "$1: libraries of every desktop, and tools for the tests" inside apt-get install -y -qq --no-install-recommends xvfb xauth x11-apps zstd libgl1 libegl1 libopengl0 fonts-dejavu-core
  local begun=$SECONDS folder="/root/any folder"
  folder="$folder/$(basename "$bundle" .tar.zst)"
  check "$1: the bundle is unpacked" inside sh -c "mkdir -p '/root/any folder' && tar -C '/root/any folder' -xf /packages/${bundle##*/}"
  check "$1: the bundle generates" generates "$folder/bin/kinora-cli"
  echo "from the file to the first clip: $((SECONDS - begun)) s on $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"
  echo "bundle: $(stat -c %s "$bundle") bytes; unpacked: $(du -sk "$system$folder" | cut -f 1) kB"
  check "$1: everything is brought" brings_all "$system$folder"
  check "$1: the bundle names its versions" names_versions "$folder/bin/kinora-cli"
  inside ln -sfn "$folder" /root/kinora
  check "$1: the bundle's window opens" opens /root/kinora/bin/kinora
  cp "$system/root/window.xwd" "$scratch/window-bundle-$1.xwd" 2>/dev/null
  leave_system
}

if [ -n "$deb" ]; then try_deb; fi
if [ -n "$bundle" ]; then try_bundle bookworm; try_bundle trixie; fi
echo "$failures failures"
[ "$failures" = 0 ]
