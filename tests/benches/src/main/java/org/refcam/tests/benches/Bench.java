// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What every bench has: two options, a report at the end, progress on standard error. */
abstract class Bench implements Callable<Integer> {
  @Option(names = "--quick", description = "Seconds instead of minutes; shows only that it works.")
  boolean quick;

  @Option(names = "--json", description = "The figures as JSON")
  boolean json;

  /** Measures and fills the report. */
  abstract void measure(Report report) throws Exception;

  @Override
  public final Integer call() throws Exception {
    Report report = new Report(getClass().getSimpleName().replace("Bench", "").toLowerCase());
    measure(report);
    System.out.print(json ? report.json() : report.text());
    return 0;
  }

  /** Says on standard error what is being done. */
  static void progress(String format, Object... values) {
    System.err.println("bench: " + String.format(java.util.Locale.ROOT, format, values));
  }
}
