// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.net.URI;
import org.refcam.tuf.TargetFile;
import org.refcam.update.UpdateRecord.Candidate;

/**
 * A bundle that the repository offers to this camera.
 *
 * @param target with the length and hashes that the repository signed
 * @param uri where its bytes are
 */
public record Offer(Candidate candidate, TargetFile target, URI uri) {
  String sha256() {
    return candidate.sha256();
  }
}
