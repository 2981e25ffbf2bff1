// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.capture.InvalidVideoFileException.Reason;
import org.refcam.media.FrameRate;
import org.refcam.media.VideoFrame;

class H264FileSourceTest {
  private static final String SETS = "0000000167424201" + "0000000168CE3C";
  private static final String IDR = "000001658880";
  private static final String SECOND_SLICE = "000001650880";
  private static final String PICTURE = "00000001419A22";

  @TempDir Path directory;

  @Test
  void file_isCutIntoAccessUnits_andRepeats() throws Exception {
    H264FileSource source = open("0000000109F0" + SETS + IDR + SECOND_SLICE + PICTURE + PICTURE);
    int[] sizes = new int[6];
    for (int i = 0; i < sizes.length; i++) {
      try (VideoFrame frame = source.next(Duration.ofSeconds(1)).orElseThrow()) {
        assertThat(frame.sequence()).isEqualTo(i);
        sizes[i] = frame.planes().get(0).data().remaining();
      }
    }
    assertThat(sizes[0]).isBetween(26, 27); // the zero_byte of a start code may go to either side
    assertThat(sizes[0] + sizes[1] + sizes[2]).isEqualTo(40);
    assertThat(new int[] {sizes[3], sizes[4], sizes[5]})
        .containsExactly(sizes[0], sizes[1], sizes[2]);
    source.close();
  }

  @Test
  void fileWithoutAPicture_isRefused() {
    for (String bytes : new String[] {"", "00", SETS, IDR + PICTURE, "FFD8FFE0"}) {
      assertThatExceptionOfType(InvalidVideoFileException.class)
          .isThrownBy(() -> open(bytes))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_THIS_FORMAT));
    }
  }

  private H264FileSource open(String hex) throws Exception {
    Path file = Files.createTempFile(directory, "stream", ".h264");
    Files.write(file, HexFormat.of().parseHex(hex));
    return H264FileSource.open(file, 640, 480, FrameRate.of(200));
  }
}
