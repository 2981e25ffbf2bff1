// SPDX-License-Identifier: Apache-2.0
/** What a camera is asked for: requirements in our words, with the regimes that ask for them. */
@NullMarked
package org.refcam.assess.catalogue;

import org.jspecify.annotations.NullMarked;
