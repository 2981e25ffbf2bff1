// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fact of the firmware has to be: {@code TABLE/ROW/FACT OPERATOR VALUE}, with the operators
 * {@code =}, {@code !=}, {@code >=}, {@code <=} (whole numbers), {@code has} (among several
 * values), or {@code rows TABLE = N}. Immutable.
 *
 * @param text as it stands in the mapping and the dossier
 */
public record Condition(String text) {
  private static final Pattern FACT =
      Pattern.compile("([a-z-]+)/(.+)/([A-Za-z0-9]+) (=|!=|>=|<=|has) (.+)");
  private static final Pattern ROWS = Pattern.compile("rows ([a-z-]+) = (\\d{1,6})");

  /**
   * @throws IllegalArgumentException if it is no condition
   */
  public Condition {
    if (!FACT.matcher(text).matches() && !ROWS.matcher(text).matches()) {
      throw new IllegalArgumentException("no condition: " + text);
    }
  }

  /** Whether it holds for what the firmware says; a fact that is missing never meets one. */
  public boolean holds(Facts facts) {
    Matcher rows = ROWS.matcher(text);
    if (rows.matches()) {
      return facts.tables().contains(rows.group(1))
          && facts.rows(rows.group(1)).size() == Integer.parseInt(rows.group(2));
    }
    Matcher fact = FACT.matcher(text);
    if (!fact.matches()) {
      throw new AssertionError("the constructor took it: " + text);
    }
    List<String> values = facts.values(fact.group(1), fact.group(2), fact.group(3));
    String wanted = fact.group(5);
    return switch (fact.group(4)) {
      case "=" -> values.equals(List.of(wanted));
      case "!=" -> !values.isEmpty() && !values.contains(wanted);
      case "has" -> values.contains(wanted);
      case ">=" -> number(values).filter(n -> n >= Long.parseLong(wanted)).isPresent();
      default -> number(values).filter(n -> n <= Long.parseLong(wanted)).isPresent();
    };
  }

  /** What the firmware says where the condition looks. */
  public String seen(Facts facts) {
    Matcher fact = FACT.matcher(text);
    if (fact.matches()) {
      List<String> values = facts.values(fact.group(1), fact.group(2), fact.group(3));
      return values.isEmpty() ? "nothing" : String.join(", ", values);
    }
    return facts.rows(text.split(" ", -1)[1]).size() + " rows";
  }

  private static Optional<Long> number(List<String> values) {
    return values.size() == 1 && values.get(0).matches("-?\\d{1,18}")
        ? Optional.of(Long.parseLong(values.get(0)))
        : Optional.empty();
  }
}
