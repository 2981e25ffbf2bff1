// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;
import org.refcam.identity.DeviceIdentity;
import org.refcam.identity.TlsPath;
import org.refcam.identity.keystore.Keystore;
import org.refcam.keys.SealedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's keys and certificates, shown by TLS before the camera's own, and a note in the
 * audit log whenever it is another one that is shown. Guarded by its monitor.
 */
final class KeystoreRoom {
  private static final Logger log = LoggerFactory.getLogger(KeystoreRoom.class);

  /** Which certificate the doors show. */
  private enum Shown {
    /** The camera's own; nothing is assigned. */
    OWN,
    ASSIGNED,
    /** The camera's own, because what is assigned is not valid now. */
    OWN_FOR_ASSIGNED_IS_NOT_VALID
  }

  private final Keystore keystore;
  private final DeviceIdentity identity;
  private final Consumer<AuditEvent> audit;
  private String told;

  /**
   * @throws IOException if the file is there but cannot be trusted
   */
  KeystoreRoom(
      SealedFile file,
      DeviceIdentity identity,
      Consumer<AuditEvent> audit,
      SecureRandom random,
      Clock clock)
      throws IOException {
    keystore = new Keystore(file, random, clock);
    this.identity = identity;
    this.audit = audit;
    told = Shown.OWN + identity.shown().sha256();
    identity.showInstead(keystore::shown);
    look();
  }

  Keystore keystore() {
    return keystore;
  }

  /** Takes note if another certificate is shown than when it was last looked at. */
  synchronized void look() {
    TlsPath now = identity.shown();
    Shown state = state();
    String fact = state + now.sha256();
    if (fact.equals(told)) {
      return;
    }
    told = fact;
    log.info("TLS shows {}: {}", now.sha256(), state);
    audit.accept(
        AuditEvent.ofCamera(
            EventType.CERTIFICATE_SHOWN,
            Map.of(
                "certificate", now.sha256(),
                "which", state.name().toLowerCase(Locale.ROOT))));
  }

  private Shown state() {
    if (keystore.assigned().isEmpty()) {
      return Shown.OWN;
    }
    return keystore.shown().isPresent() ? Shown.ASSIGNED : Shown.OWN_FOR_ASSIGNED_IS_NOT_VALID;
  }
}
