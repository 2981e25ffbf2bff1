// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.refcam.vault.Vault;

/**
 * Recordings as ONVIF sees and sets them: one recording a stream, with one video track, filled by
 * at most one job. Implementations are safe from any thread.
 */
public interface RecordingControl {
  /** Bounds of a replay session's time-out. */
  Duration SHORTEST_TIMEOUT = Duration.ofSeconds(10);

  Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  /** What clients wrote about a recording; every text may be empty. */
  record Texts(
      String sourceId,
      String name,
      String location,
      String description,
      String address,
      String content,
      String track) {}

  /** How a job stands. */
  enum JobState {
    /** Not to record. */
    IDLE("Idle"),
    /** Records, or waits for movement or its hours. */
    ACTIVE("Active"),
    /** Is to record and cannot: no room, or a medium that fails. */
    ERROR("Error");

    private final String word;

    JobState(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * The job of a stream.
   *
   * @param active what clients want
   * @param recording whether pictures go to the medium at this moment
   */
  record Job(String stream, boolean active, int priority, JobState state, boolean recording) {}

  /** The streams that can be recorded, the main one first. */
  List<String> streams();

  /** Where recordings are; empty if they cannot be opened. */
  Optional<Vault> vault();

  Texts texts(String stream);

  /**
   * @throws IOException if they could not be stored; the old ones stay
   */
  void texts(String stream, Texts changed) throws IOException;

  /** Days after which pictures of all recordings are erased; 0 for no limit. */
  int keepDays();

  /**
   * @param days 0 to {@link #MOST_DAYS}
   * @throws IOException if it could not be stored
   */
  void keepDays(int days) throws IOException;

  int MOST_DAYS = 3650;

  /** The jobs that there are. */
  List<Job> jobs();

  /**
   * Makes or changes a stream's job.
   *
   * @throws IOException if it could not be stored
   */
  void job(String stream, boolean active, int priority) throws IOException;

  /**
   * Removes a stream's job, which ends its recording.
   *
   * @throws IOException if it could not be stored
   */
  void removeJob(String stream) throws IOException;

  Duration replayTimeout();

  /**
   * @throws IOException if it could not be stored
   */
  void replayTimeout(Duration changed) throws IOException;
}
