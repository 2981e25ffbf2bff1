// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.refcam.web.RefusedException.Reason;

/** Erases nothing, and counts how often it was asked to. */
final class NoErasures implements Erasures {
  int devices;

  @Override
  public Erasure device() {
    devices++;
    return new Erasure("device", "0".repeat(32), "{}", List.of(), List.of(), true);
  }

  @Override
  public Erasure clip(String clip) throws RefusedException {
    throw new RefusedException(Reason.NOT_FOUND);
  }

  @Override
  public Erasure range(Optional<String> stream, Instant from, Instant to) {
    return new Erasure("clips", "", "", List.of(), List.of(), false);
  }

  @Override
  public List<CertificateFacts> certificates(boolean owners) {
    return List.of();
  }

  @Override
  public Optional<byte[]> certificate(String id, boolean owners) {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> certificatePdf(String id, boolean owners) {
    return Optional.empty();
  }
}
