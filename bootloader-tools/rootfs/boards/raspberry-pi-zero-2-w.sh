# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # used by who sources this
# What the image of this board holds beside what all have. Sourced, not run.
console=ttyS1,115200
kernel_address=0x00400000
# of Debian's kernel, which it describes; the firmware's own is not used
device_tree=broadcom/bcm2837-rpi-zero-2-w.dtb
# The ROM reads the first from the card, the others are read by it; those with _x hold the camera's and encoder's code.
firmware=(bootcode.bin start_x.elf fixup_x.dat)
firmware_packages=(raspi-firmware)
# in the initramfs: what it takes to reach the root file system on the card
early_modules=(bcm2835 dm-verity squashfs)
# in the root file system, loaded when their device is there: wired by USB, and the radio
modules=(sdhci-iproc brcmfmac brcmfmac-wcc brcmfmac-cyw bcm2835_wdt bcm2835_rng bcm2835_v4l2 uvcvideo dwc2 smsc95xx r8152 ax88179_178a cdc_ether raspberrypi-cpufreq ext4 vfat nls_ascii nls_cp437)
load_modules=(bcm2835_v4l2)
modprobe_options=
# Debian has the firmware of boards with the chip BCM43430; for those with 43436 an integrator adds it.
radio_firmware=(brcm/brcmfmac43430-sdio.bin brcm/brcmfmac43430-sdio.clm_blob brcm/brcmfmac43430-sdio.raspberrypi,model-zero-2-w.txt)
