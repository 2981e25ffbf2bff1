// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StructuresTest {
  private static final int STREAMING = 0x0400_0000;

  @Test
  void fourccKeepsTheKernelsByteOrder() {
    assertThat(Fourcc.YUYV.code()).isEqualTo(0x5659_5559);
    assertThat(new Fourcc(0x3231_564e)).isEqualTo(Fourcc.NV12).hasToString("NV12");
    assertThatThrownBy(() -> Fourcc.of("H265+")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void capabilityReadsFullAndPaddedText() {
    byte[] text = new byte[Capability.TEXT_BYTES];
    byte[] driver = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(driver, 0, text, 0, driver.length);
    text[16] = 'c';
    Capability capability = Capability.parse(text, STREAMING | 0x1000);
    assertThat(capability.driver()).isEqualTo("0123456789abcdef");
    assertThat(capability.card()).isEqualTo("c");
    assertThat(capability.bus()).isEmpty();
    assertThat(capability.cameraQueue()).isEqualTo(Optional.of(QueueType.CAPTURE_MPLANE));
  }

  @Test
  void encodersAndMetadataNodesAreNoCameras() {
    assertThat(new Capability("", "", "", STREAMING | 0x8000).cameraQueue()).isEmpty();
    assertThat(new Capability("", "", "", STREAMING).cameraQueue()).isEmpty();
    assertThat(new Capability("", "", "", 0x1).cameraQueue()).isEmpty();
  }

  @Test
  void formatSurvivesTheWayToTheKernelAndBack() {
    PictureFormat format =
        new PictureFormat(
            Fourcc.NV12M,
            640,
            480,
            List.of(
                new PictureFormat.MemoryPlane(704, 337_920),
                new PictureFormat.MemoryPlane(704, 168_960)));
    assertThat(PictureFormat.parse(format.encode())).isEqualTo(format);
  }

  @Test
  void controlValuesAreBroughtIntoRangeAndOntoAStep() {
    Control rate =
        new Control(1, Control.Type.INTEGER, "rate", 25_000, 25_000_000, 25_000, 0, 0, Map.of());
    assertThat(rate.nearest(1)).isEqualTo(25_000);
    assertThat(rate.nearest(4_010_000)).isEqualTo(4_000_000);
    assertThat(rate.nearest(Long.MAX_VALUE)).isEqualTo(25_000_000);
  }

  @Test
  void steppedSizesStayWithinTheLimit() {
    FrameSizes sizes = FrameSizes.parse(new int[] {32, 4096, 32, 18, 2160, 18});
    assertThat(sizes.widthWithin(1920)).isEqualTo(1920);
    assertThat(sizes.heightWithin(1081)).isEqualTo(1080);
    assertThat(sizes.widthWithin(31)).isZero();
  }

  @Test
  void unpluggedHasAName() {
    assertThat(new V4l2Exception("VIDIOC_DQBUF", 19, "gone").reason())
        .isEqualTo(V4l2Exception.Reason.UNPLUGGED);
  }
}
