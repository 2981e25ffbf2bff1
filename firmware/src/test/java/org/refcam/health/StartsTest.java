// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.FileWrites;

class StartsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  @TempDir Path directory;

  private Starts starts(String version, String boot) {
    return new Starts(
        directory.resolve("health"),
        FileWrites.disk(),
        new Starts.Software(version, "A", boot),
        Optional.of(directory.resolve("crash.log")),
        3,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Starts begun(String boot) {
    Starts starts = starts("1.0", boot);
    starts.begin(false);
    return starts;
  }

  @Test
  void processThatVanishes_inOneBoot_isACrash_andThreeMakeTheNextStartSafe() {
    for (int i = 0; i < 3; i++) {
      assertThat(starts("1.0", "boot-1").begin(false)).as("start %d", i).isFalse();
    }
    Starts fourth = starts("1.0", "boot-1");
    assertThat(fourth.begin(false)).isTrue();
    assertThat(fourth.crashes()).hasSize(3).extracting(Crash::cause).containsOnly(Crash.UNKNOWN);
  }

  @Test
  void powerCuts_areNobodysFault() {
    for (int i = 0; i < 9; i++) {
      assertThat(starts("1.0", "boot-" + i).begin(false)).isFalse();
    }
    assertThat(begun("boot-9").crashes()).isEmpty();
  }

  @Test
  void startThatEnded_orLasted_doesNotCount() {
    begun("b").failed(new IOException("x"));
    begun("b").failed(new IOException("x"));
    Starts third = begun("b");
    third.lasted();
    third.ended();
    Starts fourth = begun("b");
    assertThat(fourth.safe()).isFalse();
    fourth.failed(new IOException("x"));
    assertThat(starts("1.0", "b").begin(false)).isFalse();
  }

  @Test
  void safeStart_staysUntilAWholeOneIsWanted() {
    for (int i = 0; i < 3; i++) {
      begun("b").failed(new IOException("x"));
    }
    Starts safe = begun("another boot");
    assertThat(safe.safe()).isTrue();
    safe.lasted();
    safe.ended();
    Starts again = begun("a third boot");
    assertThat(again.safe()).isTrue();
    again.startWhole(true);
    again.ended();
    Starts once = begun("b");
    assertThat(once.safe()).isFalse();
    once.failed(new IOException("x"));
    Starts back = begun("b");
    assertThat(back.safe()).isTrue();
    back.startWhole(false);
    back.ended();
    begun("b").failed(new IOException("x"));
    assertThat(starts("1.0", "b").begin(false)).isFalse();
  }

  @Test
  void softwareOnTrial_neverStartsSafely_andAnotherVersionCountsAnew() {
    for (int i = 0; i < 3; i++) {
      begun("b").failed(new IOException("x"));
    }
    assertThat(starts("1.0", "c").begin(true)).isFalse();
    Starts other = starts("2.0", "d");
    assertThat(other.begin(false)).isFalse();
    assertThat(other.crashes()).hasSize(3);
  }

  @Test
  @DisplayName("INV-HEALTH-1: names and places, never messages, addresses or memory; bounded")
  void record_holdsNothingOfTheOwners_andStaysSmall() throws Exception {
    String secret = "nguyen@example.vn 192.0.2.7 hunter2";
    Starts starts = begun("b");
    for (int i = 0; i < 40; i++) {
      starts.begin(false);
      starts.failed(
          new IllegalStateException(secret, new IOException(secret, new Exception(secret))));
    }
    assertThat(starts.crashes()).hasSize(Starts.CRASHES_MAX);
    Crash last = starts.crashes().get(Starts.CRASHES_MAX - 1);
    assertThat(last.cause())
        .isEqualTo("java.lang.IllegalStateException < java.io.IOException < java.lang.Exception");
    assertThat(last.where()).hasSizeBetween(1, 8);
    assertThat(last.where().get(0)).startsWith("org.refcam.health.StartsTest.");
    Path file = directory.resolve("health/starts.json");
    assertThat(Files.readString(file)).doesNotContain("nguyen", "192.0.2.7", "hunter2");
    assertThat(Files.size(file)).isLessThan(64 * 1024);
  }

  @Test
  void errorFileOfTheJavaMachine_isTakenByItsHead_andDeleted() throws Exception {
    Path log = directory.resolve("crash.log");
    begun("old boot");
    Files.writeString(
        log,
        """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  SIGSEGV (0xb) at pc=0x00007f5c2c1e9f10, pid=4711, tid=4712
        #
        # Problematic frame:
        # C  [libopenh264.so.8+0x1c2d3]  WelsEnc::Something(hunter2)+0x30
        #
        Environment Variables:
        PASSWORD=hunter2
        """);
    Starts next = begun("new boot");
    assertThat(next.crashes()).hasSize(1);
    assertThat(next.crashes().get(0).cause()).isEqualTo("SIGSEGV");
    assertThat(next.crashes().get(0).where()).containsExactly("[libopenh264.so.8+0x1c2d3]");
    assertThat(log).doesNotExist();
    assertThat(Files.readString(directory.resolve("health/starts.json"))).doesNotContain("hunter2");
  }

  @Test
  void errorFile_ofCompiledJava_namesTheMethodWithoutArguments() throws Exception {
    Path log = directory.resolve("crash.log");
    begun("b");
    Files.writeString(
        log,
        "#  SIGBUS (0x7) at pc=0x1, pid=4711, tid=2\n# Problematic frame:\n"
            + "# J 812 c1 org.refcam.encode.Scaler.halve([BI)V (40 bytes) @ 0x0000ffff9c0 hunter2\n");
    Crash crash = begun("b").crashes().get(0);
    assertThat(crash.cause()).isEqualTo("SIGBUS");
    assertThat(crash.where()).containsExactly("org.refcam.encode.Scaler.halve");
  }

  @Test
  void damagedRecord_countsAsNone() throws Exception {
    Random random = new Random(7);
    begun("b").failed(new IOException("x"));
    Path file = directory.resolve("health/starts.json");
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bad);
      Starts next = starts("1.0", "c");
      next.begin(false); // whatever it counts, it starts
      assertThat(next.crashes()).hasSizeLessThanOrEqualTo(Starts.CRASHES_MAX);
    }
    Files.write(file, "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
    assertThat(begun("d").crashes()).isEmpty();
  }
}
