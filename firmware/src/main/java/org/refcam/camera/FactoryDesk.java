// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.refcam.identity.CertificateRefusedException;
import org.refcam.identity.DeviceIdentity;
import org.refcam.web.FactoryDoor;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the factory while the camera has no owner; who installs has to know the label. */
final class FactoryDesk implements FactoryDoor {
  private static final Logger log = LoggerFactory.getLogger(FactoryDesk.class);

  private final DeviceIdentity identity;
  private final FrontDesk frontDesk;

  FactoryDesk(DeviceIdentity identity, FrontDesk frontDesk) {
    this.identity = identity;
    this.frontDesk = frontDesk;
  }

  @Override
  public FactoryRequest request() throws RefusedException, IOException {
    if (frontDesk.ready()) {
      throw new RefusedException(Reason.ALREADY_SET_UP);
    }
    return new FactoryRequest(
        identity.serial(), identity.assuranceLevel().word(), pem(identity.idevidRequest()));
  }

  @Override
  public void install(char[] labelPassword, String certificates, InetAddress peer)
      throws RefusedException, IOException {
    frontDesk.requireLabel(labelPassword, peer);
    try {
      identity.installIdevid(certificates.getBytes(StandardCharsets.US_ASCII));
      log.info("a factory's device certificate was installed");
    } catch (CertificateRefusedException e) {
      log.warn("a device certificate was refused: {}", e.getMessage());
      throw new RefusedException(Reason.WRONG_CERTIFICATE);
    }
  }

  static String pem(byte[] request) {
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }
}
