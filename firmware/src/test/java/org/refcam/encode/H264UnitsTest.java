// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

class H264UnitsTest {
  private static final int SPS = 0x67;
  private static final int PPS = 0x68;
  private static final int IDR = 0x65;
  private static final int SLICE = 0x41;
  private final H264Units units = new H264Units();

  @Test
  void setsInABufferOfTheirOwn_goInFrontOfEachIdr() {
    assertThat(take(SLICE)).isEmpty();
    assertThat(take(IDR)).isEmpty();
    assertThat(take(SPS, PPS)).isEmpty();
    assertThat(take(SLICE)).isEmpty();
    assertThat(take(IDR).orElseThrow().nalUnits()).hasSize(3);
    AccessUnit slice = take(SLICE).orElseThrow();
    assertThat(slice.nalUnits()).hasSize(1);
    assertThat(slice.sequence()).isEqualTo(1);
    assertThat(take(IDR).orElseThrow().nalUnits()).hasSize(3);
  }

  @Test
  void withheld_leavesNoGap_andBeginsAnewWithAnIdr() {
    assertThat(take(SPS, PPS, IDR).orElseThrow().sequence()).isZero();
    units.withhold(bytes(SLICE));
    assertThat(take(SLICE)).isEmpty();
    AccessUnit idr = take(IDR).orElseThrow();
    assertThat(idr.sequence()).isEqualTo(1);
    assertThat(idr.idr()).isTrue();
  }

  @Test
  void noByteStream_isNothing() {
    assertThat(units.take(new byte[] {1, 2, 3}, new MediaTime(0), true)).isEmpty();
    units.withhold(new byte[0]);
    assertThat(units.take(new byte[0], new MediaTime(0), false)).isEmpty();
  }

  private Optional<AccessUnit> take(int... nalUnits) {
    return units.take(bytes(nalUnits), new MediaTime(0), false);
  }

  private static byte[] bytes(int... nalUnits) {
    byte[] bytes = new byte[nalUnits.length * 6];
    for (int i = 0; i < nalUnits.length; i++) {
      bytes[i * 6 + 3] = 1;
      bytes[i * 6 + 4] = (byte) nalUnits[i];
      bytes[i * 6 + 5] = (byte) 0x88;
    }
    return bytes;
  }
}
