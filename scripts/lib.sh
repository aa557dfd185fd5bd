# Shared by the scripts of this folder, which source it.
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
BUILD=build/release
export DEBIAN_FRONTEND=noninteractive

# Debian package, and a file or command that shows that it is there even where
# dpkg does not know of it.
REQUIREMENTS="
g++                /usr/bin/g++
cmake              cmake
ninja-build        ninja
libmlir-22-dev     /usr/lib/llvm-22/lib/cmake/mlir/MLIRConfig.cmake
mlir-22-tools      /usr/lib/llvm-22/bin/mlir-tblgen
llvm-22-dev        /usr/lib/llvm-22/lib/cmake/llvm/LLVMConfig.cmake
llvm-22-tools      /usr/lib/llvm-22/bin/lit
libonnx-dev        /usr/include/onnx/onnx_pb.h
libprotobuf-dev    /usr/include/google/protobuf/message.h
protobuf-compiler  protoc
libfmt-dev         /usr/include/fmt/format.h
libgtest-dev       /usr/include/gtest/gtest.h
"

say() { printf '== %s\n' "$*"; }
die() { printf '%s: error: %s\n' "$0" "$*" >&2; exit 1; }

missing_packages() {
  local package probe
  while read -r package probe; do
    [ -n "$package" ] || continue
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" \
      != installed ] || continue
    case $probe in
      /*) [ -e "$probe" ] ;;
      *) command -v "$probe" >/dev/null ;;
    esac || echo "$package"
  done <<<"$REQUIREMENTS"
}

# Installs what is missing; neither root nor a network is needed when nothing is.
install_requirements() {
  local missing sudo=()
  mapfile -t missing < <(missing_packages)
  if [ ${#missing[@]} -eq 0 ]; then
    say "All required packages are installed"
    return
  fi
  say "Missing packages: ${missing[*]}"
  command -v apt-get >/dev/null ||
    die "no apt-get here; install what these Debian packages hold: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      die "neither root nor sudo; install as root: apt-get install ${missing[*]}"
    sudo=(sudo env DEBIAN_FRONTEND=noninteractive)
    [ -t 0 ] || sudo=(sudo -n env DEBIAN_FRONTEND=noninteractive)
  fi
  say "Installing with apt-get"
  "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 update -q ||
    say "apt-get update failed; trying with the package lists that are there"
  "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 install -y -q \
    --no-install-recommends "${missing[@]}" ||
    die "apt-get could not install: ${missing[*]}"
}

# MLIR's headers want up to 1.5 GB a compiler; more jobs than fit would be
# killed. OHAS_JOBS overrides.
jobs() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo "${OHAS_JOBS:-$((processors < memory ? processors : memory))}"
}

# build TARGET...: configures what is not yet configured, builds what is not
# yet built.
build() {
  if [ ! -e "$BUILD/build.ninja" ]; then
    say "Configuring $BUILD"
    cmake --preset release
  fi
  say "Building $* in $BUILD"
  ninja -C "$BUILD" -j "$(jobs)" "$@"
}
