// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

class TpmRootTest {
  @TempDir Path directory;
  private final SecureRandom random = new SecureRandom();

  @Test
  void keysAndSlots_surviveRestarts_andAreThisTpmsAlone() throws Exception {
    KeyPair device;
    SecretBytes config;
    Path data = directory.resolve("data");
    try (SoftwareTpm chip = SoftwareTpm.start(directory.resolve("tpm"));
        TpmRoot root = TpmRoot.open(chip.address())) {
      assertThat(root.assuranceLevel().production()).isTrue();
      device = root.deviceKey();
      config = KeyHierarchy.open(root, data, FileWrites.disk(), random).configKey();
      assertThat(root.deriveKey("a").sameAs(root.deriveKey("b"))).isFalse();
    }
    try (SoftwareTpm chip = SoftwareTpm.start(directory.resolve("tpm"));
        TpmRoot root = TpmRoot.open(chip.address())) {
      assertThat(root.deviceKey().getPublic()).isEqualTo(device.getPublic());
      KeyHierarchy keys = KeyHierarchy.open(root, data, FileWrites.disk(), random);
      assertThat(keys.configKey().sameAs(config)).isTrue();
      keys.vaultRoot().destroy();
      assertThatThrownBy(keys::configKey).isInstanceOf(IOException.class);
    }
    try (SoftwareTpm chip = SoftwareTpm.start(directory.resolve("another"));
        TpmRoot root = TpmRoot.open(chip.address())) {
      assertThat(root.deviceKey().getPublic()).isNotEqualTo(device.getPublic());
      assertThatThrownBy(() -> KeyHierarchy.open(root, data, FileWrites.disk(), random))
          .isInstanceOfSatisfying(
              CorruptStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(CorruptStoreException.Reason.OTHER_ROOT));
    }
  }

  @Test
  void slot_writesReplacesDestroys() throws Exception {
    try (SoftwareTpm chip = SoftwareTpm.start(directory.resolve("tpm"));
        TpmRoot root = TpmRoot.open(chip.address())) {
      KeySlot slot = root.slot(RootOfTrust.RECORDINGS);
      assertThat(slot.read()).isEmpty();
      for (int length : new int[] {1, 32, 64}) {
        SecretBytes secret = SecretBytes.random(length, random);
        slot.write(secret);
        assertThat(root.slot(RootOfTrust.RECORDINGS).read().orElseThrow().sameAs(secret)).isTrue();
      }
      assertThat(root.slot(RootOfTrust.VAULT_ROOT).read()).isEmpty();
      slot.destroy();
      slot.destroy();
      assertThat(slot.read()).isEmpty();
      assertThat(slot.assuranceLevel()).isEqualTo(AssuranceLevel.TPM_NV);
    }
  }

  @Test
  void deviceKey_signs_andHasNoEncoding() throws Exception {
    try (SoftwareTpm chip = SoftwareTpm.start(directory.resolve("tpm"));
        TpmRoot root = TpmRoot.open(chip.address())) {
      KeyPair key = root.deviceKey();
      assertThat(key.getPrivate().getEncoded()).isNull();
      byte[] message = "message".getBytes(StandardCharsets.US_ASCII);
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key.getPrivate());
      signer.update(message);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key.getPublic());
      verifier.update(message);
      assertThat(verifier.verify(signature)).isTrue();
    }
  }
}
