// SPDX-License-Identifier: Apache-2.0
/**
 * Keys that the camera made for an operator, the certificates of his authority, and which of them
 * TLS shows: the keystore of ONVIF's security configuration service.
 */
@NullMarked
package org.refcam.identity.keystore;

import org.jspecify.annotations.NullMarked;
