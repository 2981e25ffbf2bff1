// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import org.refcam.audit.AuditFaultException.Reason;

/**
 * One fault that a check found. Immutable.
 *
 * @param where the file, or the line of an export
 * @param sequence the first record that is not proved any more; 0 if that is not known
 */
public record AuditFault(String where, long sequence, Reason reason) {
  @Override
  public String toString() {
    return reason.word() + " in " + where + (sequence > 0 ? " from record " + sequence : "");
  }
}
