// SPDX-License-Identifier: Apache-2.0
/**
 * What is printed on a camera, drawn in one way by the camera itself and by the factory: as QR, PNG
 * and PDF; and the serial, which follows from the device key.
 */
@NullMarked
package org.refcam.label;

import org.jspecify.annotations.NullMarked;
