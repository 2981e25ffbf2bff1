// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

/** A place for one whole system. */
public enum SlotName {
  A,
  B,
  /** On a PC: what the source tree was built to. Nothing is ever installed there. */
  BUILTIN
}
