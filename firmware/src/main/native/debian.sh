# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debian packages of another architecture, fetched without touching this machine's own apt. Sourced, not run.

# debian_suite: the Debian release whose foreign packages fit this machine's cross compilers.
debian_suite() {
  (
    # shellcheck disable=SC1091
    . /etc/os-release
    printf '%s\n' "${REFCAM_DEBIAN_SUITE:-${VERSION_CODENAME:-bookworm}}"
  )
}

# The mirror that this machine's own apt takes its main archive from; REFCAM_DEBIAN_MIRROR names another.
debian_mirror() {
  if [[ -n ${REFCAM_DEBIAN_MIRROR:-} ]]; then
    printf '%s' "$REFCAM_DEBIAN_MIRROR"
    return
  fi
  # shellcheck disable=SC2016 # apt's own placeholder
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m1 '/debian/*$'
}

# debian_open DIR ARCH: a private apt in DIR for ARCH; its lists are fetched once.
debian_open() {
  local dir=$1 arch=$2 suite
  suite=$(debian_suite)
  mkdir -p "$dir"/{lists/partial,archives/partial,empty}
  dir=$(cd "$dir" && pwd)
  cat >"$dir/sources.list" <<LIST
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian_mirror) $suite main
LIST
  : >"$dir/status"
  cat >"$dir/apt.conf" <<CONF
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::Etc::SourceList "$dir/sources.list";
Dir::Etc::SourceParts "$dir/empty";
Dir::Etc::PreferencesParts "$dir/empty";
Dir::State "$dir";
Dir::State::Lists "$dir/lists";
Dir::State::Status "$dir/status";
Dir::Cache "$dir";
Dir::Cache::Archives "$dir/archives";
CONF
  [[ -e $dir/fetched ]] && return
  APT_CONFIG=$dir/apt.conf apt-get -qq update
  touch "$dir/fetched"
}

# debian_unpack DIR TO PACKAGE...: downloads packages (without their dependencies) and unpacks them below TO.
debian_unpack() {
  local dir to=$2
  dir=$(cd "$1" && pwd)
  shift 2
  mkdir -p "$to"
  local fresh
  fresh=$(mktemp -d "$dir/debs.XXXXXX")
  (cd "$fresh" && APT_CONFIG=$dir/apt.conf apt-get -qq -o APT::Sandbox::User=root download "$@")
  local deb
  for deb in "$fresh"/*.deb; do
    dpkg-deb -x "$deb" "$to"
  done
  rm -rf "$fresh"
}
