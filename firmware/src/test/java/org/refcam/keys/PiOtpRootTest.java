// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.kernel.CustomerOtp;
import org.refcam.kernel.KernelException;
import org.refcam.storage.FileWrites;

class PiOtpRootTest {
  @TempDir Path data;
  private final SecureRandom random = new SecureRandom();

  /** Fuses whose power fails in the middle of the n-th row. */
  private static final class Fuses implements CustomerOtp {
    private final int[] rows = new int[ROWS];
    private int left = Integer.MAX_VALUE;

    @Override
    public int[] read() {
      return rows.clone();
    }

    @Override
    public void burn(int row, int value) throws IOException {
      if (left-- == 0) {
        rows[row] |= value & 0xFFFF;
        throw new IOException("power");
      }
      rows[row] |= value;
    }
  }

  private PiOtpRoot open(CustomerOtp fuses) throws IOException {
    return PiOtpRoot.openOrBurn(fuses, data, FileWrites.disk(), random);
  }

  @Test
  void burning_cutAtEveryRow_goesOn_andTheKeyIsStableAfterwards() throws IOException {
    for (int row = 0; row <= CustomerOtp.ROWS; row++) {
      Fuses fuses = new Fuses();
      fuses.left = row;
      if (row < CustomerOtp.ROWS) {
        assertThatThrownBy(() -> open(fuses)).hasMessage("power");
      }
      fuses.left = Integer.MAX_VALUE;
      PiOtpRoot first = open(fuses);
      assertThat(fuses.rows).doesNotContain(0);
      assertThat(first.deriveKey("a").sameAs(open(fuses).deriveKey("a"))).isTrue();
      assertThat(first.deviceKey().getPublic()).isEqualTo(open(fuses).deviceKey().getPublic());
    }
  }

  @Test
  void twoDevices_shareNothing() throws IOException {
    PiOtpRoot one = open(new Fuses());
    PiOtpRoot two = open(new Fuses());
    assertThat(one.deriveKey("a").sameAs(two.deriveKey("a"))).isFalse();
    assertThat(one.deviceKey().getPublic()).isNotEqualTo(two.deviceKey().getPublic());
    assertThat(one.assuranceLevel()).isEqualTo(AssuranceLevel.FUSED);
    assertThat(one.slot(RootOfTrust.VAULT_ROOT).assuranceLevel())
        .isEqualTo(AssuranceLevel.DISCARDED_BLOCKS);
  }

  @Test
  void unburntFuses_underSealedData_areNotBurnt() throws IOException {
    KeyHierarchy.open(open(new Fuses()), data, FileWrites.disk(), random);
    assertThatThrownBy(() -> open(new Fuses())).isInstanceOf(CorruptStoreException.class);
  }

  @Test
  void roots_unknownNameOrMissingHardware_neverFallBack() {
    for (String name : new String[] {"", "tpm", "tpm2:", "pkcs11:", "PI-OTP"}) {
      assertThatThrownBy(() -> RootsOfTrust.requireKnown(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> RootsOfTrust.open("pi-otp", data, FileWrites.disk(), random))
        .isInstanceOf(KernelException.class);
    assertThatThrownBy(() -> RootsOfTrust.open("tpm2:/dev/no-tpm", data, FileWrites.disk(), random))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/no-tpm");
    assertThat(data.resolve("keys/root.key")).doesNotExist();
  }
}
