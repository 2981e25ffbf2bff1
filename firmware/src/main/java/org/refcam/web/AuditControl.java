// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import org.refcam.audit.LoggingSettings;
import org.refcam.audit.SyslogForwarder;

/** The owner's choices about the audit log, and what became of them. */
public interface AuditControl {
  LoggingSettings current();

  /**
   * @throws IOException if they could not be written; the old ones stay in effect
   */
  void save(LoggingSettings settings) throws IOException;

  /** Whether the camera stands where a full log has to be kept. */
  boolean dutyToLog();

  SyslogForwarder.State forwarding();
}
