# SPDX-License-Identifier: Apache-2.0
# Sourced by firmware/refcam, bootloader-tools/refcam-tools and tests/run: finds the newest JDK and installs missing Debian packages where it may.

say() { printf 'refcam: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The newest JDK from 17 up, as a JAVA_HOME; empty where there is none.
newest_jdk() {
  local home release major best=0 best_home=""
  for home in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] && [ -f "$home/release" ] || continue
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    major=${release:-0}
    if [ "$major" -ge 17 ] && [ "$major" -gt "$best" ]; then
      best=$major
      best_home=$(readlink -f "$home")
    fi
  done
  printf '%s' "$best_home"
}

# missing PACKAGE... : those that dpkg does not know as installed.
missing() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
  done
}

# need PACKAGE... : installs what is missing, or names it in one line and stops.
need() {
  local packages sudo=""
  command -v dpkg-query >/dev/null || die "this is not a Debian system; install by hand what stands for: $*"
  packages=$(missing "$@")
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "missing packages; run: sudo apt-get install $packages"
    sudo="sudo -n"
  fi
  say "installing $packages"
  # shellcheck disable=SC2086 # a list of words on purpose
  if ! { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $packages; } >&2; then
    die "could not install; run: apt-get install $packages"
  fi
}

# A JDK to build and run with; sets JAVA_HOME.
need_jdk() {
  JAVA_HOME=$(newest_jdk)
  if [ -z "$JAVA_HOME" ]; then
    need default-jdk-headless
    JAVA_HOME=$(newest_jdk)
  fi
  [ -n "$JAVA_HOME" ] || die "no JDK from 17 up; run: apt-get install openjdk-17-jdk-headless"
  export JAVA_HOME
}

# What building the camera takes.
need_build_tools() {
  need maven gcc make libc6-dev libopenh264-dev libyuv-dev libturbojpeg0-dev libsodium-dev
  need_jdk
}

# What building the native libraries of all boards takes: cross compilers for the other architectures.
need_device_tools() {
  local own packages=()
  own=$(dpkg --print-architecture 2>/dev/null || true)
  [ "$own" = amd64 ] || packages+=(gcc-x86-64-linux-gnu libc6-dev-amd64-cross)
  [ "$own" = arm64 ] || packages+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
  [ "$own" = armhf ] || packages+=(gcc-arm-linux-gnueabihf libc6-dev-armhf-cross)
  need "${packages[@]}" debian-archive-keyring
}
