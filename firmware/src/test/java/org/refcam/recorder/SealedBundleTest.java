// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.recorder.InvalidFilmException.Reason;

class SealedBundleTest {
  private static final int CHUNK = Age.CHUNK;
  private final SecureRandom random = new SecureRandom();
  private final Random seeded = new Random(3);
  private final String key = SealedBundle.newKey(random);

  @TempDir Path directory;

  private SealedBundle bundle(int length) {
    return SealedBundle.of(new Bytes(plain(length)), key, random);
  }

  private static byte[] plain(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] opened(byte[] sealed, String with) throws IOException {
    Path file = Files.write(directory.resolve("bundle.age"), sealed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BundleOpener.open(file, with, out);
    return out.toByteArray();
  }

  @Test
  void everyLength_comesBack_andIsAsLongAsPromised() throws Exception {
    for (int length : new int[] {0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001}) {
      SealedBundle bundle = bundle(length);
      byte[] sealed = Bytes.all(bundle);
      assertThat(sealed.length).as("%d", length).isEqualTo((int) bundle.length());
      assertThat(opened(sealed, key)).isEqualTo(plain(length));
    }
  }

  @Test
  void anyRange_isThePartOfTheWhole() throws Exception {
    SealedBundle bundle = bundle(5 * CHUNK + 77);
    byte[] whole = Bytes.all(bundle);
    for (int attempt = 0; attempt < 300; attempt++) {
      int from = seeded.nextInt(whole.length);
      int to = from + 1 + seeded.nextInt(whole.length - from);
      assertThat(Bytes.part(bundle, from, to)).isEqualTo(Arrays.copyOfRange(whole, from, to));
    }
  }

  @Test
  @DisplayName(
      "INV-REC-5: a bundle with a changed, missing or added byte, or another key, opens not")
  void anyChange_isRefused() throws Exception {
    byte[] whole = Bytes.all(bundle(2 * CHUNK + 5));
    for (int attempt = 0; attempt < 200; attempt++) {
      byte[] changed = whole.clone();
      int at = attempt < 150 ? attempt : seeded.nextInt(whole.length);
      changed[at] ^= (byte) (1 << seeded.nextInt(7));
      refused(changed, key);
    }
    for (int cut : new int[] {1, 16, 21, 22, CHUNK, CHUNK + 37, whole.length - 10}) {
      refused(Arrays.copyOf(whole, whole.length - cut), key);
    }
    refused(Arrays.copyOf(whole, whole.length + 1), key);
    refused(whole, SealedBundle.newKey(random));
    refused(whole, "not a key");
  }

  private void refused(byte[] sealed, String with) {
    assertThatExceptionOfType(InvalidFilmException.class)
        .isThrownBy(() -> opened(sealed, with))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_OPENED));
  }

  @Test
  void twoBundlesOfOneFilm_haveNothingInCommon() throws Exception {
    byte[] one = Bytes.all(SealedBundle.of(new Bytes(plain(1000)), key, random));
    byte[] other = Bytes.all(SealedBundle.of(new Bytes(plain(1000)), key, random));
    assertThat(Arrays.copyOfRange(one, one.length - 900, one.length))
        .isNotEqualTo(Arrays.copyOfRange(other, other.length - 900, other.length));
  }
}
