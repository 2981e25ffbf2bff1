// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.refcam.media.MediaTime;

class MetadataPacketizerTest {
  private final MetadataPacketizer packetizer = new MetadataPacketizer(7, 0xFFFF, 5, 100);

  @Test
  void document_isCutAndTheLastPacketIsMarked() {
    byte[] document = new byte[250];
    new Random(1).nextBytes(document);
    ByteBuffer packets =
        packetizer.packetize(document, new MediaTime(1_000_000_000)).interleaved(4);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    int[] lengths = {100, 100, 50};
    for (int i = 0; i < 3; i++) {
      assertThat(packets.get()).isEqualTo((byte) '$');
      assertThat(packets.get()).isEqualTo((byte) 4);
      assertThat(packets.getShort()).isEqualTo((short) (12 + lengths[i]));
      assertThat(packets.get()).isEqualTo((byte) 0x80);
      assertThat(packets.get() & 0xFF).isEqualTo(107 | (i == 2 ? 0x80 : 0));
      assertThat(packets.getShort()).isEqualTo((short) (0xFFFF + i)); // wraps
      assertThat(packets.getInt()).isEqualTo(90_005);
      assertThat(packets.getInt()).isEqualTo(7);
      byte[] part = new byte[lengths[i]];
      packets.get(part);
      together.writeBytes(part);
    }
    assertThat(packets.hasRemaining()).isFalse();
    assertThat(together.toByteArray()).isEqualTo(document);
  }

  @Test
  void documentThatJustFits_isOnePacket() {
    assertThat(packetizer.packetize(new byte[100], new MediaTime(0)).size()).isEqualTo(4 + 112);
  }

  @Test
  void emptyDocument_isRefused() {
    assertThatThrownBy(() -> packetizer.packetize(new byte[0], new MediaTime(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
