// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.refcam.assess.evidence.EvidenceCommand;
import picocli.CommandLine;

/** Entry of {@code tests/assess}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Reader in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    System.exit(run(in, out, err, args));
  }

  /** Runs a command without anybody to ask; the exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(Reader.nullReader(), out, err, args);
  }

  /**
   * Runs a command; the exit code.
   *
   * @param in where the answers to guided steps come from
   */
  public static int run(Reader in, PrintWriter out, PrintWriter err, String... args) {
    // A command of its own: it takes no camera's address but starts one.
    Object called =
        List.of(args).contains(EvidenceCommand.OPTION)
            ? new EvidenceCommand()
            : new RunCommand(new BufferedReader(in));
    return new CommandLine(called)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              err.println("assess: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
              return 2;
            })
        .execute(args);
  }
}
