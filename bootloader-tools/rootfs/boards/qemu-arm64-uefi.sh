# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # used by who sources this
# What the image of the emulated board with UEFI holds beside what all have. Sourced, not run.
console=ttyAMA0
boot_image=uki
slots=uefi
# The stub that makes one signed program of kernel, kernel line and initramfs.
firmware=(linuxaa64.efi.stub)
firmware_packages=(systemd-boot-efi)
firmware_folder=usr/lib/systemd/boot/efi
# in the initramfs: what it takes to reach the root file system
early_modules=(virtio_mmio virtio_blk dm-verity squashfs efivarfs)
# in the root file system, loaded when their device is there
modules=(virtio_net virtio_rng virtio_pci i6300esb vivid ext4 vfat nls_ascii nls_cp437 tpm_tis_core)
# loaded without a device that asks for them
load_modules=(vivid)
modprobe_options='options vivid n_devs=1 num_inputs=1 input_types=0x0 node_types=0x1 no_error_inj=1'
kernel_words=${REFCAM_KERNEL_WORDS:-}
