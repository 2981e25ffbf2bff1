// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;

/**
 * Erases the whole device: what a button, an ONVIF hard factory default and the page end in. When
 * it returns nothing can be read any more, and the process ends a moment later.
 */
@FunctionalInterface
public interface EraseRequest {
  /**
   * @return the certificate
   * @throws IOException if nothing was erased, or the next start has to finish it
   */
  StoredCertificate erase(EraseOrigin origin) throws IOException;
}
