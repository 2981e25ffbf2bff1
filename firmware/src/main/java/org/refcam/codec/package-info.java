// SPDX-License-Identifier: Apache-2.0
/** H.264 syntax that a camera must read: NAL unit boundaries and types, parameter sets. */
@NullMarked
package org.refcam.codec;

import org.jspecify.annotations.NullMarked;
