// SPDX-License-Identifier: Apache-2.0
/** Finds and loads the camera's own native libraries, lazily, for the machine it runs on. */
@NullMarked
package org.refcam.jni;

import org.jspecify.annotations.NullMarked;
