// SPDX-License-Identifier: Apache-2.0
/** Threads of the camera. */
@NullMarked
package org.refcam.threads;

import org.jspecify.annotations.NullMarked;
