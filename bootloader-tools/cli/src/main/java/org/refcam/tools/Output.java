// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command's result, for people or as one JSON object. A picocli mixin of every command. */
public final class Output {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", description = "The result as one JSON object")
  boolean asJson;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec command;

  /** Prints the fields in their order: {@code name value} lines, or JSON. */
  public void result(Map<String, ?> fields) {
    PrintWriter out = command.commandLine().getOut();
    if (asJson) {
      out.println(json(fields));
    } else {
      int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
      fields.forEach((name, value) -> out.printf("%-" + (width + 2) + "s%s%n", name, value));
    }
    out.flush();
  }

  /** Prints a line for people; nothing with {@code --json}. */
  public void line(String text) {
    if (!asJson) {
      command.commandLine().getOut().println(text);
      command.commandLine().getOut().flush();
    }
  }

  /** Prints progress or a warning to standard error. */
  public void note(String text) {
    command.commandLine().getErr().println("refcam-tools: " + text);
    command.commandLine().getErr().flush();
  }

  private static String json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a result that is not plain values: " + fields, e);
    }
  }
}
