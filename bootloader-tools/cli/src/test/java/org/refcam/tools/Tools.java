// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs refcam-tools in this JVM and keeps what it wrote. */
public final class Tools {
  public record Run(int exit, String out, String err) {}

  private Tools() {}

  public static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Run(exit, out.toString(), err.toString());
  }
}
