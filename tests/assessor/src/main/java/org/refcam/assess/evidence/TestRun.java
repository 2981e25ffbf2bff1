// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import org.refcam.assess.catalogue.Text;

/**
 * One test and how it last ended in this tree. Immutable.
 *
 * @param file its source, below the top of the tree
 * @param type its class
 * @param method its method
 * @param at time of the report, RFC 3339; empty if there is none
 */
public record TestRun(String file, String type, String method, Result result, String at) {
  /** How a test last ended. */
  public enum Result {
    PASSED(new Text("passed", "đạt")),
    FAILED(new Text("failed", "không đạt")),
    SKIPPED(new Text("skipped", "bị bỏ qua")),
    /** No report in the tree names it. */
    NOT_RUN(new Text("not run", "chưa chạy")),
    /** The test, or code that keeps what it tests, was changed after its last report. */
    STALE(new Text("changed since it last ran", "đã đổi sau lần chạy cuối"));

    private final Text words;

    Result(Text words) {
      this.words = words;
    }

    public Text words() {
      return words;
    }
  }

  /** The method, and how it ended. */
  public Text told() {
    String name = type + "." + method + ": ";
    String when = at.isEmpty() ? "" : " (" + at + ")";
    return new Text(name + result.words().en() + when, name + result.words().vi() + when);
  }
}
