// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.refcam.update.InvalidEnvironmentException.Reason;

/**
 * Both copies of a redundant U-Boot environment. A change is written over the older copy, so that a
 * write cut off leaves the newer one. Confined to one thread.
 */
public final class EnvironmentStore {
  /** Where the copies lie: two places on a raw device, or two files. */
  public interface Medium {
    /** All bytes of a copy, 0 or 1. */
    byte[] read(int copy) throws IOException;

    /** Writes a copy; its bytes are durable when this returns, and torn if it does not. */
    void write(int copy, byte[] bytes) throws IOException;
  }

  private record Found(int copy, UBootEnvironment environment) {}

  private final Medium medium;

  public EnvironmentStore(Medium medium) {
    this.medium = medium;
  }

  /**
   * The variables in force.
   *
   * @throws InvalidEnvironmentException NO_COPY
   */
  public Map<String, String> read() throws IOException, InvalidEnvironmentException {
    return newest().environment().variables();
  }

  /**
   * Sets some variables, all of them or none; an empty value unsets one.
   *
   * @throws InvalidEnvironmentException NO_COPY, TOO_LARGE
   */
  public void change(Map<String, String> changes) throws IOException, InvalidEnvironmentException {
    Found newest = newest();
    int older = 1 - newest.copy();
    int size = medium.read(newest.copy()).length;
    medium.write(older, newest.environment().with(changes).encode(size));
  }

  private Found newest() throws IOException, InvalidEnvironmentException {
    Optional<Found> first = find(0);
    Optional<Found> second = find(1);
    if (first.isEmpty() && second.isEmpty()) {
      throw new InvalidEnvironmentException(Reason.NO_COPY, "neither copy can be used");
    }
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second).orElseThrow();
    }
    boolean secondNewer = second.get().environment().isNewerThan(first.get().environment());
    return secondNewer ? second.get() : first.get();
  }

  private Optional<Found> find(int copy) throws IOException {
    try {
      return Optional.of(new Found(copy, UBootEnvironment.parse(medium.read(copy))));
    } catch (InvalidEnvironmentException e) {
      return Optional.empty(); // torn by a cut, or never written; the other copy decides
    }
  }
}
