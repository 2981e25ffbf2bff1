// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault.Code;

/** Reads what messages may lack. Stateless. */
public final class Values {
  private Values() {}

  /** A change that must reach the disk. */
  @FunctionalInterface
  public interface Change {
    void run() throws IOException;
  }

  /**
   * @throws OnvifFault InvalidArgs if the request lacks the value
   */
  public static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw OnvifFault.of(Code.INVALID_ARGS, "the request lacks " + name);
    }
    return value;
  }

  /**
   * @throws OnvifFault Action if the change could not be stored or made
   */
  public static void store(Change change) {
    try {
      change.run();
    } catch (IOException e) {
      OnvifFault fault = OnvifFault.of(Code.ACTION, "the change could not be made");
      fault.initCause(e);
      throw fault;
    }
  }
}
