# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What a board with a radio has beside what all have: wpa_supplicant, the rules of the air, the radio's firmware. A board's script
# asks for it by radio_firmware, patterns under usr/lib/firmware. Sourced, not run. Needs $cache, $root, $here and debian.sh.
radio_packages=(wpasupplicant libnl-3-200 libnl-genl-3-200 libnl-route-3-200 libdbus-1-3 libpcsclite1 libssl3t64 wireless-regdb firmware-brcm80211)
radio_cache=$cache/radio
radio_debs=$radio_cache/debs

# Apart from the packages of all boards: what a board without a radio gets does not depend on this.
fetch_radio() {
  local deb
  rm -rf "$radio_cache"
  mkdir -p "$radio_cache/debs" "$radio_cache/root"
  REFCAM_DEBIAN_COMPONENTS="main non-free-firmware" debian_open "$cache/apt-radio" arm64
  (cd "$radio_cache/debs" && APT_CONFIG=$cache/apt-radio/apt.conf apt-get -qq download "$@")
  for deb in "$radio_cache"/debs/*.deb; do
    dpkg-deb -x "$deb" "$radio_cache/root"
  done
}

# Into the root file system, after what nobody listed was removed from it.
add_radio() {
  local from=$radio_cache/root library pattern file
  install -m 755 "$from/usr/sbin/wpa_supplicant" "$root/usr/sbin/"
  for library in "$from/usr/lib/$triplet"/*.so.*; do
    [ -e "$root/usr/lib/$triplet/$(basename "$library")" ] || cp -a "$library" "$root/usr/lib/$triplet/"
  done
  mkdir -p "$root/usr/lib/firmware"
  for file in regulatory.db regulatory.db.p7s; do
    cp "$from/usr/lib/firmware/$file-debian" "$root/usr/lib/firmware/$file"
  done
  for pattern in "${radio_firmware[@]}"; do
    # a file by each name that the driver may ask for
    for file in "$from/usr/lib/firmware/"$pattern; do
      [ -e "$file" ] || die "no firmware of the radio by the name of $pattern"
      install -D -m 644 "$(readlink -f "$file")" "$root/${file#"$from/"}"
    done
  done
  cp -r "$here/wifi/." "$root/"
  ldconfig -r "$root" 2>/dev/null || true
  printf 'wifi:*:909:909:radio:/:/nonexistent\n' >>"$root/etc/passwd"
  printf 'wifi:*:909:\n' >>"$root/etc/group"
  wants sys-subsystem-net-devices-wlan0.device refcam-wifi.service
  sed -i '$ s#$# --wifi-control /run/wpa_supplicant#' "$root/usr/lib/refcam/options"
}
