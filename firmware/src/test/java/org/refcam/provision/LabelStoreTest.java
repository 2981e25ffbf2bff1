// SPDX-License-Identifier: Apache-2.0
package org.refcam.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.label.Label;
import org.refcam.storage.FileWrites;

class LabelStoreTest {
  private static final String HASH = "ab".repeat(32);
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private final SecureRandom random = new SecureRandom();
  @TempDir Path directory;

  @Test
  @DisplayName("INV-PROV-1 label passwords never repeat, and each of their bits is even")
  void passwords_neverRepeat_andAreUniform() {
    int count = 10_000;
    Set<String> seen = new HashSet<>();
    int[][] ones = new int[20][5];
    for (int i = 0; i < count; i++) {
      String letters = LabelStore.password(random).replace("-", "");
      assertThat(seen.add(letters)).isTrue();
      for (int at = 0; at < 20; at++) {
        int value = ALPHABET.indexOf(letters.charAt(at));
        for (int bit = 0; bit < 5; bit++) {
          ones[at][bit] += value >> bit & 1;
        }
      }
    }
    for (int[] letter : ones) {
      for (int one : letter) {
        assertThat(one).isBetween(count / 2 - 300, count / 2 + 300); // six standard deviations
      }
    }
  }

  /**
   * The million bits of 10,000 passwords: monobit and runs (NIST SP 800-22, 2.1 and 2.3) and
   * chi-square over letters and pairs of letters. Every threshold lies at seven standard deviations
   * or the like: a false alarm comes less than once in 10^10 runs.
   */
  @Test
  void passwords_passMonobitRunsAndChiSquare() {
    int count = 10_000;
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(LabelStore.password(random).replace("-", ""));
    }
    int bits = all.length() * 5;
    int ones = 0;
    int runs = 1;
    int last = -1;
    long[] letters = new long[32];
    long[] pairs = new long[1024];
    for (int at = 0; at < all.length(); at++) {
      int value = ALPHABET.indexOf(all.charAt(at));
      letters[value]++;
      if (at % 2 == 1) {
        pairs[ALPHABET.indexOf(all.charAt(at - 1)) * 32 + value]++;
      }
      for (int bit = 4; bit >= 0; bit--) {
        int one = value >> bit & 1;
        ones += one;
        runs += last >= 0 && one != last ? 1 : 0;
        last = one;
      }
    }
    assertThat(Math.abs(2.0 * ones - bits) / Math.sqrt(bits)).as("monobit").isLessThan(7);
    double share = (double) ones / bits;
    double expected = 2 * bits * share * (1 - share);
    double deviation = 2 * Math.sqrt(bits) * share * (1 - share);
    assertThat(Math.abs(runs - expected) / deviation).as("runs").isLessThan(7);
    assertThat(chiSquare(letters)).as("letters, 31 degrees").isLessThan(110);
    assertThat(chiSquare(pairs)).as("pairs, 1023 degrees").isBetween(720.0, 1380.0);
  }

  private static double chiSquare(long[] seen) {
    double total = 0;
    for (long one : seen) {
      total += one;
    }
    double expected = total / seen.length;
    double sum = 0;
    for (long one : seen) {
      sum += (one - expected) * (one - expected) / expected;
    }
    return sum;
  }

  @Test
  void label_isKeptOverRestarts_andGoneAfterSetUp() throws Exception {
    Label first = store().openOrCreate("S1", HASH, "https://192.0.2.1:8443", "development", random);
    LabelStore later = store();
    Label second = later.openOrCreate("S1", HASH, "https://192.0.2.2:8443", "development", random);
    assertThat(second.password()).isEqualTo(first.password());
    assertThat(second.url()).endsWith("2:8443");
    assertThat(later.verify(first.password().toLowerCase(Locale.ROOT).toCharArray())).isTrue();
    assertThat(later.verify("0000-0000-0000-0000-0000".toCharArray())).isFalse();
    assertThat(later.verify(new char[0])).isFalse();
    for (String name : new String[] {"label.json", "label.png", "label.pdf"}) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    later.delete();
    assertThat(later.verify(first.password().toCharArray())).isFalse();
    assertThat(Files.list(directory)).isEmpty();
  }

  @Test
  void twoFirstBoots_shareNothing(@TempDir Path other) throws Exception {
    DeviceIdentity one = identity(directory);
    DeviceIdentity two = identity(other);
    assertThat(one.serial()).hasSize(10).isNotEqualTo(two.serial());
    assertThat(one.certificateSha256()).isNotEqualTo(two.certificateSha256());
    assertThat(one.certificate().getPublicKey()).isNotEqualTo(two.certificate().getPublicKey());
    assertThat(one.certificate().getSerialNumber())
        .isNotEqualTo(two.certificate().getSerialNumber());
    assertThat(Files.readAllBytes(directory.resolve("keys/root.key")))
        .isNotEqualTo(Files.readAllBytes(other.resolve("keys/root.key")));
    assertThat(identity(directory).certificateSha256()).isEqualTo(one.certificateSha256());
  }

  private LabelStore store() {
    return new LabelStore(directory, FileWrites.disk());
  }

  private DeviceIdentity identity(Path data) throws Exception {
    var root = DevelopmentFileRoot.openOrCreate(data, FileWrites.disk(), random);
    return DeviceIdentity.openOrCreate(
        data, KeyHierarchy.open(root, data, FileWrites.disk(), random), FileWrites.disk(), random);
  }
}
