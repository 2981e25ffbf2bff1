// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.Sha256;
import org.refcam.recorder.InvalidFilmException.Reason;

class VerifiedFilmTest {
  private final Random random = new Random(5);
  private TestSigner signer;
  private byte[] film;

  @BeforeEach
  void sealOne() throws Exception {
    signer = new TestSigner();
    film = seal(boxes("ftyp", 24, "moov", 100, "moof", 80, "mdat", 3000, "uuid", 40));
  }

  private byte[] boxes(Object... typesAndSizes) {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i < typesAndSizes.length; i += 2) {
      byte[] content = new byte[(int) typesAndSizes[i + 1] - 8];
      random.nextBytes(content);
      out.u32(content.length + 8)
          .raw(((String) typesAndSizes[i]).getBytes(StandardCharsets.US_ASCII))
          .raw(content);
    }
    return out.toByteArray();
  }

  private byte[] seal(byte[] body) throws IOException {
    FilmSeal.Manifest manifest =
        new FilmSeal.Manifest(
            "TEST",
            "main",
            "2026-11-25T01:00:00Z",
            "2026-11-25T01:00:03Z",
            30,
            body.length,
            HexFormat.of().formatHex(Sha256.start().digest(body)));
    return new ByteWriter().raw(body).raw(FilmSeal.box(manifest, signer)).toByteArray();
  }

  private static VerifiedFilm verify(byte[] bytes) throws IOException {
    return VerifiedFilm.verify(new ByteArrayInputStream(bytes));
  }

  private static Reason refused(byte[] bytes) {
    Reason[] reason = new Reason[1];
    assertThatExceptionOfType(InvalidFilmException.class)
        .isThrownBy(() -> verify(bytes))
        .satisfies(e -> reason[0] = e.reason());
    return reason[0];
  }

  @Test
  void genuine_tellsCameraStreamAndTimes() throws Exception {
    VerifiedFilm verified = verify(film);
    assertThat(verified.serial()).isEqualTo("TEST");
    assertThat(verified.stream()).isEqualTo("main");
    assertThat(verified.from()).isEqualTo("2026-11-25T01:00:00Z");
    assertThat(verified.pictures()).isEqualTo(30);
    assertThat(verified.certificateSha256())
        .isEqualTo(
            HexFormat.of().formatHex(Sha256.start().digest(signer.certificate().getEncoded())));
  }

  @Test
  @DisplayName("INV-REC-4: a film of which any byte was changed, added or taken away is refused")
  void everyByte_changed_isRefused() {
    for (int at = 0; at < film.length; at++) {
      byte[] changed = film.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      refused(changed);
    }
  }

  @Test
  void everyCut_isRefused_andSoIsWhatIsAdded() {
    for (int length = 0; length < film.length; length++) {
      refused(Arrays.copyOf(film, length));
    }
    assertThat(refused(Arrays.copyOf(film, film.length + 1))).isEqualTo(Reason.CHANGED);
    byte[] twice = new ByteWriter().raw(film).raw(film).toByteArray();
    assertThat(refused(twice)).isEqualTo(Reason.CHANGED);
  }

  @Test
  void reasons_sayWhatIsWrong() {
    assertThat(refused(new byte[0])).isEqualTo(Reason.NOT_A_FILM);
    assertThat(refused("no film at all".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(Reason.NOT_A_FILM);
    assertThat(refused(boxes("ftyp", 24, "moov", 100, "mdat", 50))).isEqualTo(Reason.NO_SEAL);
    byte[] changed = film.clone();
    changed[1000] ^= 1;
    assertThat(refused(changed)).isEqualTo(Reason.CHANGED);
    byte[] signature = film.clone();
    signature[film.length - 1] ^= 1;
    assertThat(refused(signature)).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void anyBytes_areAnsweredWithAReason() {
    for (int attempt = 0; attempt < 2000; attempt++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      if (noise.length > 8) {
        System.arraycopy(film, 0, noise, 0, Math.min(noise.length, 8 + random.nextInt(100)));
      }
      assertThat(refused(noise)).isNotNull();
    }
  }
}
