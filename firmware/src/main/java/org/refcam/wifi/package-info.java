// SPDX-License-Identifier: Apache-2.0
/**
 * The camera in the owner's wireless network: what the owner wants, the client of wpa_supplicant's
 * control interface, and a change of network that is confirmed or taken back. Keys go from the
 * sealed store to the supplicant's memory and nowhere else.
 */
@NullMarked
package org.refcam.wifi;

import org.jspecify.annotations.NullMarked;
