// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import org.refcam.keys.KeySlot;

/**
 * A key slot that an erase destroys.
 *
 * @param name as the certificate names it, such as {@code vault-root}
 */
public record DoomedKey(String name, KeySlot slot) {}
