// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tests/bench NAME}. */
@Command(
    name = "tests/bench",
    mixinStandardHelpOptions = true,
    description = "Speed and size of the built camera, beside peers measured in the same run.",
    subcommands = {
      StreamBench.class,
      StartBench.class,
      MemoryBench.class,
      VaultBench.class,
      EraseBench.class,
      UpdateBench.class,
      OnvifBench.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("tests/bench: " + failure.getMessage());
          return 1;
        });
    System.exit(arguments.length == 0 ? line.execute("--help") : line.execute(arguments));
  }
}
