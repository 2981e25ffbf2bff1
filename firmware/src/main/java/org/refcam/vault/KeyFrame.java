// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

/**
 * Where decoding can start.
 *
 * @param mediaNanos media time of the IDR
 * @param offset of its chunk in the file
 * @param sequence of its chunk
 */
record KeyFrame(long mediaNanos, long offset, int sequence) {}
