// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.storage.Storage;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipStart;
import org.refcam.vault.ClipWriter;
import org.refcam.vault.Trigger;
import org.refcam.vault.Vault;

class FilmTest {
  private static final Instant START = Studio.BASE;
  private static final Instant ALL = START.plusSeconds(86_400);

  @TempDir Path directory;
  private final Random random = new Random(11);
  private Vault vault;

  @BeforeEach
  void openVault() throws IOException {
    vault = Studio.vault(directory, Storage.disk());
  }

  @AfterEach
  void closeVault() {
    vault.close();
  }

  /** A clip of 10 pictures a second, an IDR every 20. */
  private void record(Instant start, int pictures, boolean otherCamera) throws IOException {
    try (ClipWriter writer = writer(start)) {
      for (int n = 0; n < pictures; n++) {
        AccessUnit unit =
            otherCamera && n == 0
                ? Units.otherCamera(0, 0)
                : Units.unit(n, otherCamera ? 5000 : 20);
        writer.append(unit);
      }
    }
  }

  private ClipWriter writer(Instant start) throws IOException {
    return vault.startClip(
        new ClipStart("main", Trigger.CONTINUOUS, start, new MediaTime(0), FrameRate.of(10)));
  }

  private List<ClipInfo> clips() {
    return vault.timeline("main", START, ALL).clips();
  }

  private Film film(Instant from, Instant until) throws IOException {
    return Film.measure(vault, clips(), from, until, part -> {});
  }

  private static List<String> boxes(byte[] film) {
    List<String> types = new java.util.ArrayList<>();
    int at = 0;
    while (at < film.length) {
      int size = java.nio.ByteBuffer.wrap(film, at, 4).getInt();
      types.add(new String(film, at + 4, 4, java.nio.charset.StandardCharsets.US_ASCII));
      at += size;
    }
    assertThat(at).isEqualTo(film.length);
    return types;
  }

  @Test
  void film_hasAFragmentPerIdr_andMeasuresWhatItWrites() throws Exception {
    record(START, 100, false);
    Film film = film(START, ALL);
    byte[] bytes = Bytes.all(film);
    assertThat(bytes).hasSize((int) film.length());
    assertThat(boxes(bytes))
        .containsExactly(
            "ftyp", "moov", "moof", "mdat", "moof", "mdat", "moof", "mdat", "moof", "mdat", "moof",
            "mdat");
    assertThat(film.pictures()).isEqualTo(100);
    assertThat(film.start()).isEqualTo(START);
    assertThat(film.end()).isEqualTo(START.plusSeconds(10));
  }

  @Test
  void anyRange_isThePartOfTheWhole_overSeveralClips() throws Exception {
    record(START, 90, false);
    record(START.plusSeconds(20), 130, true);
    record(START.plusSeconds(60), 75, false);
    Film film = film(START, ALL);
    byte[] whole = Bytes.all(film);
    for (int attempt = 0; attempt < 300; attempt++) {
      int from = random.nextInt(whole.length);
      int to = from + 1 + random.nextInt(whole.length - from);
      assertThat(Bytes.part(film, from, to))
          .as("%d to %d", from, to)
          .isEqualTo(Arrays.copyOfRange(whole, from, to));
    }
  }

  @Test
  void range_beginsWithTheIdrBefore_andEndsBeforeItsEnd() throws Exception {
    record(START, 100, false);
    Film film = film(START.plusMillis(4700), START.plusMillis(7000));
    assertThat(film.start()).isEqualTo(START.plusSeconds(4));
    assertThat(film.pictures()).isEqualTo(30);
    assertThat(film.end()).isEqualTo(START.plusSeconds(7));
  }

  @Test
  void emptyRange_isToldApart() throws Exception {
    record(START, 100, false);
    assertThatExceptionOfType(NothingRecordedException.class).isThrownBy(() -> film(START, START));
    assertThatExceptionOfType(NothingRecordedException.class)
        .isThrownBy(
            () ->
                SealedFilm.make(
                    vault,
                    List.of(),
                    START,
                    ALL,
                    new TestSigner(),
                    OutputStream.nullOutputStream(),
                    part -> {}));
  }

  @Test
  void clipBeingRecorded_givesTheSameFilm_whileItGrows() throws Exception {
    try (ClipWriter writer = writer(START)) {
      for (int n = 0; n < 50; n++) {
        writer.append(Units.unit(n, 20));
      }
      writer.flush();
      Film film = film(START, ALL);
      byte[] before = Bytes.all(film);
      for (int n = 50; n < 100; n++) {
        writer.append(Units.unit(n, 20));
      }
      writer.flush();
      assertThat(Bytes.all(film)).isEqualTo(before);
      assertThat(film.pictures()).isEqualTo(50);
    }
  }

  @Test
  void erasedMeanwhile_failsInsteadOfAShorterFilm() throws Exception {
    record(START, 100, false);
    record(START.plusSeconds(20), 100, false);
    Film film = film(START, ALL);
    vault.erase(List.of(clips().get(1).id()));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Bytes.all(film));
  }

  @Test
  void sealedFilm_verifies_andSoDoesWhatIsPutTogetherOfItsRanges() throws Exception {
    record(START, 100, false);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    SealedFilm film =
        SealedFilm.make(vault, clips(), START, ALL, new TestSigner(), copy, part -> {});
    ByteArrayOutputStream resumed = new ByteArrayOutputStream();
    long at = 0;
    while (at < film.length()) {
      long next = Math.min(film.length(), at + 1 + random.nextInt(900));
      film.write(resumed, at, next);
      at = next;
    }
    assertThat(resumed.toByteArray()).isEqualTo(copy.toByteArray()).hasSize((int) film.length());
    VerifiedFilm verified = VerifiedFilm.verify(new ByteArrayInputStream(copy.toByteArray()));
    assertThat(verified.pictures()).isEqualTo(100);
    assertThat(verified.to()).isEqualTo("2026-11-25T01:00:10Z");
  }

  @Test
  void parts_followEachOtherToTheEnd_withoutStandingStill() throws Exception {
    record(START, 95, false);
    Playback playback = new Playback(vault);
    ClipInfo clip = clips().get(0);
    Optional<Instant> at = Optional.of(START.minusSeconds(5));
    int parts = 0;
    Instant last = Instant.MIN;
    while (at.isPresent()) {
      Playback.Part part = playback.part(clip, at.get(), Duration.ofSeconds(3));
      assertThat(boxes(part.bytes())).startsWith("ftyp", "moov", "moof", "mdat");
      assertThat(part.codec()).isEqualTo("avc1.42C028");
      part.next().ifPresent(next -> assertThat(next).isAfter(clip.start()));
      assertThat(part.next().orElse(Instant.MAX)).isAfter(last);
      last = part.next().orElse(Instant.MAX);
      at = part.next();
      parts++;
    }
    assertThat(parts).isEqualTo(3);
  }

  @Test
  void exports_areMadeOneAfterTheOther_andForgottenWhenAsked() throws Exception {
    record(START, 100, false);
    try (Exports exports =
        new Exports(vault, new TestSigner(), Clock.systemUTC(), new SecureRandom())) {
      Exports.Export film =
          exports.start(new Exports.Wish("main", START, ALL, Exports.Form.MP4)).orElseThrow();
      Exports.Export bundle =
          exports.start(new Exports.Wish("main", START, ALL, Exports.Form.BUNDLE)).orElseThrow();
      Exports.Export none =
          exports.start(new Exports.Wish("sub", START, ALL, Exports.Form.MP4)).orElseThrow();
      Studio.await(() -> none.phase() != Exports.Phase.PREPARING);
      assertThat(none.phase()).isEqualTo(Exports.Phase.EMPTY);
      assertThat(film.phase()).isEqualTo(Exports.Phase.READY);
      assertThat(film.key()).isEmpty();
      assertThat(bundle.key()).startsWith("AGE-SECRET-KEY-1");
      Path file = directory.resolve("out.age");
      java.nio.file.Files.write(file, Bytes.all(bundle.source().orElseThrow()));
      ByteArrayOutputStream opened = new ByteArrayOutputStream();
      BundleOpener.open(file, bundle.key(), opened);
      assertThat(VerifiedFilm.verify(new ByteArrayInputStream(opened.toByteArray())).pictures())
          .isEqualTo(100);
      for (int i = 3; i < 8; i++) {
        assertThat(exports.start(new Exports.Wish("sub", START, ALL, Exports.Form.MP4)))
            .isPresent();
      }
      assertThat(exports.start(new Exports.Wish("sub", START, ALL, Exports.Form.MP4))).isEmpty();
      assertThat(exports.cancel(film.id())).isTrue();
      assertThat(exports.find(film.id())).isEmpty();
      assertThat(exports.cancel(film.id())).isFalse();
    }
  }
}
