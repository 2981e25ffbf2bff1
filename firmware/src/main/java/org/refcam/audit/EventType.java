// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that the audit log records. A type that is not {@link #optional} is recorded even when
 * the owner opted out: the camera needs it to prove its own state.
 */
public enum EventType {
  BOOT(ChainName.CHANGES, false, Severity.NOTICE),
  SHUTDOWN(ChainName.CHANGES, false, Severity.NOTICE),
  SET_UP(ChainName.CHANGES, false, Severity.NOTICE),
  ACCOUNT_CREATED(ChainName.CHANGES, true, Severity.NOTICE),
  ACCOUNT_CHANGED(ChainName.CHANGES, true, Severity.NOTICE),
  ACCOUNT_DELETED(ChainName.CHANGES, true, Severity.NOTICE),
  PASSWORD_CHANGED(ChainName.CHANGES, true, Severity.NOTICE),
  PASSWORD_RESET(ChainName.CHANGES, true, Severity.NOTICE),
  PASSKEY_ADDED(ChainName.CHANGES, true, Severity.NOTICE),
  PASSKEY_REMOVED(ChainName.CHANGES, true, Severity.NOTICE),
  CLIENT_CREATED(ChainName.CHANGES, true, Severity.NOTICE),
  CLIENT_REVOKED(ChainName.CHANGES, true, Severity.NOTICE),
  SESSIONS_ENDED(ChainName.CHANGES, true, Severity.NOTICE),
  SETTINGS_CHANGED(ChainName.CHANGES, true, Severity.NOTICE),
  /** The opt-out or the forwarding of this log was changed. */
  LOGGING_CHANGED(ChainName.CHANGES, false, Severity.WARNING),
  /** A forwarding destination could not be reached, or can be again. */
  FORWARDING(ChainName.CHANGES, false, Severity.WARNING),
  /** A destination was allowed or forbidden, or "store in Viet Nam only" was switched. */
  EGRESS_CHANGED(ChainName.CHANGES, false, Severity.WARNING),
  /** A connection that the policy stood against. */
  EGRESS_REFUSED(ChainName.CHANGES, false, Severity.WARNING),
  /** Another wireless network was named or forgotten, or a trial of one ended. */
  WIFI_CHANGED(ChainName.CHANGES, false, Severity.WARNING),
  /** Footage left the camera in a file. */
  RECORDING_EXPORTED(ChainName.CHANGES, true, Severity.NOTICE),
  /** A clip is kept although it is old, or no longer. */
  RECORDING_HELD(ChainName.CHANGES, true, Severity.NOTICE),
  /**
   * Recording stopped because its medium is full, read-only or fails, or the medium works again.
   */
  RECORDING_STORAGE(ChainName.CHANGES, false, Severity.ERROR),
  /** The doors show another certificate than before. */
  CERTIFICATE_SHOWN(ChainName.CHANGES, false, Severity.WARNING),
  UPDATE(ChainName.CHANGES, false, Severity.NOTICE),
  ERASE(ChainName.CHANGES, false, Severity.WARNING),
  CLOCK_CHANGED(ChainName.CHANGES, false, Severity.NOTICE),
  INTEGRITY_FAULT(ChainName.CHANGES, false, Severity.ALERT),
  /** Events that a failing or full disk did not take. */
  EVENTS_LOST(ChainName.CHANGES, false, Severity.ERROR),
  SIGN_IN(ChainName.ACCESS, true, Severity.INFORMATIONAL),
  SIGN_IN_FAILED(ChainName.ACCESS, true, Severity.WARNING),
  LOCKED(ChainName.ACCESS, true, Severity.WARNING),
  SIGN_OUT(ChainName.ACCESS, true, Severity.INFORMATIONAL),
  /** A request that the role does not allow. */
  REFUSED(ChainName.ACCESS, true, Severity.WARNING),
  /** A signed statement about the chain so far; made by the log itself in either chain. */
  CHECKPOINT(ChainName.CHANGES, false, Severity.INFORMATIONAL),
  /** The oldest segment made room; made by the log itself in either chain. */
  DROPPED(ChainName.CHANGES, false, Severity.NOTICE);

  /** Severities of RFC 5424, table 2. */
  enum Severity {
    ALERT(1),
    ERROR(3),
    WARNING(4),
    NOTICE(5),
    INFORMATIONAL(6);

    private final int code;

    Severity(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  private final ChainName chain;
  private final boolean optional;
  private final Severity severity;

  EventType(ChainName chain, boolean optional, Severity severity) {
    this.chain = chain;
    this.optional = optional;
    this.severity = severity;
  }

  public ChainName chain() {
    return chain;
  }

  /** Whether the owner's opt-out stops its recording. */
  public boolean optional() {
    return optional;
  }

  Severity severity() {
    return severity;
  }

  /** As exports and REST name it: {@code sign_in_failed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EventType> find(String word) {
    return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
  }
}
