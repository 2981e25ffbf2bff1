// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Map;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.AuditLog;
import org.refcam.audit.EventType;
import org.refcam.web.Entrance.WebSession;

/** Records what the session of the current request does. Safe from any thread. */
final class AuditTrail {
  private final AuditLog log;

  AuditTrail(AuditLog log) {
    this.log = log;
  }

  /** By the account that is signed in. */
  void record(EventType type, Map<String, String> details) {
    record(type, Gatekeeper.session().map(WebSession::username).orElse(""), details);
  }

  void record(EventType type, String actor, Map<String, String> details) {
    log.record(new AuditEvent(type, actor, Gatekeeper.peer().getHostAddress(), details));
  }
}
