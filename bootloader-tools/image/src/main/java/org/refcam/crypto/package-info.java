// SPDX-License-Identifier: Apache-2.0
/**
 * Authenticated encryption, key derivation and secrets in memory; knows no format of the camera.
 */
@NullMarked
package org.refcam.crypto;

import org.jspecify.annotations.NullMarked;
