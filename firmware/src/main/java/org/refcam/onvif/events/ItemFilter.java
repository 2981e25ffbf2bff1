// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;

/**
 * A subscriber's condition on the items of a message, in the ItemFilter dialect of the core
 * specification (9.5):
 *
 * <pre>
 *   boolean(//tt:SimpleItem[@Name="State" and @Value="true"]) and not(boolean(...))
 * </pre>
 *
 * with {@code and}, {@code or}, {@code not} and brackets, inside and outside the square ones. Our
 * messages have no ElementItem, so a condition on one never holds. At most {@value #LONGEST}
 * letters and {@value #DEEPEST} brackets deep; no XPath engine ever sees it. Confined to one
 * thread.
 */
final class ItemFilter {
  static final int LONGEST = 1_024;
  static final int DEEPEST = 16;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"[^\"]*\"|'[^']*'|//[A-Za-z0-9]+(?::[A-Za-z]+)?|@?[A-Za-z]+|[=()\\[\\]])");

  private record Item(String name, String value) {}

  private final Matcher in;
  private int position;
  private String token = "";

  private ItemFilter(String text) {
    in = TOKEN.matcher(text);
  }

  /**
   * @throws OnvifFault with InvalidMessageContentExpressionFault if it is not of the dialect
   */
  static Predicate<Event> parse(String text) {
    if (text.length() > LONGEST) {
      throw bad();
    }
    ItemFilter filter = new ItemFilter(text.strip());
    filter.advance();
    Predicate<Event> read = filter.expression(0);
    if (!filter.token.isEmpty()) {
      throw bad();
    }
    return read;
  }

  private void advance() {
    if (position == in.regionEnd()) {
      token = "";
      return;
    }
    if (!in.find(position) || in.start() != position) {
      throw bad();
    }
    position = in.end();
    token = in.group(1);
  }

  private Predicate<Event> expression(int depth) {
    Predicate<Event> left = term(depth);
    while (token.equals("and") || token.equals("or")) {
      boolean and = token.equals("and");
      advance();
      left = and ? left.and(term(depth)) : left.or(term(depth));
    }
    return left;
  }

  private Predicate<Event> term(int depth) {
    if (depth >= DEEPEST) {
      throw bad();
    }
    if (token.equals("(")) {
      return bracket(depth);
    }
    if (token.equals("not")) {
      advance();
      return bracket(depth).negate();
    }
    take("boolean");
    take("(");
    Predicate<Event> path = path(depth);
    take(")");
    return path;
  }

  private Predicate<Event> bracket(int depth) {
    take("(");
    Predicate<Event> inner = expression(depth + 1);
    take(")");
    return inner;
  }

  private Predicate<Event> path(int depth) {
    String element = token.substring(Math.max(token.indexOf(':') + 1, 0)).replace("//", "");
    boolean simple = element.equals("SimpleItem");
    if (!token.startsWith("//") || !simple && !element.equals("ElementItem")) {
      throw bad();
    }
    advance();
    take("[");
    Predicate<Item> wanted = attributes(depth);
    take("]");
    return event -> simple && items(event).stream().anyMatch(wanted);
  }

  private Predicate<Item> attributes(int depth) {
    Predicate<Item> left = attribute(depth);
    while (token.equals("and") || token.equals("or")) {
      boolean and = token.equals("and");
      advance();
      left = and ? left.and(attribute(depth)) : left.or(attribute(depth));
    }
    return left;
  }

  private Predicate<Item> attribute(int depth) {
    if (depth >= DEEPEST) {
      throw bad();
    }
    boolean not = token.equals("not");
    if (not) {
      advance();
    }
    if (not || token.equals("(")) {
      take("(");
      Predicate<Item> inner = attributes(depth + 1);
      take(")");
      return not ? inner.negate() : inner;
    }
    boolean name = token.equals("@Name");
    if (!name && !token.equals("@Value")) {
      throw bad();
    }
    advance();
    take("=");
    String text = text();
    return name ? item -> item.name().equals(text) : item -> item.value().equals(text);
  }

  private String text() {
    String quoted = token;
    if (quoted.length() < 2 || quoted.charAt(0) != '"' && quoted.charAt(0) != '\'') {
      throw bad();
    }
    advance();
    return quoted.substring(1, quoted.length() - 1);
  }

  private void take(String expected) {
    if (!token.equals(expected)) {
      throw bad();
    }
    advance();
  }

  private static List<Item> items(Event event) {
    List<Item> items = new ArrayList<>();
    List<Topic.Item> source = event.topic().source();
    for (int i = 0; i < source.size(); i++) {
      items.add(new Item(source.get(i).name(), event.source().get(i)));
    }
    event.topic().data().ifPresent(data -> items.add(new Item(data.name(), event.state())));
    return items;
  }

  private static OnvifFault bad() {
    return OnvifFault.of(
        Code.INVALID_ARG_VAL,
        new QName(Namespaces.WSNT, "InvalidMessageContentExpressionFault", "wsnt"),
        "no condition of the ItemFilter dialect");
  }
}
