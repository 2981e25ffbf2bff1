// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.refcam.update.InvalidEnvironmentException.Reason;

/**
 * Both copies of a redundant U-Boot environment. A change is written over the older copy, so that a
 * write cut off leaves the newer one. Confined to one thread.
 */
public final class EnvironmentStore {
  /** Where the copies lie: two places on a raw device, or two files. */
  public interface Medium {
    /**
     * All bytes of a copy, 0 or 1.
     *
     * @throws InvalidEnvironmentException TOO_SHORT if they are not all there
     */
    byte[] read(int copy) throws IOException, InvalidEnvironmentException;

    /** Writes a copy; its bytes are durable when this returns, and torn if it does not. */
    void write(int copy, byte[] bytes) throws IOException;
  }

  private static final int COPIES = 2;

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
    List<Found> usable = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (int copy = 0; copy < COPIES; copy++) {
      try {
        usable.add(new Found(copy, UBootEnvironment.parse(medium.read(copy))));
      } catch (InvalidEnvironmentException e) {
        unusable.add(e.getMessage()); // torn by a cut, or never written; the other copy decides
      }
    }
    if (usable.isEmpty()) {
      throw new InvalidEnvironmentException(
          Reason.NO_COPY, "neither copy can be used: " + String.join("; ", unusable));
    }
    Found first = usable.get(0);
    Found last = usable.get(usable.size() - 1);
    return last.environment().isNewerThan(first.environment()) ? last : first;
  }
}
