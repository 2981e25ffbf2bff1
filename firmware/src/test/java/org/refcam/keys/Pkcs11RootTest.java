// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.Pkcs11Uri;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

class Pkcs11RootTest {
  @TempDir Path directory;
  private final SecureRandom random = new SecureRandom();

  private Pkcs11Root open(Pkcs11Uri uri, Path data) throws IOException {
    return Pkcs11Root.openOrCreate(uri, data, FileWrites.disk(), random);
  }

  @Test
  void wholeLife_keysStay_destroyedIsGone_otherTokenIsRefused(@TempDir Path other)
      throws Exception {
    Path data = directory.resolve("data");
    Pkcs11Uri uri = SoftToken.create(directory);
    Pkcs11Root root = open(uri, data);
    assertThat(root.assuranceLevel().production()).isTrue();
    KeyPair device = root.deviceKey();
    assertThat(device.getPrivate().getEncoded()).isNull();
    SecretBytes config = KeyHierarchy.open(root, data, FileWrites.disk(), random).configKey();

    Pkcs11Root again = open(uri, data);
    assertThat(again.deviceKey().getPublic()).isEqualTo(device.getPublic());
    KeyHierarchy keys = KeyHierarchy.open(again, data, FileWrites.disk(), random);
    assertThat(keys.configKey().sameAs(config)).isTrue();

    byte[] wrapped = Files.readAllBytes(data.resolve("keys/vault-root.wrapped"));
    keys.vaultRoot().destroy();
    assertThatThrownBy(keys::configKey).isInstanceOf(IOException.class);
    Files.write(data.resolve("keys/vault-root.wrapped"), wrapped);
    assertThat(again.slot(RootOfTrust.VAULT_ROOT).read()).isEmpty();

    Pkcs11Uri second = SoftToken.create(other);
    assertThatThrownBy(() -> open(second, data))
        .isInstanceOfSatisfying(
            CorruptStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(CorruptStoreException.Reason.KEY_MISSING));
    Pkcs11Root foreign = open(second, other.resolve("data"));
    assertThatThrownBy(() -> KeyHierarchy.open(foreign, data, FileWrites.disk(), random))
        .isInstanceOfSatisfying(
            CorruptStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(CorruptStoreException.Reason.OTHER_ROOT));
  }

  @Test
  void slot_stoppedAtEveryStep_oldOrNew() throws Exception {
    Path data = directory.resolve("data");
    Pkcs11Uri uri = SoftToken.create(directory);
    SecretBytes old = SecretBytes.random(32, random);
    SecretBytes fresh = SecretBytes.random(64, random);
    boolean stopped = true;
    int step = 0;
    while (stopped) {
      KeySlot slot = open(uri, data).slot(RootOfTrust.VAULT_ROOT);
      slot.write(old);
      try {
        Pkcs11Root.openOrCreate(uri, data, new StoppingSteps(step++), random)
            .slot(RootOfTrust.VAULT_ROOT)
            .write(fresh);
        stopped = false;
      } catch (StoppingSteps.Stopped e) {
        SecretBytes found = slot.read().orElseThrow();
        assertThat(found.sameAs(old.length() == found.length() ? old : fresh)).isTrue();
      }
    }
    assertThat(step).isEqualTo(5);
    KeySlot slot = open(uri, data).slot(RootOfTrust.VAULT_ROOT);
    assertThat(slot.read().orElseThrow().sameAs(fresh)).isTrue();
    slot.destroy();
    slot.destroy();
    assertThat(slot.read()).isEmpty();
  }

  @Test
  void deviceKey_signs() throws Exception {
    Pkcs11Uri uri = SoftToken.create(directory);
    KeyPair key = open(uri, directory.resolve("data")).deviceKey();
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key.getPrivate());
    signer.update(new byte[100]);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(key.getPublic());
    verifier.update(new byte[100]);
    assertThat(verifier.verify(signature)).isTrue();
  }

  @Test
  void wrongPinOrModule_isOneClearLine() throws Exception {
    Pkcs11Uri uri = SoftToken.create(directory);
    Path pin = directory.resolve("wrong");
    Files.writeString(pin, "000000");
    Pkcs11Uri nowhere = new Pkcs11Uri(-1, Path.of("/nowhere.so"), pin);
    assertThatThrownBy(() -> open(nowhere, directory)).hasMessageContaining("/nowhere.so");
    Pkcs11Uri noPin = new Pkcs11Uri(uri.slotId(), uri.module(), directory.resolve("none"));
    assertThatThrownBy(() -> open(noPin, directory)).hasMessageContaining("PIN file");
    assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:token=x?module-path=/a&pin-source=/b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Pkcs11Uri.parse("pkcs11:slot-id=7?module-path=/a&pin-source=file:/b"))
        .isEqualTo(new Pkcs11Uri(7, Path.of("/a"), Path.of("/b")));
  }
}
