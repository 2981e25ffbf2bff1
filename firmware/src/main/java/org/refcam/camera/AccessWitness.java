// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import org.refcam.access.Accounts;
import org.refcam.access.ClientCredentials;
import org.refcam.access.Door;
import org.refcam.access.GuessLimiter;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.AuditLog;
import org.refcam.audit.EventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the guesses of all doors. A name that is no account's and no client's is not recorded: it
 * is often a password in the wrong field.
 */
final class AccessWitness implements GuessLimiter.Witness {
  private static final Logger log = LoggerFactory.getLogger(AccessWitness.class);

  private final AuditLog audit;
  private final Accounts accounts;
  private final ClientCredentials clients;

  AccessWitness(AuditLog audit, Accounts accounts, ClientCredentials clients) {
    this.audit = audit;
    this.accounts = accounts;
    this.clients = clients;
  }

  @Override
  public void failed(Door door, String account, InetAddress peer, boolean locked) {
    record(EventType.SIGN_IN_FAILED, door, account, peer);
    if (locked) {
      record(EventType.LOCKED, door, account, peer);
    }
  }

  /** Clients prove themselves with every request; only what is news is recorded. */
  @Override
  public void succeeded(Door door, String account, InetAddress peer) {
    try {
      if (clients.noteUse(account, peer.getHostAddress())) {
        record(EventType.SIGN_IN, door, account, peer);
      }
    } catch (IOException e) {
      log.warn("a client's last use could not be stored", e);
    }
  }

  private void record(EventType type, Door door, String account, InetAddress peer) {
    boolean known =
        accounts.find(account).isPresent()
            || clients.find(account).isPresent()
            || account.equals(FrontDesk.LABEL);
    Map<String, String> details =
        Map.of("door", door.name().toLowerCase(Locale.ROOT), "known", Boolean.toString(known));
    audit.record(new AuditEvent(type, known ? account : "", peer.getHostAddress(), details));
  }
}
