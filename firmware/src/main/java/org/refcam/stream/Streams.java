// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The camera's streams by name, {@code main} and {@code sub}. Immutable. */
public final class Streams {
  private final Map<String, VideoStream> byName = new LinkedHashMap<>();

  public Streams(List<VideoStream> streams) {
    streams.forEach(stream -> byName.put(stream.name(), stream));
  }

  public Optional<VideoStream> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In the order of importance. */
  public List<VideoStream> all() {
    return List.copyOf(byName.values());
  }
}
