#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sysroot.sh ARCH DIR: fills DIR with what linking the codec and Argon2 libraries for Debian's ARCH takes; nothing of it ever runs here.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=debian.sh
. "$here/debian.sh"
arch=$1
dir=$2
printf 'native: development packages of %s (%s)\n' "$arch" "$(debian_suite)"
debian_open "$dir.apt" "$arch"
debian_sysroot "$dir.apt" "$dir" libopenh264-dev libyuv-dev libturbojpeg0-dev libsodium-dev
touch "$dir/complete"
