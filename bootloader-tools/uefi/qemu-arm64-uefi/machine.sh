# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The emulated ARM64 board with UEFI as one array of QEMU options. Sourced, not run.
# No KVM: the guest is another architecture on most machines, and the same on all this way.
# shellcheck disable=SC2034 # used by who sources this
machine=(-accel tcg,thread=multi -machine virt,acpi=off -cpu cortex-a72 -smp 2 -m 1024 -nographic -no-reboot -nic none)
