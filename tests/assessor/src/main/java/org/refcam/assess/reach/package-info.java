// SPDX-License-Identifier: Apache-2.0
/**
 * The only way to the network: one address that the user named, bounded in time, bytes and
 * connections.
 */
@NullMarked
package org.refcam.assess.reach;

import org.jspecify.annotations.NullMarked;
