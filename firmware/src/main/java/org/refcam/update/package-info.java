// SPDX-License-Identifier: Apache-2.0
/**
 * Finds, fetches, verifies and installs the camera's next software into the slot that does not run,
 * proves it healthy or goes back, and raises the security counter. firmware/doc/update.md draws the
 * chain.
 */
@NullMarked
package org.refcam.update;

import org.jspecify.annotations.NullMarked;
