// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a board file after another one's, comments and all, in which nothing is claimed: the
 * status, every {@code proven} and the evidence say that nobody ran it. Stateless.
 */
final class NewBoard {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String NOT_RUN = "hardware-not-yet-run";

  private NewBoard() {}

  /**
   * @throws IllegalArgumentException for what is no board's id
   */
  static String after(String yaml, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(id + ": expected lower-case words joined by '-'");
    }
    List<String> lines = new ArrayList<>();
    boolean evidence = false;
    for (String line : yaml.lines().toList()) {
      boolean top = !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("#");
      evidence = top ? line.startsWith("evidence:") : evidence;
      if (line.startsWith("id:")) {
        lines.add("id: " + id);
      } else if (line.startsWith("name:")) {
        lines.add("name: " + id);
      } else if (line.startsWith("status:")) {
        lines.add("status: " + NOT_RUN);
      } else if (!evidence) {
        lines.add(line.replaceAll("proven: [a-z-]+", "proven: " + NOT_RUN));
      }
    }
    lines.add("evidence:");
    lines.add("  - {what: a run of the camera on the board, how: " + NOT_RUN + "}");
    return String.join("\n", lines) + "\n";
  }
}
