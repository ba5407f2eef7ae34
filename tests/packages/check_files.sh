#!/usr/bin/env bash
# Checks the files by which a desktop knows Kinora: one version everywhere, the desktop entry, the description for software
# centres, the MIME types, and what shells offer. Usage: check_files.sh SOURCE_FOLDER [KINORA_CLI]   What a machine has no
# tool for is left out and told; 77: nothing could be checked.
set -uo pipefail
root=$(realpath "${1:?the source folder}")
cli=${2:-}
desktop=$root/packaging/desktop/io.github.kinora.Kinora
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
check() { local what=$1; shift; if "$@" >"$scratch/log" 2>&1; then echo "ok: $what"; else echo "FAILED: $what"; tail -n 8 "$scratch/log"; failures=$((failures + 1)); fi; }
has() { command -v "$1" >/dev/null || { echo "left out, there is no $1: $2"; return 1; }; }

one_version() {
  local version
  version=$(sed -n 's/^project(Kinora VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
  echo "version: $version"
  [[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$ ]] &&
    head -n 1 "$root/packaging/debian/changelog" | grep -qF "kinora ($version)" &&
    grep -m 1 "<release " "$desktop.metainfo.xml" | grep -qF "version=\"$version\"" &&
    sed -n '/^## Changelog/,$p' "$root/README.md" | grep -m 1 '^- ' | grep -qF "**$version**"
}
types() {
  mkdir -p "$scratch/data/mime/packages" "$scratch/other"
  cp "$desktop.mime.xml" "$scratch/data/mime/packages/"
  XDG_DATA_HOME=$scratch/data update-mime-database "$scratch/data/mime"
  echo '{"name": "of another program"}' >"$scratch/other/project.json"
  echo '{"OTIO_SCHEMA": "Timeline.1"}' >"$scratch/cut.otio"
  kind() { XDG_DATA_HOME=$scratch/data gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p'; }
  for file in "$root"/tests/released/project-format-*/project.json "$root/resources/sample/project.json"; do
    [ "$(kind "$file")" = application/vnd.kinora.project+json ] || { echo "$file is taken for $(kind "$file")"; return 1; }
  done
  [ "$(kind "$scratch/other/project.json")" = application/json ] && [ "$(kind "$scratch/cut.otio")" = application/vnd.pixar.opentimelineio+json ]
}
# offers SHELL COMMAND: what the shell finds for "kinora-cli gen"
offers() {
  [ "$(PATH="$(dirname "$cli"):$PATH" HOME=$scratch KINORA_RESOURCES="$root/resources" "$@" | cut -f 1 | cut -d : -f 1)" = generate ]
}

check "one semantic version everywhere" one_version
if has desktop-file-validate "the desktop entry"; then check "the desktop entry" desktop-file-validate "$desktop.desktop"; fi
if has appstreamcli "the description for software centres"; then check "the description for software centres" appstreamcli validate --no-net "$desktop.metainfo.xml"; fi
if has gio "the MIME types" && has update-mime-database "the MIME types"; then check "the MIME types" types; fi
if [ -n "$cli" ]; then
  completion=$root/packaging/completion
  check "bash offers commands" offers bash -c ". '$completion/kinora-cli.bash'; COMP_WORDS=(kinora-cli gen); COMP_CWORD=1; _kinora_cli; printf '%s\n' \"\${COMPREPLY[@]}\""
  if has fish "what fish offers"; then check "fish offers commands" offers fish -c "source '$completion/kinora-cli.fish'; complete -C 'kinora-cli gen'"; fi
  if has zsh "what zsh offers"; then
    check "zsh offers commands" offers zsh -fc "words=(kinora-cli gen); CURRENT=2; _describe() { print -l \${(P)2}; }; _files() { print files; }; source '$completion/_kinora-cli'"
  fi
fi
echo "$failures failures"
[ "$failures" = 0 ]
