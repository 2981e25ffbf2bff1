# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034 # used by who sources this
# The loader of this board beside its configuration. Sourced, not run.
defconfig=rpi_4_defconfig
header=rpi.h
# The card is the first controller, whatever the order in the device tree.
control_tree() { fdtput -p -t s "$1" /aliases mmc0 /emmc2bus/mmc@7e340000; }
