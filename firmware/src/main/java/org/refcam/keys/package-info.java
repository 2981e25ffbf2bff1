// SPDX-License-Identifier: Apache-2.0
/** Roots of trust, the keys derived from them, and files that survive power loss and tampering. */
@NullMarked
package org.refcam.keys;

import org.jspecify.annotations.NullMarked;
