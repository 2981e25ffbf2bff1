// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Keeps the texts of a discovery message by element. Confined to one reading. */
final class DiscoveryReader implements EnvelopeGuard.TextListener {
  private final Map<QName, StringBuilder> texts = new HashMap<>();
  private @Nullable QName request;

  @Override
  public void request(QName name) {
    request = name;
  }

  @Override
  public void text(Deque<QName> path, String part) {
    texts.computeIfAbsent(path.getFirst(), name -> new StringBuilder()).append(part);
  }

  QName request() {
    return Optional.ofNullable(request).orElseThrow();
  }

  /** Empty if there is none. */
  String text(QName name) {
    StringBuilder text = texts.get(name);
    return text == null ? "" : text.toString().strip();
  }
}
