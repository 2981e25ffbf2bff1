// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartProofTest {
  @TempDir Path directory;

  @Test
  void confirmedSystem_serves_isProven() {
    StartProof proof = new StartProof(Optional.of(directory));
    assertThat(directory.resolve("proven")).doesNotExist();
    proof.serving(false);
    assertThat(directory.resolve("proven")).exists();
    proof.serving(false);
  }

  @Test
  void trial_serves_isProvenByConfirmationAlone() {
    StartProof proof = new StartProof(Optional.of(directory));
    proof.serving(true);
    assertThat(directory.resolve("proven")).doesNotExist();
    proof.confirmed();
    assertThat(directory.resolve("proven")).exists();
  }

  @Test
  void confirmation_beforeTheDoorsAreOpen_provesNothing() {
    StartProof proof = new StartProof(Optional.of(directory));
    proof.confirmed(); // an earlier start was cut off between confirmation and counter
    assertThat(directory.resolve("proven")).doesNotExist();
  }

  @Test
  void noServiceManager_nothingIsWritten() {
    new StartProof(Optional.empty()).serving(false);
    assertThat(directory).isEmptyDirectory();
  }
}
