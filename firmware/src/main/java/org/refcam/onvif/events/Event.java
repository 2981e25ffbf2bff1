// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.time.Instant;
import java.util.List;

/**
 * One change of a property. Immutable.
 *
 * @param source which part of the camera, such as a source's token; one value for each of the
 *     topic's items
 * @param state as XML Schema writes it; empty for what is no property
 * @param initial whether it tells a new subscriber what has been so for a while
 */
public record Event(Topic topic, List<String> source, String state, Instant at, boolean initial) {
  public Event {
    source = List.copyOf(source);
    if (source.size() != topic.source().size()) {
      throw new IllegalArgumentException(topic + " is about " + topic.source());
    }
  }
}
