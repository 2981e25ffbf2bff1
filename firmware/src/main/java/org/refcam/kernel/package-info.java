// SPDX-License-Identifier: Apache-2.0
/**
 * Calls of the Linux kernel that Java lacks: the Raspberry Pi's firmware mailbox, giving blocks
 * back to a medium, telling of a partition that grew, and datagrams between Unix sockets.
 */
@NullMarked
package org.refcam.kernel;

import org.jspecify.annotations.NullMarked;
