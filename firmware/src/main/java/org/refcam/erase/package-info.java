// SPDX-License-Identifier: Apache-2.0
/**
 * Crypto-erase: which keys die, in what order, how a cut erase finishes, and the certificate that
 * says what was done and what was not. {@code firmware/doc/erase.md} is the design.
 */
@NullMarked
package org.refcam.erase;

import org.jspecify.annotations.NullMarked;
