// SPDX-License-Identifier: Apache-2.0
/**
 * Calls of the Linux kernel that Java lacks: the Raspberry Pi's firmware mailbox, and giving blocks
 * back to a medium.
 */
@NullMarked
package org.refcam.kernel;

import org.jspecify.annotations.NullMarked;
