// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.PrintWriter;
import org.refcam.tools.factory.FactoryCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the release side. */
@Command(
    name = "refcam-tools",
    mixinStandardHelpOptions = true,
    version = "refcam-tools 0.1.0",
    description = "Keys, bundles and the update repository of RefCam.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:done", " 1:refused or failed", " 2:called wrongly"},
    subcommands = {
      BoardCommand.class,
      KeysCommand.class,
      BundleCommand.class,
      ImageCommand.class,
      PublishCommand.class,
      LedgerCommand.class,
      SbomCommand.class,
      VulnerabilityCommand.class,
      TufClientCommand.class,
      FactoryCommand.class,
      FitCommand.class,
      UefiCommand.class,
      VerityCommand.class,
      VerifyImageCommand.class
    })
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Runs one command in this JVM, as tests do. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  /** Without a command there is nothing to do: shows what there is. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(oneLine());
  }

  /** Failures a person can act on become one line; a fault of ours keeps its stack trace. */
  private static IExecutionExceptionHandler oneLine() {
    return (failure, command, parsed) -> {
      command.getErr().println("refcam-tools: " + reason(failure));
      if (failure instanceof RuntimeException) {
        failure.printStackTrace(command.getErr());
      }
      return Exit.REFUSED;
    };
  }

  private static String reason(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof java.nio.file.NoSuchFileException
        ? "no such file: " + message
        : failure instanceof IOException && failure.getMessage() == null
            ? failure.toString()
            : message;
  }
}
