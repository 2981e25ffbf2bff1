// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.refcam.onvif.FilterReader;
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
 * messages have no ElementItem, so a condition on one never holds. Confined to one thread.
 */
final class ItemFilter {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"[^\"]*\"|'[^']*'|//[A-Za-z0-9]+(?::[A-Za-z]+)?|@?[A-Za-z]+|[=()\\[\\]])");

  private record Item(String name, String value) {}

  private final FilterReader in;

  private ItemFilter(String text) {
    in = new FilterReader(text, TOKEN, ItemFilter::bad);
  }

  /**
   * @throws OnvifFault with InvalidMessageContentExpressionFault if it is not of the dialect
   */
  static Predicate<Event> parse(String text) {
    ItemFilter filter = new ItemFilter(text);
    return filter.in.read(filter::path);
  }

  private Predicate<Event> path() {
    in.take("boolean");
    in.take("(");
    boolean simple = element().equals("SimpleItem");
    in.take("[");
    Predicate<Item> wanted = in.condition(this::attribute);
    in.take("]");
    in.take(")");
    return event -> simple && items(event).stream().anyMatch(wanted);
  }

  private String element() {
    String path = in.next();
    String element = path.substring(path.indexOf(':') + 1).replace("//", "");
    if (!path.startsWith("//") || !element.equals("SimpleItem") && !element.equals("ElementItem")) {
      throw in.bad();
    }
    return element;
  }

  private Predicate<Item> attribute() {
    String attribute = in.next();
    boolean name = attribute.equals("@Name");
    if (!name && !attribute.equals("@Value")) {
      throw in.bad();
    }
    in.take("=");
    String text = in.quoted();
    return name ? item -> item.name().equals(text) : item -> item.value().equals(text);
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
