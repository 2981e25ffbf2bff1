// SPDX-License-Identifier: Apache-2.0
/** First boot: the label by which an owner proves that the camera is in their hands. */
@NullMarked
package org.refcam.provision;

import org.jspecify.annotations.NullMarked;
