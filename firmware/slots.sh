# SPDX-License-Identifier: Apache-2.0
# Sourced by firmware/refcam: the boot loader of a camera on a PC. firmware/doc/update.md draws slots and state.
#
# Nothing verifies this launcher or the built-in slot: they are the owner's checkout. What it boots from a slot it verifies,
# the signature of the description and the image's hash, before anything of it runs.

RESTART=86                # a camera ends with this to be booted again
TRIAL_SECONDS=${REFCAM_TRIAL_SECONDS:-300} # a system on trial that is not confirmed by then is ended

# The value of --data in the arguments, or the camera's default.
data_directory() {
  while [ $# -gt 0 ]; do
    case $1 in
      --data) printf '%s' "${2:-}"; return ;;
      --data=*) printf '%s' "${1#--data=}"; return ;;
    esac
    shift
  done
  if [ -w /var/lib ]; then printf /var/lib/refcam; else printf '%s' "${XDG_DATA_HOME:-$HOME/.local/share}/refcam"; fi
}

# Whether this camera has or wants to do with updates; only then does the launcher stay as its boot loader.
wants_slots() {
  local word
  for word in "$@"; do
    case $word in --update-*) return 0 ;; esac
  done
  [ -d "$update" ]
}

slot_variable() { sed -n "s/^$1=//p" "$update/slots/state" | head -n 1; }

# Counts down durably: a new file, synced, renamed, its directory synced.
set_slot_variable() {
  local state=$update/slots/state
  { grep -v "^$1=" "$state" || true; printf '%s=%s\n' "$1" "$2"; } >"$state.loader"
  sync "$state.loader"
  mv "$state.loader" "$state"
  sync "$update/slots"
}

# The first slot in the order that is confirmed or has boots left. Sets slot, trial and, for an installed one, slot_version.
choose_slot() {
  local name left
  slot=BUILTIN trial="" slot_version=""
  [ -f "$update/slots/state" ] || return 0
  for name in $(slot_variable BOOT_ORDER); do
    case $name in A | B | BUILTIN) ;; *) continue ;; esac
    left=$(slot_variable "BOOT_${name}_LEFT")
    if [ -n "$left" ]; then
      [[ $left =~ ^[1-9]$ ]] || continue
      set_slot_variable "BOOT_${name}_LEFT" $((left - 1))
    fi
    if [ "$name" = BUILTIN ] || unpack_slot "$update/slots/${name,,}"; then
      slot=$name trial=${left:+yes}
      return 0
    fi
    say "slot $name does not hold what was signed: passed over"
    [ -z "$left" ] || set_slot_variable "BOOT_${name}_LEFT" 0
  done
  die "no slot may boot; firmware/doc/update.md says how to recover"
}

# unpack_slot DIR: verifies the slot and unpacks it into DIR/run.
unpack_slot() {
  local hash
  openssl cms -verify -binary -inform DER -in "$1/sw-description.sig" -content "$1/sw-description" \
    -CAfile "$update/trust/keyring.pem" -purpose any -no_check_time -out /dev/null 2>/dev/null || return 1
  hash=$(sha256sum "$1/rootfs.img" 2>/dev/null | cut -d ' ' -f 1) || return 1
  [ ${#hash} -eq 64 ] && grep -qF "\"$hash\"" "$1/sw-description" || return 1
  slot_version=$(sed -n 's/^ *"version" *: *"\([A-Za-z0-9._+-]*\)".*/\1/p' "$1/sw-description" | head -n 1)
  rm -rf "$1/run"
  mkdir -m 700 "$1/run"
  tar -xf "$1/rootfs.img" -C "$1/run" --no-same-owner || return 1
}

# boot COMMAND...: runs the camera from slot to slot until it ends for good. COMMAND is called with slot set.
boot() {
  local camera watchdog status stopped
  while :; do
    choose_slot
    stopped=""
    "$@" <&0 &
    camera=$!
    trap 'stopped=yes; kill -TERM $camera 2>/dev/null' TERM INT HUP
    watchdog=""
    if [ -n "$trial" ]; then
      say "slot $slot is on trial"
      watch_trial $camera &
      watchdog=$!
    fi
    status=0
    wait $camera || status=$?
    while kill -0 $camera 2>/dev/null; do status=0; wait $camera || status=$?; done # a signal ended the wait, not the camera
    [ -z "$watchdog" ] || kill $watchdog 2>/dev/null || true
    if [ -n "$stopped" ]; then exit "$status"; fi
    if [ "$status" -ne $RESTART ] && [ -z "$trial" ]; then exit "$status"; fi
    say "slot $slot ended with $status: booting again"
  done
}

watch_trial() {
  local i
  for ((i = 0; i < TRIAL_SECONDS; i++)); do
    sleep 1
    kill -0 "$1" 2>/dev/null || return 0
    [ -n "$(slot_variable "BOOT_${slot}_LEFT")" ] || return 0
  done
  say "slot $slot was not confirmed in $TRIAL_SECONDS s"
  kill -KILL "$1" 2>/dev/null || true
}

# slot_image FILE: what was built, as the image of a bundle; the same build gives the same bytes.
slot_image() {
  [ $# -eq 1 ] || die "slot-image FILE"
  (cd "$target" && tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$1" refcam-firmware-*.jar lib)
}
