// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiverFeedbackTest {
  private static final String REPORT =
      "81c90007"
          + "00000001"
          + "0000002a"
          + "40fffffe"
          + "00010005"
          + "00000064"
          + "0000000000000000";
  private static final String BYE = "81cb0001" + "00000001";

  @Test
  void receiverReport_isRead() {
    ReceiverFeedback read = read(REPORT).orElseThrow();
    assertThat(read.bye()).isFalse();
    assertThat(read.blocks())
        .containsExactly(new ReceiverFeedback.Block(42, 0x40, -2, 0x1_0005, 100));
  }

  @Test
  void byeAfterAReport_isRead() {
    assertThat(read("80c90001" + "00000001" + BYE).orElseThrow().bye()).isTrue();
    assertThat(read(REPORT + BYE).orElseThrow().bye()).isTrue();
  }

  @Test
  void brokenPackets_areNone() {
    assertThat(read("")).isEmpty();
    assertThat(read(BYE)).as("no report first").isEmpty();
    assertThat(read("41c90001" + "00000001")).as("version 1").isEmpty();
    assertThat(read("82c90007" + REPORT.substring(8))).as("more blocks than bytes").isEmpty();
    assertThat(read("80c9ffff" + "00000001")).as("longer than it is").isEmpty();
    assertThat(read(REPORT + "00")).as("a byte too many").isEmpty();
    assertThat(read("a0c90001" + "00000001" + BYE)).as("padding inside").isEmpty();
    assertThat(read("9fc80001" + "00000001")).as("31 blocks, none there").isEmpty();
  }

  @Test
  void manyBlocks_areBounded() {
    ByteBuffer many = ByteBuffer.allocate(3 * 752);
    for (int i = 0; i < 3; i++) {
      many.put(i * 752, HexFormat.of().parseHex("9fc900bb"));
    }
    assertThat(ReceiverFeedback.read(many).orElseThrow().blocks())
        .hasSize(ReceiverFeedback.BLOCKS_MAX);
  }

  @Test
  void anyBytes_areReadOrNone() {
    Random random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = (byte) (0x80 | random.nextInt(32));
        bytes[1] = (byte) (200 + random.nextInt(4));
      }
      ReceiverFeedback.read(ByteBuffer.wrap(bytes))
          .ifPresent(
              read -> assertThat(read.blocks().size()).isLessThanOrEqualTo(bytes.length / 24));
    }
  }

  private static java.util.Optional<ReceiverFeedback> read(String hex) {
    return ReceiverFeedback.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }
}
