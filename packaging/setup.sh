# Shared by packaging/run and packaging/test (sourced, never run): installs what is missing, builds. Every step says what it
# is about to do, is skipped when done, and needs no network after the first time.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${KINORA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinora}
build=${KINORA_BUILD:-$root/build/release}
torch_version=2.13.0

# Compiler caches serve every checkout: paths inside it don't count.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

say() { printf '\033[1mkinora:\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[1mkinora:\033[0m %s\n' "$*" >&2; exit 1; }

# package_names [test|package]: the packages of packages.txt, with those of the tests or of packaging too.
package_names() {
  sed -e '/^#/d' -e '/^$/d' ${1:+-e "s/^$1: //"} -e '/^[a-z]*: /d' "$root/packaging/packages.txt"
}

missing_packages() {
  local wanted installed
  wanted=$(package_names "${1:-}" | sort)
  # shellcheck disable=SC2086  # one word a package is meant
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^ii *//p' | sort)
  comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

install_packages() {
  command -v dpkg-query >/dev/null || fail "this set-up knows Debian 12 and its relatives. On another system install what packaging/packages.txt lists, then run cmake --preset release."
  local missing sudo=()
  missing=$(missing_packages "${1:-}")
  [ -z "$missing" ] && return
  say "about to install these Debian packages:" $missing
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "that needs root, and there is no sudo. Ask an administrator to run: apt-get install --no-install-recommends" $missing
    sudo=(sudo)
  fi
  local log="$cache/apt.log"
  if ! { "${sudo[@]}" apt-get update -qq && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    fail "the packages could not be installed (is there a network?). The whole log: $log"
  fi
}

# Sets torch_kind to "cuda" or "cpu" and torch_reason to a sentence.
choose_torch() {
  torch_kind=cpu
  if [ -n "${KINORA_TORCH:-}" ]; then torch_kind=$KINORA_TORCH torch_reason="KINORA_TORCH asks for it"; return; fi
  if ! command -v nvidia-smi >/dev/null; then torch_reason="no NVIDIA driver is installed"; return; fi
  local line driver capability
  line=$(nvidia-smi --query-gpu=driver_version,compute_cap --format=csv,noheader 2>/dev/null | head -n 1)
  driver=${line%%.*} capability=$(printf '%s' "$line" | sed 's/.*, *//; s/\.//')
  case "$driver$capability" in '' | *[!0-9]*) torch_reason="the NVIDIA driver does not answer"; return ;; esac
  if [ "$driver" -lt 580 ]; then torch_reason="the CUDA 13.0 build needs driver 580 or newer, this is $driver"; return; fi
  if [ "$capability" -lt 75 ]; then torch_reason="the CUDA 13.0 build needs a Turing card or newer"; return; fi
  torch_kind=cuda torch_reason="driver $driver and card (compute capability $capability) can run it"
}

pip_download() { python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$1" "${@:2}" 2>>"$cache/pip.log"; }

# The wheel of libtorch, by pip's own client; only its libraries and headers are kept, and no Python is needed at run time.
download_torch() {
  local into=$1
  if [ "$torch_kind" = cuda ]; then pip_download "$into" "torch==$torch_version"; return; fi
  pip_download "$into" "torch==$torch_version+cpu" ||
    pip_download "$into" --index-url https://download.pytorch.org/whl/cpu "torch==$torch_version" ||
    { torch_kind=cuda torch_reason="no index offers a CPU build here; this one runs on the CPU too"; pip_download "$into" "torch==$torch_version"; }
}

# The CUDA build does not even start without these libraries beside it.
install_cuda_libraries() {
  say "about to download NVIDIA's CUDA libraries for it (about 2.7 GB)"
  python3 -m pip install --quiet --disable-pip-version-check --target "$1" \
    'cuda-toolkit[cublas,cudart,cufft,cufile,cupti,curand,cusolver,cusparse,nvjitlink,nvrtc,nvtx]==13.0.3' \
    nvidia-cudnn-cu13==9.20.0.48 nvidia-cusparselt-cu13==0.8.1 nvidia-nccl-cu13==2.29.7 nvidia-nvshmem-cu13==3.4.5 2>>"$cache/pip.log"
}

install_torch() {
  if [ -n "${Libtorch_ROOT:-}" ]; then libtorch=$Libtorch_ROOT; return; fi
  local kind
  if [ -z "${KINORA_TORCH:-}" ]; then
    for kind in cuda cpu; do   # what was once chosen stays, so that a start needs no look at the driver
      libtorch=$cache/libtorch-$torch_version-$kind/torch
      [ -e "$libtorch/.complete" ] && return
    done
  fi
  choose_torch
  libtorch=$cache/libtorch-$torch_version-$torch_kind/torch
  [ -e "$libtorch/.complete" ] && return
  say "about to download libtorch $torch_version, $torch_kind build: $torch_reason"
  python3 -m pip --version >/dev/null 2>&1 || fail "python3 with pip is needed to download libtorch: apt-get install python3-pip"
  local wheel_folder
  wheel_folder=$(mktemp -d "$cache/wheel.XXXXXX")
  if ! download_torch "$wheel_folder"; then
    rm -rf "$wheel_folder"; tail -n 3 "$cache/pip.log" >&2
    fail "libtorch could not be downloaded (is there a network?). Or set Libtorch_ROOT to a folder with its lib/ and include/."
  fi
  local unpacked=$cache/libtorch-$torch_version-$torch_kind
  rm -rf "$unpacked"; mkdir -p "$unpacked"
  unzip -q "$wheel_folder"/torch-*.whl 'torch/lib/*' 'torch/include/ATen/*' 'torch/include/c10/*' 'torch/include/caffe2/*' \
    'torch/include/torch/*' 'torch-*.dist-info/*' -d "$unpacked" || fail "the wheel of libtorch could not be unpacked (is the disk full?)"
  rm -rf "$wheel_folder" "$unpacked"/torch/lib/libtorch_python.so
  if [ "$torch_kind" = cuda ]; then install_cuda_libraries "$unpacked" || fail "NVIDIA's libraries could not be downloaded; see $cache/pip.log"; fi
  libtorch=$unpacked/torch
  touch "$libtorch/.complete"
}

# The readers that others wrote, by which the tests prove what Kinora writes for editing suites; into a folder of their own.
# Without them those tests say that they are skipped.
install_readers() {
  readers=$cache/readers
  export KINORA_READERS=$readers
  [ -e "$readers/.complete" ] && return
  say "about to download the readers that tests of interchange compare with (OpenTimelineIO and C2PA, about 40 MB)"
  rm -rf "$readers"
  if python3 -m pip install --quiet --disable-pip-version-check --target "$readers" opentimelineio==0.18.1 otio-fcp-adapter==1.0.0 \
    otio-fcpx-xml-adapter==1.0.0 otio-cmx3600-adapter==1.0.0 c2pa-python==0.38.1 2>>"$cache/pip.log"; then
    touch "$readers/.complete"
  else
    rm -rf "$readers"
    say "they could not be downloaded; the tests that need them are skipped. The whole log: $cache/pip.log"
  fi
}

# configure_and_build TARGET…: quiet when there is nothing to do, ninja's progress otherwise.
configure_and_build() {
  local log=$cache/configure.log
  if [ ! -e "$build/build.ninja" ] || ! grep -q "Libtorch_ROOT:[A-Z]*=$libtorch\$" "$build/CMakeCache.txt"; then
    say "configuring in $build"
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_COMPILE_WARNING_AS_ERROR=ON "-DLibtorch_ROOT=$libtorch" >"$log" 2>&1 ||
      { tail -n 20 "$log" >&2; fail "configuring failed. The whole log: $log"; }
  fi
  # A dry run can't tell whether there is work: it always wants to look at the globbed folders first. So the first line of
  # work says it; on a terminal ninja's own progress does.
  local told='/Entering directory|Re-checking globbed|no work to do/ {next} !lines++ {print "kinora: building (a few minutes the first time)"} lines % 25 == 1 || /error|FAILED|warning/ {print; fflush()}'
  if [ -t 2 ]; then ninja -C "$build" "$@" >&2; else NINJA_STATUS='[%f/%t %es] ' ninja -C "$build" "$@" | awk "$told" >&2; fi ||
    fail "building failed; the lines above say where"
}

mkdir -p "$cache"
