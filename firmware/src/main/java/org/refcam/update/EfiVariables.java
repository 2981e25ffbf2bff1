// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.util.Optional;

/**
 * The plain variables of UEFI's own name space, such as {@code BootOrder}. Firmware replaces a
 * variable whole or not at all, and durably, before a change returns (UEFI 2.10, 8.2).
 */
public interface EfiVariables {
  /** Of one value; an order of slots or the way to one takes some hundred. */
  int BYTES_MAX = 4096;

  /**
   * A value, without its attributes.
   *
   * @return empty if there is none
   * @throws IOException also if it is larger than {@value #BYTES_MAX} bytes
   */
  Optional<byte[]> read(String name) throws IOException;

  /** Makes or replaces one: kept without power, and visible before and after the start. */
  void write(String name, byte[] value) throws IOException;

  /** Removes one; nothing happens if it is not there. */
  void delete(String name) throws IOException;
}
