// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.refcam.erase.EraseSigner;
import org.refcam.identity.DeviceIdentity;

/** Erase certificates are signed with the device key and stand on the IDevID. Immutable. */
record EraseSigning(DeviceIdentity identity) implements EraseSigner {
  @Override
  public String serial() {
    return identity.serial();
  }

  @Override
  public List<X509Certificate> chain() {
    return identity.idevid();
  }

  @Override
  public byte[] sign(byte[] message) throws IOException {
    return identity.sign(message);
  }
}
