# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # used by who sources this
# The loader of this board beside its configuration. Sourced, not run.
defconfig=qemu_arm64_defconfig
header=qemu-arm.h
# The machine makes its own device tree, from the options that it is started with; its seeds are of one start.
control_tree() {
  # shellcheck source=machine.sh
  . "$here/qemu-arm64/machine.sh"
  qemu-system-aarch64 "${machine[@]}" -machine dumpdtb="$1" -bios "$out/u-boot-nodtb.bin" >/dev/null 2>&1
  fdtput -d "$1" /chosen kaslr-seed rng-seed
}
