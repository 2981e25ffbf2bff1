// SPDX-License-Identifier: Apache-2.0
/**
 * ONVIF: the services that recorders and city video systems speak, over SOAP 1.2 on the camera's
 * HTTPS door. Message types lie in one package per namespace of the specification.
 */
@NullMarked
package org.refcam.onvif;

import org.jspecify.annotations.NullMarked;
