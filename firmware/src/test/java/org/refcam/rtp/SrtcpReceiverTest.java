// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.rtp.SrtcpReceiver.Result;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.crypto.SecretBytes;

class SrtcpReceiverTest {
  private static final int SSRC = 0x1234_5678;
  private static final SrtpPolicy POLICY = SrtpPolicy.AES_CM_128_HMAC_SHA1_80;
  private final Random random = new Random(5);
  private final byte[] secret = bytes(30);

  @Test
  void reports_ofAnIndependentPeer_areReadInAnyOrder() throws GeneralSecurityException {
    Jitsi peer = new Jitsi(true, secret, SSRC);
    SrtcpReceiver receiver = receiver(new byte[0]);
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sent.add(peer.protectRtcp(report(i)));
    }
    java.util.Collections.shuffle(sent, random);
    for (byte[] datagram : sent) {
      assertThat(receiver.open(ByteBuffer.wrap(datagram))).isEqualTo(Result.OK);
      assertThat(ReceiverFeedback.read(receiver.opened()).orElseThrow().blocks().get(0).ssrc())
          .isEqualTo(42);
    }
  }

  @Test
  @DisplayName("INV-RTP-2 forged, changed, replayed and unencrypted reports have no effect")
  void attacks_areRefused() throws GeneralSecurityException {
    Jitsi peer = new Jitsi(true, secret, SSRC);
    SrtcpReceiver receiver = receiver(new byte[0]);
    byte[] first = peer.protectRtcp(report(1));
    for (int bit = 0; bit < first.length * 8; bit++) {
      byte[] changed = first.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.open(ByteBuffer.wrap(changed))).isEqualTo(Result.BAD_TAG);
    }
    assertThat(receiver.open(ByteBuffer.wrap(first))).isEqualTo(Result.OK);
    assertThat(receiver.open(ByteBuffer.wrap(first))).isEqualTo(Result.REFUSED);
    for (int i = 0; i < 100; i++) {
      assertThat(receiver.open(ByteBuffer.wrap(peer.protectRtcp(report(i))))).isEqualTo(Result.OK);
    }
    assertThat(receiver.open(ByteBuffer.wrap(first)))
        .as("behind the window")
        .isEqualTo(Result.REFUSED);
    byte[] stranger = bytes(30);
    byte[] forged = new Jitsi(true, stranger, SSRC).protectRtcp(report(1));
    assertThat(receiver.open(ByteBuffer.wrap(forged))).isEqualTo(Result.BAD_TAG);
    byte[] otherSource = report(1);
    ByteBuffer.wrap(otherSource).putInt(4, SSRC + 1);
    byte[] second = new Jitsi(true, secret, SSRC + 1).protectRtcp(otherSource);
    assertThat(receiver.open(ByteBuffer.wrap(second))).isEqualTo(Result.REFUSED);
    assertThat(receiver.open(ByteBuffer.wrap(plain(report(1), 5_000)))).isEqualTo(Result.REFUSED);
  }

  @Test
  void anyLength_isBounded() {
    SrtcpReceiver receiver = receiver(new byte[0]);
    for (int length = 0; length < 1_600; length++) {
      Result result = receiver.open(ByteBuffer.wrap(bytes(length)));
      boolean looked = length >= 22 && length <= SrtcpReceiver.DATAGRAM_MAX;
      assertThat(result).isEqualTo(looked ? Result.BAD_TAG : Result.BAD_LENGTH);
    }
  }

  @Test
  void keyIdentifier_isSkipped() throws GeneralSecurityException {
    byte[] datagram = new Jitsi(true, secret, SSRC).protectRtcp(report(1));
    byte[] named = Arrays.copyOf(datagram, datagram.length + 4);
    System.arraycopy(datagram, datagram.length - 10, named, datagram.length - 6, 10);
    assertThat(receiver(new byte[] {0, 0, 0, 1}).open(ByteBuffer.wrap(named))).isEqualTo(Result.OK);
  }

  /** Authentic, but with the bit of encryption unset. */
  private byte[] plain(byte[] report, int index) {
    SrtpKey key = new SrtpKey(POLICY, SecretBytes.copyOf(secret), new byte[0]);
    SrtpCipher cipher = SrtpCipher.derive(key, SrtpCipher.Use.RTCP);
    ByteBuffer out = ByteBuffer.allocate(report.length + 14).put(report).putInt(index);
    out.put(cipher.tag(out.array(), 0, report.length + 4), 0, 10);
    return out.array();
  }

  private SrtcpReceiver receiver(byte[] mki) {
    return new SrtcpReceiver(new SrtpKey(POLICY, SecretBytes.copyOf(secret), mki));
  }

  private static byte[] report(int highest) {
    ByteBuffer out = ByteBuffer.allocate(32);
    out.put((byte) 0x81).put((byte) 201).putShort((short) 7).putInt(SSRC);
    return out.putInt(42).putInt(0x40_000003).putInt(highest).putInt(9).array();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
