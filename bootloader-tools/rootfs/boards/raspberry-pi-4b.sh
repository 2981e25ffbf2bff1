# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # used by who sources this
# What the image of this board holds beside what all have. Sourced, not run.
console=ttyS1,115200
kernel_address=0x00400000
# of Debian's kernel, which it describes; the firmware's own is not used
device_tree=broadcom/bcm2711-rpi-4-b.dtb
# The EEPROM's bootloader reads these from boot.img; those with x hold the camera's and encoder's code.
firmware=(start4x.elf fixup4x.dat)
firmware_packages=(raspi-firmware)
# in the initramfs: what it takes to reach the root file system on the card
early_modules=(gpio-regulator sdhci-iproc dm-verity squashfs)
# in the root file system, loaded when their device is there
modules=(brcmfmac brcmfmac-wcc brcmfmac-cyw bcm2835_wdt iproc-rng200 bcm2835_v4l2 uvcvideo reset-raspberrypi xhci-pci genet mdio-bcm-unimac broadcom raspberrypi-cpufreq bcm2711_thermal ext4 vfat nls_ascii nls_cp437)
load_modules=(bcm2835_v4l2)
modprobe_options=
radio_firmware=(brcm/brcmfmac43455-sdio.bin brcm/brcmfmac43455-sdio.clm_blob brcm/brcmfmac43455-sdio.raspberrypi,4-model-b.txt)
