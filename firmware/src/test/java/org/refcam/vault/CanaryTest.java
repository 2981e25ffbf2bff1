// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.codec.AccessUnits;
import org.refcam.crypto.SecretBytes;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.storage.Storage;

/**
 * Known strings, times and pictures go in; the raw directory is searched for them in every form.
 */
class CanaryTest {
  private static final String STREAM = "canary-stream-bếp";
  private static final String KIND = "canary-kind";
  private static final String DETAIL = "canary-detail-cửa-sau";
  private static final String ON_SCREEN = "canary-picture-on-screen-text";
  private static final byte[] JPEG =
      HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000ffdb0043");

  @TempDir Path directory;
  private final MemorySlot slot = new MemorySlot();
  private ClipId clip;

  @BeforeEach
  void recordCanaries() throws IOException {
    Footage times = Footage.small();
    try (Vault vault = VaultFixture.open(directory, slot)) {
      ClipStart start =
          new ClipStart(STREAM, Trigger.MOTION, times.wallTime(0), times.time(0), FrameRate.of(4));
      try (ClipWriter writer = vault.startClip(start)) {
        clip = writer.id();
        writer.thumbnail(JPEG);
        writer.append(unit(times.time(0)));
        writer.event(new ClipEvent(KIND, times.wallTime(0), times.wallTime(1), DETAIL));
      }
      vault.hold(clip, true);
    }
    try (Vault vault = VaultFixture.open(directory, slot)) {
      vault.hold(clip, false); // an index with a snapshot that has rows
    }
  }

  private static AccessUnit unit(MediaTime time) {
    byte[] text = ("....e" + ON_SCREEN).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(new byte[] {0, 0, 0, 1}, 0, text, 0, 4);
    return AccessUnits.of(text, time, 0);
  }

  private static List<byte[]> needles() {
    List<byte[]> needles = new ArrayList<>();
    for (String text : List.of(STREAM, KIND, DETAIL, ON_SCREEN, "RC-TEST-1", "SQLite format 3")) {
      forms(text.getBytes(StandardCharsets.UTF_8), needles);
      needles.add(text.getBytes(StandardCharsets.UTF_16LE));
      needles.add(text.getBytes(StandardCharsets.UTF_16BE));
    }
    forms(JPEG, needles);
    needles.add("JFIF".getBytes(StandardCharsets.US_ASCII));
    long micros = Micros.of(Footage.START);
    for (long time : new long[] {micros, Footage.MEDIA_START, micros / 1000}) {
      byte[] big = ByteBuffer.allocate(8).putLong(time).array();
      needles.add(Arrays.copyOfRange(big, 2, 8));
      needles.add(
          Arrays.copyOf(
              ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(time).array(), 6));
    }
    return needles;
  }

  private static void forms(byte[] canary, List<byte[]> needles) {
    needles.add(canary);
    String hex = HexFormat.of().formatHex(canary);
    needles.add(hex.getBytes(StandardCharsets.US_ASCII));
    needles.add(hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 3; shift++) { // as it may lie in a longer text
      byte[] shifted = new byte[shift + canary.length];
      System.arraycopy(canary, 0, shifted, shift, canary.length);
      String base64 = Base64.getEncoder().encodeToString(shifted);
      needles.add(
          base64
              .substring(shift == 0 ? 0 : 4, base64.length() - 4)
              .getBytes(StandardCharsets.US_ASCII));
    }
  }

  static int hits(Path directory, List<byte[]> needles) throws IOException {
    int hits = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String raw = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String name = file.getFileName().toString();
        for (byte[] needle : needles) {
          String text = new String(needle, StandardCharsets.ISO_8859_1);
          hits += raw.contains(text) || name.contains(text) ? 1 : 0;
        }
      }
    }
    return hits;
  }

  @Test
  @DisplayName("INV-VAULT-4 no canary is found in the raw directory, in any form")
  void rawDirectory_holdsNoCanary() throws Exception {
    assertThat(hits(directory, needles())).isZero();
    Files.write(directory.resolve("control"), DETAIL.getBytes(StandardCharsets.UTF_8));
    assertThat(hits(directory, needles())).isEqualTo(1);
  }

  @Test
  @DisplayName("INV-VAULT-4 a stock SQLite opens no file")
  void stockSqlite_opensNothing() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Statement statement = connection.createStatement()) {
          assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM sqlite_master"))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("not a database");
        }
      }
    }
  }

  @Test
  @DisplayName("INV-VAULT-3 with everything that is left after an erasure no old copy opens")
  void erased_oldCopiesDoNotOpen() throws Exception {
    Path copy = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-old"));
    copyTo(copy);
    byte[] oldKey = slot.read().orElseThrow().exposeSecretBytes();
    try (Vault vault = VaultFixture.open(directory, slot)) {
      VaultFixture.record(vault, Footage.small(), "main", 20, 30);
      vault.erase(List.of(clip));
    }
    try (SecretBytes now = slot.read().orElseThrow()) {
      assertThat(now.exposeSecretBytes()).isNotEqualTo(oldKey);
    }
    for (byte[] bytes : List.of(oldKey, clip.bytes())) {
      assertThat(hits(directory, List.of(bytes))).isZero();
    }
    assertThat(hits(directory, needles())).isZero();
    // an attacker's copy of the whole directory, with the camera's slot as it is now
    assertThatThrownBy(() -> VaultFixture.open(copy, slot))
        .isInstanceOfSatisfying(
            CorruptVaultException.class,
            e ->
                assertThat(e.reason()).isEqualTo(CorruptVaultException.Reason.TABLE_NOT_AUTHENTIC));
    // and with the key table of now, which has no key for the old segment
    Files.copy(
        directory.resolve("keys"), copy.resolve("keys"), StandardCopyOption.REPLACE_EXISTING);
    try (Vault vault = VaultFixture.open(copy, slot)) {
      assertThat(vault.find(clip)).isEmpty();
      assertThatThrownBy(() -> vault.read(clip)).isInstanceOf(ClipGoneException.class);
    }
  }

  private void copyTo(Path copy) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void recordingKey_isNowhereOnDisk_beforeAndAfter() throws Exception {
    Ledger ledger = Ledger.open(directory, slot, Storage.disk(), new SecureRandom());
    Optional<KeyTable.Entry> entry = ledger.table().find(clip);
    byte[] key = entry.orElseThrow().key().exposeSecretBytes();
    assertThat(hits(directory, List.of(key))).isZero();
    ledger.close();
    assertThat(entry.get().gone()).isTrue();
    assertThatThrownBy(() -> entry.get().key().exposeSecretBytes())
        .isInstanceOf(IllegalStateException.class);
  }
}
