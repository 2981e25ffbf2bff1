// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.Map;

/**
 * Something about the way out that belongs in the audit log. Immutable.
 *
 * @param actor who did it; empty if the camera itself did
 * @param address of the actor; may be empty
 * @param details short facts, no secrets
 */
public record EgressEvent(Kind kind, String actor, String address, Map<String, String> details) {
  /** What happened. */
  public enum Kind {
    DESTINATION_ADDED,
    DESTINATION_REMOVED,
    VIET_NAM_ONLY_ON,
    VIET_NAM_ONLY_OFF,
    REFUSED
  }

  public EgressEvent {
    details = Map.copyOf(details);
  }

  /** Takes events; never blocks for long, never throws. */
  @FunctionalInterface
  public interface Witness {
    void saw(EgressEvent event);
  }

  /** Who changes the policy. */
  public record Actor(String name, String address) {
    /** The camera itself. */
    public static final Actor CAMERA = new Actor("", "");
  }
}
