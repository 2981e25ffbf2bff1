// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.report.Seal.BrokenSealException;
import org.refcam.assess.report.Seal.BrokenSealException.Reason;

class SealTest {
  @TempDir Path top;
  private Path folder = Path.of("");
  private final KeyPair pair = Seal.newKey();

  @BeforeEach
  void sign() throws Exception {
    folder = Files.createDirectories(top.resolve("report"));
    Files.createDirectories(folder.resolve("evidence"));
    Files.writeString(folder.resolve("report.json"), "{}");
    Files.writeString(folder.resolve("evidence/a.txt"), "seen");
    Seal.sign(folder, pair.getPrivate(), pair.getPublic());
  }

  private void broken(Reason reason) {
    assertThatThrownBy(() -> Seal.verify(folder, Optional.empty()))
        .isInstanceOfSatisfying(
            BrokenSealException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void unchanged_verifies_andNamesTheSigner() throws Exception {
    assertThat(Seal.verify(folder, Optional.of(pair.getPublic())))
        .isEqualTo(Seal.fingerprint(pair.getPublic()));
  }

  @Test
  void otherSigner_refused() {
    assertThatThrownBy(() -> Seal.verify(folder, Optional.of(Seal.newKey().getPublic())))
        .isInstanceOfSatisfying(
            BrokenSealException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_SIGNER));
  }

  @Test
  void changedEvidence_refused() throws Exception {
    Files.writeString(folder.resolve("evidence/a.txt"), "never seen");
    broken(Reason.CHANGED_FILE);
  }

  @Test
  void addedAndMissingFiles_refused() throws Exception {
    Files.writeString(folder.resolve("evidence/b.txt"), "");
    broken(Reason.ADDED_FILE);
    Files.delete(folder.resolve("evidence/b.txt"));
    Files.delete(folder.resolve("evidence/a.txt"));
    broken(Reason.MISSING_FILE);
  }

  @Test
  void changedManifest_refused() throws Exception {
    Files.writeString(
        folder.resolve("manifest.json"), Files.readString(folder.resolve("manifest.json")) + " ");
    broken(Reason.WRONG_SIGNATURE);
  }

  @Test
  void opensslsPem_isWhatIsWritten() throws Exception {
    Path key = top.resolve("key.pem");
    Seal.writeKey(pair.getPrivate(), key);
    assertThat(Seal.readKey(key)).isEqualTo(pair.getPrivate());
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
  }
}
