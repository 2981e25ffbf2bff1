// SPDX-License-Identifier: Apache-2.0
/**
 * Benches of the built camera through its public doors, each beside a peer that is measured in the
 * same run on the same machine. Figures, not tests: nothing here fails because a machine is slow.
 */
@NullMarked
package org.refcam.tests.benches;

import org.jspecify.annotations.NullMarked;
