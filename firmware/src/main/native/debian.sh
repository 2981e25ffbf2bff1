# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debian packages of another architecture, fetched without touching this machine's own apt. Sourced, not run.

# debian_suite: the Debian release that foreign packages come from, and so the one that the device runs:
# REFCAM_DEBIAN_SUITE, else this machine's own, else (a machine of another family) Debian 12.
debian_suite() {
  (
    # shellcheck disable=SC1091
    . /etc/os-release
    case ${ID:-} in
      debian | raspbian) own=${VERSION_CODENAME:-bookworm} ;;
      *) own=bookworm ;;
    esac
    printf '%s\n' "${REFCAM_DEBIAN_SUITE:-$own}"
  )
}

# The mirror that this machine's own apt takes its main archive from; REFCAM_DEBIAN_MIRROR names another.
debian_mirror() {
  if [[ -n ${REFCAM_DEBIAN_MIRROR:-} ]]; then
    printf '%s' "$REFCAM_DEBIAN_MIRROR"
    return
  fi
  # shellcheck disable=SC2016 # apt's own placeholder
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m1 '/debian/*$' || {
    printf 'debian.sh: apt of this machine has no Debian mirror; name one in REFCAM_DEBIAN_MIRROR\n' >&2
    return 1
  }
}

# debian_open DIR ARCH: a private apt in DIR for ARCH; its lists are fetched once. REFCAM_DEBIAN_COMPONENTS: other parts than main.
debian_open() {
  local dir=$1 arch=$2 suite mirror
  suite=$(debian_suite)
  mirror=$(debian_mirror) || return
  mkdir -p "$dir"/{lists/partial,archives/partial,empty}
  dir=$(cd "$dir" && pwd)
  cat >"$dir/sources.list" <<LIST
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite ${REFCAM_DEBIAN_COMPONENTS:-main}
LIST
  : >"$dir/status"
  cat >"$dir/apt.conf" <<CONF
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "root";
APT::Install-Recommends "false";
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

# debian_sysroot DIR TO PACKAGE...: downloads packages and all that they depend on, and unpacks them below TO.
# The empty status file of debian_open makes apt think that nothing is installed.
debian_sysroot() {
  local dir to=$2 deb
  dir=$(cd "$1" && pwd)
  shift 2
  rm -rf "$to"
  mkdir -p "$to"
  APT_CONFIG=$dir/apt.conf apt-get -qq -y --download-only install "$@" >/dev/null
  for deb in "$dir"/archives/*.deb; do
    dpkg-deb -x "$deb" "$to"
  done
  rm -f "$dir"/archives/*.deb
}
