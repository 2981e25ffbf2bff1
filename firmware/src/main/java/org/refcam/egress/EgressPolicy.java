// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.EgressRefusedException.Reason;

/**
 * What the owner allows: nothing, but for the destinations listed. Immutable.
 *
 * @param vietNamOnly whether footage and personal data may go to destinations in Viet Nam alone
 * @param destinations at most {@value #MOST}, each for one purpose, none twice
 */
public record EgressPolicy(boolean vietNamOnly, List<Destination> destinations) {
  public static final int MOST = 16;

  public EgressPolicy(boolean vietNamOnly, @Nullable List<Destination> destinations) {
    this.vietNamOnly = vietNamOnly;
    this.destinations = destinations == null ? List.of() : List.copyOf(destinations);
  }

  public Optional<Destination> find(String host, int port, Purpose purpose) {
    return destinations.stream().filter(d -> d.is(host, port, purpose)).findFirst();
  }

  /** Why the country of a destination forbids it now; empty if it does not. */
  public Optional<Reason> objection(Destination destination) {
    boolean abroad = !destination.country().equals(Destination.VIET_NAM);
    boolean forbidden = vietNamOnly && destination.purpose().personalData() && abroad;
    return forbidden ? Optional.of(Reason.OUTSIDE_VIET_NAM) : Optional.empty();
  }

  EgressPolicy with(Destination added) {
    List<Destination> all = new ArrayList<>(without(added.id()).destinations);
    all.add(added);
    return new EgressPolicy(vietNamOnly, all);
  }

  EgressPolicy without(String id) {
    return new EgressPolicy(
        vietNamOnly, destinations.stream().filter(d -> !d.id().equals(id)).toList());
  }
}
