// SPDX-License-Identifier: Apache-2.0
/**
 * What left a camera, from a capture that somebody took at its gateway: files of packets, packets,
 * and the destinations that they went to. Reads files and opens no connection.
 */
@NullMarked
package org.refcam.assess.egress;

import org.jspecify.annotations.NullMarked;
