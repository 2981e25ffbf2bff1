// SPDX-License-Identifier: Apache-2.0
/**
 * The one way out: which hosts the owner allows the camera to call, for what and in which country,
 * and the connections themselves, resolved once, verified, bounded in time and bytes.
 */
@NullMarked
package org.refcam.egress;

import org.jspecify.annotations.NullMarked;
