// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.net.InetAddress;

/** What a factory station needs of a camera that has no owner yet. */
public interface FactoryDoor {
  /** The request for a factory's signature on the IDevID. */
  FactoryRequest request() throws RefusedException, IOException;

  /**
   * Installs the certificate that the factory signed. The array is the caller's, who wipes it.
   *
   * @param certificates PEM, the device's first
   * @throws RefusedException WRONG_LABEL, WRONG_CERTIFICATE, ALREADY_SET_UP, LOCKED
   */
  void install(char[] labelPassword, String certificates, InetAddress peer)
      throws RefusedException, IOException;

  /**
   * @param assurance the level of the root of trust
   * @param request PKCS#10 in PEM
   */
  record FactoryRequest(String serial, String assurance, String request) {}
}
