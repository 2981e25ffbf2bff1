// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened. Text is cut to fit and freed of control characters, because a peer may
 * have chosen it. Never holds a secret. Immutable.
 *
 * @param actor the account, client or part of the camera that did it; may be empty
 * @param address the peer's IP address; empty if it came from the camera itself
 * @param details at most 8 facts, by short names
 */
public record AuditEvent(
    EventType type, String actor, String address, Map<String, String> details) {
  /** The actor of what the camera does by itself. */
  public static final String CAMERA = "camera";

  static final int MOST_DETAILS = 8;
  static final int LONGEST_TEXT = 64;
  static final int LONGEST_DETAIL = 128;
  private static final int LONGEST_NAME = 24;

  public AuditEvent {
    actor = clean(actor, LONGEST_TEXT);
    address = clean(address, LONGEST_TEXT);
    TreeMap<String, String> kept = new TreeMap<>();
    details.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST_DETAILS)
        .forEach(
            one ->
                kept.put(clean(one.getKey(), LONGEST_NAME), clean(one.getValue(), LONGEST_DETAIL)));
    details = Collections.unmodifiableMap(kept);
  }

  /** What the camera did or found by itself. */
  public static AuditEvent ofCamera(EventType type, Map<String, String> details) {
    return new AuditEvent(type, CAMERA, "", details);
  }

  private static String clean(String text, int longest) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
