// SPDX-License-Identifier: Apache-2.0
/**
 * The Update Framework 1.0: metadata as values, the rules by which a client comes to trust them,
 * and the signing side. No file or network is touched here; {@link org.refcam.tuf.Updater} reaches
 * both through interfaces that its caller supplies.
 *
 * <p>Source: theupdateframework.github.io/specification, 1.0.34; ML-DSA keys as TAP 21 (draft of
 * April 2026) names them. Step numbers in comments are those of section 5 there.
 */
@NullMarked
package org.refcam.tuf;

import org.jspecify.annotations.NullMarked;
