// SPDX-License-Identifier: Apache-2.0
/** Who this camera is: its serial, its device key and the certificate that its TLS doors show. */
@NullMarked
package org.refcam.identity;

import org.jspecify.annotations.NullMarked;
