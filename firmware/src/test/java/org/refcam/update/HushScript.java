// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a boot script in as much of U-Boot's command language as ours use: {@code for}, {@code if},
 * {@code test} with {@code =} and {@code !=}, variables of the script before those of the
 * environment, {@code setexpr} on the environment, {@code echo}. Any other command is its user's.
 */
final class HushScript {
  private static final Pattern TOKEN = Pattern.compile(";|(?:\"[^\"]*\"|[^\\s;\"])+");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)\\}");
  private static final Set<String> RESERVED = Set.of("do", "done", "then", "else", "fi");
  private static final int HEXADECIMAL = 16;

  /** What else the boot loader can do. */
  @FunctionalInterface
  interface Commands {
    /**
     * @return whether it went well
     */
    boolean run(List<String> words) throws IOException;
  }

  private interface Step {
    boolean run() throws IOException;
  }

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, String> locals = new HashMap<>();
  private final Map<String, String> environment;
  private final Commands commands;
  private int at;

  private HushScript(Map<String, String> environment, Commands commands) {
    this.environment = environment;
    this.commands = commands;
  }

  /**
   * @param environment its variables, which the script may set
   * @throws IllegalArgumentException if the script is none
   */
  static void run(String script, Map<String, String> environment, Commands commands)
      throws IOException {
    HushScript hush = new HushScript(environment, commands);
    Matcher token = TOKEN.matcher(script);
    while (token.find()) {
      hush.tokens.add(token.group());
    }
    hush.list(Set.of()).run();
  }

  private String token() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private void expect(String word) {
    if (!token().equals(word)) {
      throw new IllegalArgumentException(word + " is missing before " + token());
    }
    at++;
  }

  /** Commands up to one of these words, which is left. */
  private Step list(Set<String> ends) {
    List<Step> steps = new ArrayList<>();
    while (at < tokens.size() && !ends.contains(token())) {
      if (token().equals(";")) {
        at++;
      } else {
        steps.add(command());
      }
    }
    return () -> {
      boolean well = true;
      for (Step step : steps) {
        well = step.run();
      }
      return well;
    };
  }

  private Step command() {
    return switch (token()) {
      case "for" -> loop();
      case "if" -> branch();
      default -> simple();
    };
  }

  private Step loop() {
    expect("for");
    String variable = token();
    at++;
    expect("in");
    List<String> words = words();
    expect(";");
    expect("do");
    Step body = list(Set.of("done"));
    expect("done");
    return () -> {
      boolean well = true;
      for (String value : expanded(words)) {
        locals.put(variable, value);
        well = body.run();
      }
      return well;
    };
  }

  private Step branch() {
    expect("if");
    Step condition = list(Set.of("then"));
    expect("then");
    Step then = list(Set.of("else", "fi"));
    Step otherwise = () -> true;
    if (token().equals("else")) {
      at++;
      otherwise = list(Set.of("fi"));
    }
    expect("fi");
    Step last = otherwise;
    return () -> condition.run() ? then.run() : last.run();
  }

  private Step simple() {
    if (RESERVED.contains(token())) {
      throw new IllegalArgumentException("no command begins with " + token());
    }
    List<String> words = words();
    return () -> run(expanded(words));
  }

  private List<String> words() {
    int from = at;
    while (at < tokens.size() && !token().equals(";")) {
      at++;
    }
    return List.copyOf(tokens.subList(from, at));
  }

  private boolean run(List<String> words) throws IOException {
    String name = words.get(0);
    int equals = name.indexOf('=');
    if (equals > 0) {
      locals.put(name.substring(0, equals), name.substring(equals + 1));
      return true;
    }
    return switch (name) {
      case "test" -> words.get(1).equals(words.get(3)) == words.get(2).equals("=");
      case "setexpr" -> {
        long left = Long.parseLong(words.get(2), HEXADECIMAL);
        long right = Long.parseLong(words.get(4), HEXADECIMAL);
        long result = words.get(3).equals("-") ? left - right : left + right;
        environment.put(words.get(1), Long.toHexString(result));
        yield true;
      }
      case "echo" -> true;
      default -> commands.run(words);
    };
  }

  /** Variables are replaced; what is not quoted falls apart at spaces. */
  private List<String> expanded(List<String> words) {
    List<String> result = new ArrayList<>();
    for (String word : words) {
      String value =
          VARIABLE
              .matcher(word)
              .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
      if (word.contains("\"")) {
        result.add(value.replace("\"", ""));
      } else {
        for (String part : value.split(" ", -1)) {
          if (!part.isEmpty()) {
            result.add(part);
          }
        }
      }
    }
    return result;
  }

  private String value(String name) {
    return locals.getOrDefault(name, environment.getOrDefault(name, ""));
  }
}
