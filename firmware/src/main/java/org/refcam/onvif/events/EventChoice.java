// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.wsn.Notifications.FilterType;
import org.w3c.dom.Element;

/**
 * Which events a subscriber wants: of certain topics, and with certain contents where it says so.
 * Immutable.
 */
record EventChoice(TopicFilter topics, List<Predicate<Event>> contents) {
  /** Conditions on contents that one subscription may have. */
  private static final int MOST_CONTENTS = 8;

  static final String ITEM_FILTER =
      "http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter";

  static final EventChoice ALL = new EventChoice(TopicFilter.ALL, List.of());

  EventChoice {
    contents = List.copyOf(contents);
  }

  /**
   * @throws OnvifFault with the fault of WS-BaseNotification that fits
   */
  static EventChoice of(@Nullable FilterType filter) {
    List<Element> topics = new ArrayList<>();
    List<Predicate<Event>> contents = new ArrayList<>();
    for (Element one : filter == null ? List.<Element>of() : filter.any) {
      boolean content =
          Namespaces.WSNT.equals(one.getNamespaceURI())
              && "MessageContent".equals(one.getLocalName());
      if (!content) {
        topics.add(one);
      } else if (!one.getAttribute("Dialect").equals(ITEM_FILTER)
          || contents.size() >= MOST_CONTENTS) {
        throw OnvifFault.of(
            Code.INVALID_ARG_VAL,
            new QName(Namespaces.WSNT, "InvalidFilterFault", "wsnt"),
            "contents are filtered by the dialect ItemFilter");
      } else {
        contents.add(ItemFilter.parse(one.getTextContent()));
      }
    }
    return new EventChoice(TopicFilter.of(topics), contents);
  }

  boolean wants(Event event) {
    return topics.wants(event.topic()) && contents.stream().allMatch(c -> c.test(event));
  }
}
