// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a boot partition's signature vouches for.
 *
 * @param by what was verified with what, for people
 * @param commandLine of the kernel; empty text if there is none
 * @param ramdisk of the slot
 */
record SignedBoot(String by, String commandLine, Optional<ByteBuffer> ramdisk) {}
