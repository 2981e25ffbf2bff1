// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.Storage;
import org.refcam.update.UpdateException.Reason;
import org.refcam.verity.VerityRoot;

/** A camera that runs one version fetches the next from a mirror that it need not believe. */
class DeltaTest {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 400;

  @TempDir Path disk;

  private final Random random = new Random(23);
  private Bundles maker;
  private Machine machine;
  private Updates updates;
  private byte[] content;

  /** Version 0.2.0 runs in slot A; its image is random, so that nothing compresses. */
  @BeforeEach
  void begin() throws Exception {
    maker = Bundles.create();
    machine = new Machine(disk, Storage.disk(), maker);
    content = new byte[BLOCKS * BLOCK];
    random.nextBytes(content);
    Machine.install(updates(SlotName.BUILTIN, "0.1.0"), bundle("0.2.0", withTree(content)));
    Updates trial = updates(SlotName.A, "0.2.0");
    assertThat(trial.resume()).isEqualTo(Updates.Start.TRIAL);
    trial.healthy();
    updates = updates(SlotName.A, "0.2.0");
    updates.resume();
  }

  private Updates updates(SlotName slot, String version) throws IOException {
    return machine.updates(slot, version);
  }

  private VerityRoot root = new VerityRoot(new byte[32], BLOCK);

  private byte[] withTree(byte[] data) throws IOException {
    TreeImage image = TreeImage.of(data, disk.resolve("image"));
    root = image.root();
    return image.bytes();
  }

  private byte[] bundle(String version, byte[] image) throws IOException {
    return maker.bundle(version, 3, image, root);
  }

  /** One block changed, three moved by one place, two new at the end. */
  private Mirror next() throws IOException {
    byte[] next = Arrays.copyOf(content, content.length + 2 * BLOCK);
    byte[] fresh = new byte[2 * BLOCK];
    random.nextBytes(fresh);
    System.arraycopy(fresh, 0, next, content.length, fresh.length);
    next[7 * BLOCK + 5] ^= 1;
    next[90 * BLOCK] ^= 1;
    System.arraycopy(content, 100 * BLOCK, next, 101 * BLOCK, 3 * BLOCK);
    Mirror mirror = new Mirror();
    mirror.image = withTree(next);
    mirror.bundle = bundle("0.3.0", mirror.image);
    return mirror;
  }

  private static Offer offer(Mirror mirror) {
    return mirror.offer("0.3.0", 3);
  }

  private void fetchAndInstall(Mirror mirror) throws Exception {
    updates.fetch(mirror, offer(mirror), n -> {});
    updates.install();
    assertThat(disk.resolve("slots/b/rootfs.img")).hasBinaryContent(mirror.image);
    Updates trial = updates(SlotName.B, "0.3.0");
    assertThat(trial.resume()).isEqualTo(Updates.Start.TRIAL);
    trial.healthy();
    assertThat(disk.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void fetch_fewBlocksChanged_bringsFewBytes() throws Exception {
    Mirror mirror = next();
    fetchAndInstall(mirror);
    assertThat(mirror.sent.get()).isLessThan(mirror.bundle.length / 10);
  }

  @Test
  void fetch_serverAnswersOneRangeAtATime_works() throws Exception {
    Mirror mirror = next();
    mirror.several = false;
    fetchAndInstall(mirror);
    assertThat(mirror.sent.get()).isLessThan(mirror.bundle.length / 10);
  }

  @Test
  void fetch_serverWithoutRanges_bringsTheWhole() throws Exception {
    Mirror mirror = next();
    mirror.ranges = false;
    fetchAndInstall(mirror);
    assertThat(mirror.sent.get()).isEqualTo(mirror.bundle.length);
  }

  @Test
  void fetch_allChanged_bringsTheWhole() throws Exception {
    random.nextBytes(content);
    fetchAndInstall(next());
  }

  @Test
  @DisplayName("INV-UPD-7: a changed block, tree or head costs the whole bundle, never a bad image")
  void fetch_anyByteChanged_isNotInstalled() throws Exception {
    Mirror mirror = next();
    byte[] image = mirror.image;
    for (int at : new int[] {7 * BLOCK + 5, 90 * BLOCK + 77, BLOCKS * BLOCK, image.length - 1}) {
      mirror.image = image.clone();
      mirror.image[at] ^= 8;
      updates.fetch(mirror, offer(mirror), n -> {});
      assertThat(disk.resolve("incoming").resolve(offer(mirror).sha256() + ".part")).exists();
      updates.withdraw(offer(mirror).sha256());
    }
    mirror.image = image;
    fetchAndInstall(mirror);
  }

  @Test
  void install_runningImageChangedSince_isFetchedAgain() throws Exception {
    Mirror mirror = next();
    updates.fetch(mirror, offer(mirror), n -> {});
    Path running = disk.resolve("slots/a/rootfs.img");
    byte[] bytes = Files.readAllBytes(running);
    byte[] broken = bytes.clone();
    broken[200 * BLOCK] ^= 1;
    Files.write(running, broken);
    assertThatThrownBy(updates::install).isInstanceOfAny(UpdateException.class, IOException.class);
    assertThat(updates.record().failed()).isEmpty();
    Files.write(running, bytes);
    fetchAndInstall(mirror);
  }

  @Test
  void fetch_foreignBundle_isRefusedByItsHead() throws Exception {
    Mirror mirror = next();
    mirror.bundle = Bundles.create().bundle("0.3.0", 3, mirror.image, root);
    updates.fetch(mirror, offer(mirror), n -> {});
    assertThatThrownBy(updates::install)
        .isInstanceOfSatisfying(
            UpdateException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUNDLE));
  }

  @Test
  void document_statesTheBounds() throws Exception {
    String text = Files.readString(Path.of("doc/update.md")).replaceAll("\\s+", " ");
    assertThat(text)
        .contains("(" + (DeltaFetcher.HEAD_BYTES >> 10) + " KiB)")
        .contains(
            DeltaFetcher.BATCH_RANGES + " ranges and " + (DeltaFetcher.BATCH_BYTES >> 20) + " MiB");
  }

  @Test
  void parts_brokenAnswers_endInBoundedTime() {
    Random bytes = new Random(5);
    String good =
        "--B\r\nContent-Range: bytes 0-3/9\r\n\r\nabcd\r\n--B\r\nContent-Range: bytes 5-6/9\r\n\r\nfg\r\n--B--";
    for (int i = 0; i < 2000; i++) {
      byte[] text = good.getBytes(StandardCharsets.US_ASCII);
      for (int n = bytes.nextInt(4); n >= 0; n--) {
        text[bytes.nextInt(text.length)] = (byte) bytes.nextInt(256);
      }
      RangedParts parts =
          new RangedParts(new ByteArrayInputStream(text), 6, (position, taken, length) -> {});
      try {
        parts.several("B");
      } catch (IOException | UpdateException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }
}
