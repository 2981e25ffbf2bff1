// SPDX-License-Identifier: Apache-2.0
/**
 * What flows between the stages of the camera: pictures on their way to an encoder, access units on
 * their way to viewers and recorders, and the time that both carry. Knows no device, codec library
 * or protocol.
 */
@NullMarked
package org.refcam.media;

import org.jspecify.annotations.NullMarked;
