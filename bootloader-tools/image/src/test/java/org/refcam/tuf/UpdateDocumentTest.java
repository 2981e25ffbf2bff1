// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.refcam.image.BundleLimits;

/** firmware/doc/update.md says the constants that the code has. */
class UpdateDocumentTest {
  @Test
  void document_statesTheBounds() throws Exception {
    String text = Files.readString(Path.of("../../firmware/doc/update.md")).replaceAll("\\s+", " ");
    Limits limits = Limits.DEFAULT;
    assertThat(text)
        .contains("root " + limits.rootBytes() + " bytes")
        .contains("timestamp " + limits.timestampBytes())
        .contains("snapshot " + limits.snapshotBytes())
        .contains("targets " + limits.targetsBytes())
        .contains(limits.rootRotations() + " root files")
        .contains(limits.delegations() + " roles in one search")
        .contains(limits.fileTime().toMinutes() + " minutes for each file")
        .contains("specification " + MetadataWriter.SPEC_VERSION)
        .contains("`" + KeyScheme.ML_DSA_65.keyType() + "`")
        .contains("`" + KeyScheme.ML_DSA_65.scheme() + "`")
        .contains("window of " + (1 << BundleLimits.DEFAULT.zstdWindowLog() - 20) + " MiB at most");
  }
}
