// SPDX-License-Identifier: Apache-2.0
/** What is tried on a camera, and the verdict of each try. */
@NullMarked
package org.refcam.assess.check;

import org.jspecify.annotations.NullMarked;
