// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.KeySlot;
import org.refcam.storage.FileWrites;

class DeviceEraseTest {
  @TempDir Path scratch;
  private EraseWorkshop workshop;
  private Path data;
  private final Slot recordings = new Slot();
  private final Slot vaultRoot = new Slot();
  private final List<DoomedKey> keys =
      List.of(new DoomedKey("recordings", recordings), new DoomedKey("vault-root", vaultRoot));

  private static final class Slot implements KeySlot {
    private Optional<byte[]> secret = Optional.of(new byte[] {1, 2, 3});
    private boolean fails;

    @Override
    public Optional<SecretBytes> read() {
      return secret.map(SecretBytes::copyOf);
    }

    @Override
    public void write(SecretBytes written) {
      secret = Optional.of(written.exposeSecretBytes());
    }

    @Override
    public void destroy() throws IOException {
      if (fails) {
        throw new IOException("the chip does not answer");
      }
      secret = Optional.empty();
    }

    @Override
    public AssuranceLevel assuranceLevel() {
      return AssuranceLevel.TPM_NV;
    }
  }

  @BeforeEach
  void device() throws IOException {
    workshop = new EraseWorkshop(scratch.resolve("device"));
    data = Files.createDirectory(scratch.resolve("data"));
  }

  private void livedIn(int segments) throws IOException {
    Files.createDirectories(data.resolve("recordings"));
    for (int i = 0; i < segments; i++) {
      Files.writeString(data.resolve("recordings").resolve(String.format("%032x", i)), "sealed");
    }
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(data.resolve("keys").resolve("root.key"), "stays");
    Files.writeString(data.resolve("label.json"), "goes");
  }

  /** The disk, with every call noted. */
  private static FileWrites counting(List<String> calls) {
    return (FileWrites)
        Proxy.newProxyInstance(
            FileWrites.class.getClassLoader(),
            new Class<?>[] {FileWrites.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              return method.invoke(FileWrites.disk(), arguments);
            });
  }

  @Test
  @DisplayName("INV-ERASE-3 the steps up to the certificate do not depend on the footage")
  void begin_manySegments_takesAsManyStepsAsForOne() throws IOException {
    livedIn(1);
    List<String> few = new ArrayList<>();
    workshop.erase(data, keys, counting(few)).begin(EraseOrigin.REST);

    Path other = data;
    data = Files.createDirectory(scratch.resolve("other"));
    livedIn(3000);
    List<String> many = new ArrayList<>();
    DeviceErase erase = workshop.erase(data, keys, counting(many));
    erase.begin(EraseOrigin.REST);
    assertThat(many).isEqualTo(few).isNotEmpty();

    List<String> finishing = new ArrayList<>();
    workshop.erase(data, keys, counting(finishing)).finish();
    List<String> finishingFew = new ArrayList<>();
    workshop.erase(other, keys, counting(finishingFew)).finish();
    assertThat(finishing).isEqualTo(finishingFew);
    try (Stream<Path> aside = Files.list(data.resolve("erased-1"))) {
      assertThat(aside.count()).isEqualTo(3000);
    }
    DeviceErase.sweep(data, FileWrites.disk());
    assertThat(data.resolve("erased-1")).doesNotExist();
  }

  @Test
  void finish_keepsOnlyWhatIsKept() throws IOException {
    livedIn(2);
    Path piece = Files.createDirectory(data.resolve("lost+found")).resolve("#12"); // root's
    Files.writeString(piece, "sealed");
    DeviceErase erase = workshop.erase(data, keys, FileWrites.disk());
    StoredCertificate certificate = erase.begin(EraseOrigin.BUTTON);
    assertThat(erase.finish()).map(StoredCertificate::id).contains(certificate.id());

    assertThat(data.resolve("keys/root.key")).hasContent("stays");
    assertThat(piece).exists();
    assertThat(data.resolve("label.json")).doesNotExist();
    assertThat(data.resolve("recordings")).doesNotExist();
    assertThat(erase.finish()).isEmpty();
  }

  @Test
  void finish_linkAmongTheRemains_removesTheLinkAlone() throws IOException {
    livedIn(0);
    Path outside = Files.createDirectory(scratch.resolve("outside"));
    Files.writeString(outside.resolve("file"), "not ours");
    Files.createSymbolicLink(data.resolve("exports"), outside);
    DeviceErase erase = workshop.erase(data, keys, FileWrites.disk());
    erase.begin(EraseOrigin.COMMAND);
    erase.finish();
    assertThat(outside.resolve("file")).hasContent("not ours");
    assertThat(data.resolve("exports")).doesNotExist();
  }

  @Test
  void begin_slotFails_leavesTheOrderForTheNextStart() throws IOException {
    livedIn(1);
    vaultRoot.fails = true;
    DeviceErase erase = workshop.erase(data, keys, FileWrites.disk());
    assertThatThrownBy(() -> erase.begin(EraseOrigin.REST)).hasMessageContaining("chip");
    assertThat(DeviceErase.begun(data)).isTrue();
    assertThatThrownBy(erase::finish).isInstanceOf(IOException.class);
    vaultRoot.fails = false;
    assertThat(erase.finish()).isPresent();
  }

  @Test
  void begin_twice_isOneErase() throws IOException {
    DeviceErase erase = workshop.erase(data, keys, FileWrites.disk());
    StoredCertificate first = erase.begin(EraseOrigin.REST);
    assertThat(erase.begin(EraseOrigin.BUTTON).id()).isEqualTo(first.id());
  }

  @Test
  void finish_damagedIntent_finishesAllTheSame() throws Exception {
    livedIn(1);
    Files.createDirectories(data.resolve("erase"));
    Files.writeString(data.resolve("erase/intent"), "{\"id\":");
    VerifiedEraseCertificate made =
        workshop.erase(data, keys, FileWrites.disk()).finish().orElseThrow().verified();
    assertThat(made.role()).isEqualTo("unknown");
    assertThat(vaultRoot.read()).isEmpty();
  }

  @Test
  void begin_again_countsOn() throws Exception {
    DeviceErase erase = workshop.erase(data, keys, FileWrites.disk());
    erase.begin(EraseOrigin.REST);
    erase.finish();
    StoredCertificate second = erase.begin(EraseOrigin.ONVIF);
    erase.finish();
    assertThat(second.verified().sequence()).isEqualTo(2);
    assertThat(new CertificateShelf(data, FileWrites.disk()).list())
        .extracting(StoredCertificate::id)
        .hasSize(2)
        .startsWith(second.id());
  }

  @Test
  @DisplayName("INV-ERASE-2 once an erase has begun no slot takes a secret")
  void gate_shut_takesNothing() throws IOException {
    SlotGate gate = new SlotGate();
    KeySlot guarded = gate.guard(recordings);
    guarded.write(SecretBytes.random(32, new SecureRandom()));
    gate.shut();
    guarded.destroy();
    assertThatThrownBy(() -> guarded.write(SecretBytes.random(32, new SecureRandom())))
        .isInstanceOf(IOException.class);
    assertThat(recordings.read()).isEmpty();
  }
}
