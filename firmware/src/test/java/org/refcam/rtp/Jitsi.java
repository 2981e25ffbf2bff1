// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;

/** An independent SRTP with the camera's policy: the peer of these tests. */
public final class Jitsi {
  /** A packet in an array that can grow at its end. */
  static final class Packet implements ByteArrayBuffer {
    private byte[] bytes;
    private int length;

    Packet(byte[] content) {
      bytes = Arrays.copyOf(content, content.length + 64);
      length = content.length;
    }

    byte[] content() {
      return Arrays.copyOf(bytes, length);
    }

    @Override
    public byte[] getBuffer() {
      return bytes;
    }

    @Override
    public int getOffset() {
      return 0;
    }

    @Override
    public int getLength() {
      return length;
    }

    @Override
    public void setLength(int changed) {
      length = changed;
    }

    @Override
    public void setOffset(int offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isInvalid() {
      return false;
    }

    @Override
    public void readRegionToBuff(int offset, int count, byte[] to) {
      System.arraycopy(bytes, offset, to, 0, count);
    }

    @Override
    public void grow(int by) {
      bytes = Arrays.copyOf(bytes, bytes.length + by);
    }

    @Override
    public void append(byte[] data, int count) {
      System.arraycopy(data, 0, bytes, length, count);
      length += count;
    }

    @Override
    public void shrink(int by) {
      length -= by;
    }
  }

  private final SrtpContextFactory factory;
  private final SrtpCryptoContext rtp;
  private final SrtcpCryptoContext rtcp;

  public Jitsi(boolean sender, byte[] keyAndSalt, int ssrc) throws GeneralSecurityException {
    int keyBytes = keyAndSalt.length - 14;
    factory =
        new SrtpContextFactory(
            sender,
            Arrays.copyOf(keyAndSalt, keyBytes),
            Arrays.copyOfRange(keyAndSalt, keyBytes, keyAndSalt.length),
            policy(keyBytes),
            policy(keyBytes),
            new LoggerImpl("jitsi"));
    rtp = factory.deriveContext(ssrc, 0);
    rtcp = factory.deriveControlContext(ssrc);
  }

  private static org.jitsi.srtp.SrtpPolicy policy(int keyBytes) {
    return new org.jitsi.srtp.SrtpPolicy(
        org.jitsi.srtp.SrtpPolicy.AESCM_ENCRYPTION,
        keyBytes,
        org.jitsi.srtp.SrtpPolicy.HMACSHA1_AUTHENTICATION,
        20,
        10,
        14);
  }

  /** The packet in the clear; fails the test if the peer refuses it. */
  public byte[] openRtp(ByteBuffer datagram) throws GeneralSecurityException {
    Packet packet = packet(datagram);
    require(rtp.reverseTransformPacket(packet, false));
    return packet.content();
  }

  public byte[] openRtcp(ByteBuffer datagram) throws GeneralSecurityException {
    Packet packet = packet(datagram);
    require(rtcp.reverseTransformPacket(packet));
    return packet.content();
  }

  public byte[] protectRtcp(byte[] plain) throws GeneralSecurityException {
    Packet packet = new Packet(plain);
    require(rtcp.transformPacket(packet));
    return packet.content();
  }

  private static Packet packet(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.duplicate().get(bytes);
    return new Packet(bytes);
  }

  private static void require(SrtpErrorStatus status) {
    if (status != SrtpErrorStatus.OK) {
      throw new AssertionError("the peer answers " + status);
    }
  }
}
