// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;

/** A camera that has nothing to tell. */
final class NoEvidence implements EvidenceBook {
  @Override
  public Evidence read() {
    return new Evidence(FORMAT, "S", "1", "generic", "2026-01-01T00:00:00Z", List.of());
  }
}
