// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the page and the REST interface can do with recordings. Times are ISO 8601 in UTC. Every
 * method may throw {@link RefusedException} NO_RECORDINGS when the recordings cannot be opened.
 * Safe from any thread.
 */
public interface Recordings {
  /** One clip. {@code trigger} and {@code state} are words of the reference. */
  record Clip(
      String id,
      String stream,
      String trigger,
      String start,
      String end,
      long bytes,
      int pictures,
      String state,
      boolean held,
      boolean thumbnail) {}

  /** A time without recording. */
  record Gap(String from, String to) {}

  /** Something that happened in a clip. */
  record Event(String clip, String kind, String start, String end, List<String> zones) {}

  /**
   * A part of a timeline.
   *
   * @param next hand it in as {@code after} for what follows; empty at the end
   */
  record Page(List<Clip> clips, List<Gap> gaps, List<Event> events, String next) {}

  /** One stream's recorder. */
  record Stream(String stream, String state, String since, long dropped) {}

  /**
   * How recording goes.
   *
   * @param moving whether something moves now
   * @param bytes of all recordings
   * @param free bytes of the medium that may still be written
   * @param reserve bytes of the medium that recording leaves free
   */
  record State(
      String mode,
      boolean trouble,
      boolean moving,
      long bytes,
      long free,
      long reserve,
      List<Stream> streams) {}

  /** What erasing a range did. */
  record Erased(List<String> erased, List<String> held) {}

  /**
   * An export.
   *
   * @param phase {@code preparing}, {@code ready}, {@code empty} or {@code failed}
   * @param progress 0 to 1
   * @param length in bytes, 0 until ready
   * @param key opens a bundle; given once, when it is made
   */
  record Export(
      String id,
      String stream,
      String from,
      String to,
      String form,
      String phase,
      double progress,
      long length,
      String key) {
    @Override
    public String toString() {
      return "export " + id;
    }
  }

  /** A few seconds of a clip; {@code next} is where the following part begins. */
  record Part(String codec, byte[] bytes, Optional<Instant> next) {}

  /** Bytes of which any range can be written. */
  interface Content {
    long length();

    /** As HTTP's strong entity tag, without quotes. */
    String tag();

    String fileName();

    String type();

    void write(OutputStream out, long from, long to) throws IOException;
  }

  RecordingSettings settings();

  /**
   * Persists valid settings and lets them take effect at once.
   *
   * @throws IOException if they could not be written; the old ones stay in effect
   */
  void save(RecordingSettings settings) throws IOException;

  /** Never refused: it says what is wrong. */
  State state();

  Page list(String stream, Instant from, Instant to, int most, String after)
      throws RefusedException, IOException;

  /**
   * @throws RefusedException NOT_FOUND
   */
  Part part(String clip, Instant at, Duration span) throws RefusedException, IOException;

  /**
   * @throws RefusedException NOT_FOUND
   */
  Content video(String clip) throws RefusedException, IOException;

  /**
   * @throws RefusedException NOT_FOUND if there is no clip or it has none
   */
  byte[] thumbnail(String clip) throws RefusedException, IOException;

  /**
   * @throws RefusedException NOT_FOUND
   */
  void hold(String clip, boolean held) throws RefusedException, IOException;

  /**
   * Destroys the clip's key.
   *
   * @throws RefusedException NOT_FOUND, HELD
   */
  void erase(String clip) throws RefusedException, IOException;

  /** Destroys the keys of every clip that touches the range and is not held. */
  Erased erase(Optional<String> stream, Instant from, Instant to)
      throws RefusedException, IOException;

  /**
   * @throws RefusedException TOO_MANY
   */
  Export export(String stream, Instant from, Instant to, boolean bundle) throws RefusedException;

  /**
   * @throws RefusedException NOT_FOUND
   */
  Export findExport(String id) throws RefusedException;

  /**
   * @throws RefusedException NOT_FOUND, NOT_READY
   */
  Content exported(String id) throws RefusedException;

  /**
   * @throws RefusedException NOT_FOUND
   */
  void cancelExport(String id) throws RefusedException;
}
