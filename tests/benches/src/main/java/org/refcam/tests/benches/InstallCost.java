// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one installation cost its process.
 *
 * @param cpu seconds of all its threads, those of the compiler included
 * @param wall seconds
 * @param extra bytes resident at most beyond the idle process
 * @param fetched bytes
 */
record InstallCost(double cpu, double wall, double extra, double fetched) {

  /** The form in which a process of its own reports them. */
  String line() {
    return cpu + " " + wall + " " + extra + " " + fetched;
  }

  /** Reads {@link #line}; what a peer does not say is 0. */
  static InstallCost parse(String line) {
    String[] words = line.strip().split(" ", -1);
    return new InstallCost(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        words.length > 2 ? Double.parseDouble(words[2]) : 0,
        words.length > 3 ? Double.parseDouble(words[3]) : 0);
  }

  /** Of each figure the middle one. */
  static InstallCost median(List<InstallCost> costs) {
    return new InstallCost(
        middle(costs, InstallCost::cpu),
        middle(costs, InstallCost::wall),
        middle(costs, InstallCost::extra),
        middle(costs, InstallCost::fetched));
  }

  private static double middle(List<InstallCost> costs, ToDoubleFunction<InstallCost> figure) {
    return costs.stream().mapToDouble(figure).sorted().skip(costs.size() / 2).findFirst().orElse(0);
  }
}
