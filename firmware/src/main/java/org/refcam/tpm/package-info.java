// SPDX-License-Identifier: Apache-2.0
/**
 * The few TPM 2.0 commands that the camera needs, as bytes on a device node or a socket (TCG,
 * Trusted Platform Module Library, parts 2 and 3).
 */
@NullMarked
package org.refcam.tpm;

import org.jspecify.annotations.NullMarked;
