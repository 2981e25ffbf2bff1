// SPDX-License-Identifier: Apache-2.0
package org.refcam;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another program that must agree with ours. A test whose peer is not installed says so. */
public final class Peer {
  private final Path program;

  private Peer(Path program) {
    this.program = program;
  }

  /** What the program said, standard error included. */
  public record Answer(int exit, String text) {}

  /** A Debian program, or an aborted test that names what it misses. */
  public static Peer require(String name) {
    return Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Peer::new)
        .orElseGet(() -> abort(name + " is not installed"));
  }

  /** A program that an environment variable names. */
  public static Peer requireFrom(String variable) {
    String path = System.getenv().getOrDefault(variable, "");
    return Files.isExecutable(Path.of(path)) && !path.isEmpty()
        ? new Peer(Path.of(path))
        : abort(variable + " names no program");
  }

  private static Peer abort(String why) {
    System.err.println("skipped: " + why);
    assumeTrue(false, why);
    throw new AssertionError("the assumption has ended the test");
  }

  /** Runs it in a directory; fails unless it ends with 0. */
  public String run(Path directory, Object... arguments) throws IOException, InterruptedException {
    Answer answer = ask(directory, Map.of(), arguments);
    if (answer.exit() != 0) {
      throw new AssertionError(program + " ended with " + answer.exit() + ": " + answer.text());
    }
    return answer.text();
  }

  /** Runs it in a directory, whatever it ends with. */
  public Answer ask(Path directory, Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
