// SPDX-License-Identifier: Apache-2.0
/**
 * Images of whole cards and the bundles that update them: runs the scripts that fetch and unpack,
 * then lays out, signs and measures what they made. Nothing is mounted.
 */
@NullMarked
package org.refcam.tools.card;

import org.jspecify.annotations.NullMarked;
