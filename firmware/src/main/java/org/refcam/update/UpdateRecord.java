// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the present or last update came. Immutable; each change is stored before the next step.
 *
 * @param phase the last step that is durable
 * @param candidate what it is about; empty before the first
 * @param failed bundles that were tried here and must not be offered again, the newest last
 * @param times when each step of the candidate was done, by {@link Step}
 * @param lastCheck when the repository was last asked with success
 * @param lastProblem why the last attempt ended without an update; empty if it did not
 * @param postponedUntil the owner wants no restart before
 * @param timeFloor a time that signed metadata has proved to be past
 */
public record UpdateRecord(
    Phase phase,
    Optional<Candidate> candidate,
    List<Failed> failed,
    Map<Step, Instant> times,
    Optional<Instant> lastCheck,
    Optional<UpdateException.Reason> lastProblem,
    Optional<Instant> postponedUntil,
    Instant timeFloor) {
  static final int FAILED_MAX = 32;

  static final UpdateRecord EMPTY =
      new UpdateRecord(
          Phase.IDLE,
          Optional.empty(),
          List.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH);

  /** Where an interrupted update goes on. */
  public enum Phase {
    /** Nothing is under way. */
    IDLE,
    /** A candidate is known; some of its bytes may be here. */
    FOUND,
    /** All its bytes are here and have the listed hash; nothing else is believed of them. */
    FETCHED,
    /** The slot is being written or about to be armed; only the slots' own state says which. */
    INSTALLING,
    /** The slot is armed; the next start is its trial. */
    ARMED
  }

  /** What the patch clock measures. */
  public enum Step {
    FOUND,
    FETCHED,
    VERIFIED,
    INSTALLED,
    CONFIRMED
  }

  /**
   * A bundle to install.
   *
   * @param sha256 of the whole file, in hexadecimal
   * @param length of the whole file
   * @param path of the target in the repository; empty if it was brought here
   * @param slot where it is installed, once that is decided
   * @param severity of the security fault that it mends; empty if it mends none
   * @param notes for people by language
   */
  public record Candidate(
      String sha256,
      long length,
      Optional<String> path,
      String version,
      long securityVersion,
      Optional<SlotName> slot,
      Optional<String> severity,
      Optional<String> advisory,
      Map<String, String> notes) {
    public Candidate {
      notes = Map.copyOf(notes);
    }

    /**
     * One that did not come from the repository, so that all of it is what its description says.
     */
    static Candidate brought(String sha256, long length, org.refcam.image.BundleManifest manifest) {
      return new Candidate(
          sha256,
          length,
          Optional.empty(),
          manifest.version(),
          manifest.securityVersion(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());
    }

    /** With what the signed description says, whatever the repository said. */
    Candidate signed(org.refcam.image.BundleManifest manifest) {
      return new Candidate(
          sha256,
          length,
          path,
          manifest.version(),
          manifest.securityVersion(),
          slot,
          severity,
          advisory,
          notes);
    }

    Candidate in(SlotName chosen) {
      return new Candidate(
          sha256,
          length,
          path,
          version,
          securityVersion,
          Optional.of(chosen),
          severity,
          advisory,
          notes);
    }
  }

  /**
   * A bundle that this camera gave up.
   *
   * @param why a word: {@code boot} if it never came up, else the health check that failed
   */
  public record Failed(String sha256, String version, String why, Instant when) {}

  public UpdateRecord {
    failed = List.copyOf(failed.subList(Math.max(0, failed.size() - FAILED_MAX), failed.size()));
    times = Map.copyOf(times);
  }

  boolean hasFailed(String sha256) {
    return failed.stream().anyMatch(one -> one.sha256().equals(sha256));
  }

  /** With a new candidate; the times of an earlier one are gone. */
  UpdateRecord found(Candidate found, Instant now) {
    return copy(Phase.FOUND, Optional.of(found), failed, Map.of(Step.FOUND, now), Optional.empty());
  }

  UpdateRecord at(Phase next, Candidate now) {
    return copy(next, Optional.of(now), failed, times, lastProblem);
  }

  UpdateRecord phase(Phase next) {
    return copy(next, candidate, failed, times, lastProblem);
  }

  UpdateRecord done(Step step, Instant now) {
    Map<Step, Instant> next = new java.util.EnumMap<>(Step.class);
    next.putAll(times);
    next.put(step, now);
    return copy(phase, candidate, failed, next, lastProblem);
  }

  /** With nothing under way; the candidate stays, as the last one. */
  UpdateRecord idle(Optional<UpdateException.Reason> problem) {
    return copy(Phase.IDLE, candidate, failed, times, problem);
  }

  UpdateRecord failed(Candidate bundle, String why, Instant now) {
    List<Failed> next = new ArrayList<>(failed);
    next.add(new Failed(bundle.sha256(), bundle.version(), why, now));
    return copy(Phase.IDLE, Optional.empty(), next, Map.of(), lastProblem);
  }

  UpdateRecord checked(Instant now, Instant floor) {
    return new UpdateRecord(
        phase,
        candidate,
        failed,
        times,
        Optional.of(now),
        Optional.empty(),
        postponedUntil,
        floor.isAfter(timeFloor) ? floor : timeFloor);
  }

  UpdateRecord postponed(Instant until) {
    return new UpdateRecord(
        phase, candidate, failed, times, lastCheck, lastProblem, Optional.of(until), timeFloor);
  }

  private UpdateRecord copy(
      Phase nextPhase,
      Optional<Candidate> nextCandidate,
      List<Failed> nextFailed,
      Map<Step, Instant> nextTimes,
      Optional<UpdateException.Reason> problem) {
    return new UpdateRecord(
        nextPhase,
        nextCandidate,
        nextFailed,
        nextTimes,
        lastCheck,
        problem,
        postponedUntil,
        timeFloor);
  }
}
