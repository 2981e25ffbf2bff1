// SPDX-License-Identifier: Apache-2.0
/**
 * Flattened device trees (DTB, version 17): bytes to values and back. What they mean is for others
 * to say; hostile bytes are refused here.
 *
 * <p>Source: Devicetree Specification 0.4, chapter 5.
 */
@NullMarked
package org.refcam.fdt;

import org.jspecify.annotations.NullMarked;
