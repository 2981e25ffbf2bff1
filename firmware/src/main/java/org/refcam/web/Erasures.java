// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Erasing and its certificates; {@code camera} supplies it. Safe from any thread. */
public interface Erasures {
  /**
   * A certificate as the list shows it.
   *
   * @param scope {@code device} or {@code clips}
   * @param completedAt RFC 3339
   */
  record CertificateFacts(
      String id, String scope, long sequence, String completedAt, String role) {}

  /**
   * What was erased.
   *
   * @param scope {@code device} or {@code clips}
   * @param certificateId empty if clips were erased and their certificate could not be written
   * @param certificate the certificate's file as text; empty as above
   * @param clips names of the clips that were erased; empty for a device
   * @param held names of clips that were left because they are held
   * @param restarts whether the camera restarts now, in factory state
   */
  record Erasure(
      String scope,
      String certificateId,
      String certificate,
      List<String> clips,
      List<String> held,
      boolean restarts) {}

  /**
   * Erases the whole device. When it returns the keys are dead; the camera restarts a moment later.
   *
   * @throws RefusedException ERASING if that is under way already
   * @throws IOException if nothing was erased
   */
  Erasure device() throws RefusedException, IOException;

  /**
   * Erases one clip.
   *
   * @throws RefusedException NOT_FOUND, HELD
   */
  Erasure clip(String clip) throws RefusedException, IOException;

  /** Erases the clips that touch a range and are not held; of one stream or of all. */
  Erasure range(Optional<String> stream, Instant from, Instant to)
      throws RefusedException, IOException;

  /**
   * Newest first; those of single clips are the owner's and only there when asked for.
   *
   * @param owners whether whoever asks may see the owner's
   */
  List<CertificateFacts> certificates(boolean owners) throws IOException;

  /** A certificate's file. */
  Optional<byte[]> certificate(String id, boolean owners) throws IOException;

  /** The same for people, in Vietnamese and English. */
  Optional<byte[]> certificatePdf(String id, boolean owners) throws IOException;
}
