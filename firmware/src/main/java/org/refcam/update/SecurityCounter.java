// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;

/**
 * The lowest security version that may run here. It only grows. How well it withstands who has the
 * medium depends on what keeps it: a sealed file can be put back by a copy, a TPM's NV counter not.
 */
public interface SecurityCounter {
  long read() throws IOException;

  /**
   * Raises it durably; a lower value changes nothing.
   *
   * @throws IOException if it could not be raised: then the old value stands
   */
  void raise(long securityVersion) throws IOException;
}
