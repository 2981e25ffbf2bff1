// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * What the guard found in a request that kept all bounds. Immutable.
 *
 * @param request name of the one element in the body: the operation
 * @param token of the security header
 * @param messageId of WS-Addressing, to which the answer relates
 */
record Envelope(QName request, Optional<UsernameToken> token, Optional<String> messageId) {}
