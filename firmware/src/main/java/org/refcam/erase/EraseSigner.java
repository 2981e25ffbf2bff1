// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The device's identity, which an erase keeps; {@code camera} supplies it. */
public interface EraseSigner {
  /** The camera's serial number. */
  String serial();

  /** The device certificate (IDevID), and those that it stands on. */
  List<X509Certificate> chain();

  /** SHA256withECDSA by the device key, DER. */
  byte[] sign(byte[] message) throws IOException;
}
