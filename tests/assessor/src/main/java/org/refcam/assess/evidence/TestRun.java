// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

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
    PASSED("passed"),
    FAILED("failed"),
    SKIPPED("skipped"),
    /** No report in the tree names it. */
    NOT_RUN("not run"),
    /** The test, or code that keeps what it tests, was changed after its last report. */
    STALE("changed since it last ran");

    private final String words;

    Result(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return type + "." + method + ": " + result.words() + (at.isEmpty() ? "" : " at " + at);
  }
}
