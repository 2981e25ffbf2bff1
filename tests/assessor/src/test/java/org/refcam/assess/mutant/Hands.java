// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.refcam.assess.check.Tester;
import org.refcam.assess.mutant.Mutant.Stand;

/**
 * A tester who cuts a mutant's proxies off and brings them back, and who says that the camera was
 * erased when nothing was. Steps of checks that are not the mutant's are left out, but for the
 * cuts.
 */
final class Hands implements Tester {
  private final Stand stand;
  private final String check;
  private final List<FaultProxy> doors;
  private final java.util.ArrayList<FaultProxy> later = new java.util.ArrayList<>();

  Hands(Stand stand, String check, FaultProxy... doors) {
    this.stand = stand;
    this.check = check;
    this.doors = List.of(doors);
  }

  /** A door that is closed until the first cut has ended. */
  void later(FaultProxy door) throws IOException {
    door.power(false);
    later.add(door);
  }

  @Override
  public Answer ask(Step step) throws IOException {
    switch (step.id()) {
      case "power.off", "network.off" -> power(false);
      case "power.on", "network.on" -> {
        stand.cut().set(true);
        if (!stand.extra().equals("stays-off")) {
          power(true);
          for (FaultProxy door : later) {
            door.power(true);
          }
        }
      }
      case "network.local" -> {
        return answer("yes");
      }
      default -> {
        return answer(check.equals("guided.erase") ? DONE : SKIP);
      }
    }
    return answer(DONE);
  }

  private void power(boolean on) throws IOException {
    for (FaultProxy door : doors) {
      door.power(on);
    }
  }

  private static Answer answer(String word) {
    return new Answer("mutant", word, Instant.EPOCH, Instant.EPOCH);
  }
}
