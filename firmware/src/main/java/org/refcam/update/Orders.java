// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.util.Locale;
import java.util.Optional;
import org.refcam.update.UpdateRecord.Candidate;
import org.refcam.update.UpdateRecord.Failed;
import org.refcam.update.UpdateRecord.Phase;

/**
 * What became of the last order in this run; the rest is told by the durable record. Immutable.
 *
 * @param sha256 of the order; empty before the first
 * @param refusal why it was refused, if it was
 * @param takenBack whether who ordered it does not want it any more
 */
public record Orders(String sha256, Optional<UpdateException.Reason> refusal, boolean takenBack) {
  static final Orders NONE = new Orders("", Optional.empty(), false);

  /** Where an ordered bundle is. */
  public enum Stage {
    /** Not here, or it broke off: order it (again). */
    NONE,
    /** Being fetched or installed. */
    WORKING,
    /** All bytes are here and signed; it is not installed. */
    FETCHED,
    /** Installed; the next start tries it. */
    ARMED,
    /** It ran, proved healthy and is confirmed. */
    CONFIRMED,
    /** Refused, or given up on trial. */
    FAILED
  }

  /**
   * One moment.
   *
   * @param bytes fetched so far, while it works
   * @param detail a word that says why it failed; otherwise empty
   */
  public record Progress(Stage stage, long bytes, String detail) {}

  Orders begun(String next) {
    return new Orders(next, Optional.empty(), false);
  }

  Orders refused(String about, UpdateException.Reason reason) {
    return about.equals(sha256) ? new Orders(sha256, Optional.of(reason), takenBack) : this;
  }

  Orders withdrawn(String about) {
    return about.equals(sha256) ? new Orders(sha256, refusal, true) : this;
  }

  boolean isWithdrawn(String about) {
    return takenBack && about.equals(sha256);
  }

  Progress progress(UpdateRecord record, String about, boolean busy, long bytes) {
    Optional<Failed> failed =
        record.failed().stream().filter(one -> one.sha256().equals(about)).findFirst();
    if (failed.isPresent()) {
      return new Progress(Stage.FAILED, 0, failed.get().why());
    }
    if (about.equals(sha256) && busy) {
      return new Progress(Stage.WORKING, bytes, "");
    }
    if (about.equals(sha256) && refusal.filter(r -> r != UpdateException.Reason.BUSY).isPresent()) {
      return new Progress(Stage.FAILED, 0, refusal.get().name().toLowerCase(Locale.ROOT));
    }
    boolean known = record.candidate().map(Candidate::sha256).equals(Optional.of(about));
    return new Progress(known ? stage(record) : Stage.NONE, 0, "");
  }

  private static Stage stage(UpdateRecord record) {
    return switch (record.phase()) {
      case FETCHED -> Stage.FETCHED;
      case ARMED -> Stage.ARMED;
      case IDLE ->
          record.times().containsKey(UpdateRecord.Step.CONFIRMED) ? Stage.CONFIRMED : Stage.NONE;
      case FOUND, INSTALLING -> record.phase() == Phase.FOUND ? Stage.NONE : Stage.WORKING;
    };
  }
}
