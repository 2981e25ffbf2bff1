// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the built camera as a user would and speaks to its public doors with code of its own, so
 * that a mistake in the camera's protocol code cannot hide behind the same mistake in a test.
 */
@NullMarked
package org.refcam.tests.harness;

import org.jspecify.annotations.NullMarked;
