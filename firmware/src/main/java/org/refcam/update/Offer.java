// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.net.URI;
import java.util.Map;
import org.refcam.tuf.TargetFile;
import org.refcam.update.UpdateRecord.Candidate;

/**
 * A bundle that the repository offers to this camera.
 *
 * @param target with the length and hashes that the repository signed
 * @param uri where its bytes are
 * @param images where its images lie unpacked, by their names, so that blocks of them can be
 *     fetched; a bundle without them is fetched as a whole
 */
public record Offer(Candidate candidate, TargetFile target, URI uri, Map<String, URI> images) {
  public Offer {
    images = Map.copyOf(images);
  }

  String sha256() {
    return candidate.sha256();
  }
}
