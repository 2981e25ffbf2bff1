// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why and where a process ended, in words that the source code already has. Immutable.
 *
 * <p>INV-HEALTH-1. A crash record holds names of classes, methods and libraries, line numbers,
 * versions and times, and no exception's message, argument, address or memory, and at most {@link
 * Starts#CRASHES_MAX} crashes of bounded length. Holds against whoever reads the medium, and for
 * crashes that input from the network provokes. Does not hold for the times: they tell when the
 * camera ran.
 *
 * @param cause as of {@link Crash}
 * @param where as of {@link Crash}
 */
record CrashCause(String cause, List<String> where) {
  static final CrashCause UNKNOWN = new CrashCause(Crash.UNKNOWN, List.of());

  private static final int CAUSES_MAX = 4;
  private static final int LINES_MAX = 64;

  /** {@code # SIGSEGV (0xb) at pc=0x..., pid=1, tid=2}. */
  private static final Pattern SIGNAL = Pattern.compile("^# {1,4}(SIG[A-Z]{2,8}) \\(0x");

  /** {@code # C [libopenh264.so.7+0x1c2d3]}: of a frame its library and place in it. */
  private static final Pattern LIBRARY =
      Pattern.compile("\\[[A-Za-z0-9_.+-]{1,80}\\+0x[0-9a-f]{1,16}\\]");

  /** {@code # J 12 c2 org.refcam.encode.Scaler.scale([B)V (40 bytes) @ ...}: its class and name. */
  private static final Pattern METHOD =
      Pattern.compile("[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$<][\\w$>]*){2,12}(?=\\()");

  static CrashCause of(Throwable failure) {
    List<String> names = new ArrayList<>();
    Throwable innermost = failure;
    for (Throwable at = failure; at != null && names.size() < CAUSES_MAX; at = at.getCause()) {
      names.add(at.getClass().getName());
      innermost = at;
    }
    List<String> where =
        Arrays.stream(innermost.getStackTrace())
            .limit(Crash.FRAMES_MAX)
            .map(f -> f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber())
            .toList();
    return new CrashCause(String.join(" < ", names), where);
  }

  /**
   * What the Java machine wrote when it crashed ({@code -XX:ErrorFile}): its head alone, because
   * the rest holds registers, memory and the environment.
   *
   * @return empty if there is no such file
   */
  static Optional<CrashCause> ofErrorFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String signal = Crash.UNKNOWN;
    List<String> where = List.of();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < LINES_MAX; i++, line = lines.readLine()) {
        Matcher found = SIGNAL.matcher(line);
        if (found.find()) {
          signal = found.group(1);
        } else if (line.startsWith("# Problematic frame")) {
          where = frame(lines.readLine());
        }
      }
    }
    return Optional.of(new CrashCause(signal, where));
  }

  private static List<String> frame(@org.jspecify.annotations.Nullable String line) {
    if (line == null) {
      return List.of();
    }
    Matcher library = LIBRARY.matcher(line);
    if (library.find()) {
      return List.of(library.group());
    }
    Matcher method = METHOD.matcher(line);
    return method.find() ? List.of(method.group()) : List.of();
  }
}
