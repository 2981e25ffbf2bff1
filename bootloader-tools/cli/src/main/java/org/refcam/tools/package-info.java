// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of {@code refcam-tools}: what a maintainer and a factory run beside the camera.
 *
 * <p>Every command ends with an exit code of {@link org.refcam.tools.Exit}, writes its result to
 * standard output (one JSON object with {@code --json}) and everything else to standard error.
 */
@NullMarked
package org.refcam.tools;

import org.jspecify.annotations.NullMarked;
