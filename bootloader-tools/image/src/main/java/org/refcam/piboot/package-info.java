// SPDX-License-Identifier: Apache-2.0
/**
 * Raspberry Pi's signed boot: what its EEPROM bootloader verifies before it starts anything from a
 * card.
 *
 * <p>Source: github.com/raspberrypi/usbboot, docs/secure-boot.md; raspberrypi.com, "Raspberry Pi
 * bootloader configuration".
 */
@NullMarked
package org.refcam.piboot;

import org.jspecify.annotations.NullMarked;
