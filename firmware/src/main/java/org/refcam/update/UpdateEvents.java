// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

/** Is told what the owner's audit log should hold. Must not block. */
@FunctionalInterface
public interface UpdateEvents {
  /** What can happen to an update. */
  enum Kind {
    FOUND,
    INSTALLED,
    CONFIRMED,
    ROLLED_BACK,
    /** Who ordered it took the order back. */
    WITHDRAWN,
    REFUSED
  }

  /**
   * @param version of the bundle; empty if none is known
   * @param detail a reason's word; may be empty
   */
  void happened(Kind kind, String version, String detail);
}
