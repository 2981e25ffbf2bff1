# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154 # machine comes from the board's machine.sh
# What the start scripts of the emulated boards have in common. Sourced, not run.

# arguments LOADER CARD [HTTPS_PORT RTSPS_PORT] [QEMU_OPTION...]: sets loader, card, net and options; says how it is called otherwise.
arguments() {
  if [ $# -lt 2 ]; then
    sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,$p' >&2
    exit 2
  fi
  loader=$(realpath "$1") card=$(realpath "$2") net=user,id=net
  [ "${3:-0}" = 0 ] || net+=,hostfwd=tcp:127.0.0.1:$3-:8443
  [ "${4:-0}" = 0 ] || net+=,hostfwd=tcp:127.0.0.1:$4-:8322
  shift $(($# < 4 ? $# : 4))
  options=("$@")
}

# power FLASH...: becomes the machine, with the board's flash, its card and its TPM, a swtpm whose memory is the directory CARD.tpm.
power() {
  local tries=50 # the swtpm of the machine that was just switched off may still be ending
  # It ends with the machine, which is its only peer. Short relative paths: a socket's has 108 bytes at most.
  mkdir -p -m 700 "$card.tpm"
  cd "$card.tpm"
  rm -f socket
  until swtpm socket --tpm2 --tpmstate "dir=$card.tpm" --server type=unixio,path=socket --flags not-need-init,startup-clear --terminate --daemon; do
    [ $((tries -= 1)) -gt 0 ] || exit 1
    sleep 0.1
  done
  exec qemu-system-aarch64 "${machine[@]}" "$@" \
    -drive "if=none,id=card,format=raw,file=$card,cache=writeback" -device virtio-blk-device,drive=card \
    -netdev "$net" -device virtio-net-device,netdev=net -device virtio-rng-device \
    -chardev socket,id=tpm,path=socket -device virtio-serial-device -device virtserialport,chardev=tpm,name=org.refcam.tpm \
    -device i6300esb "${options[@]}"
}
