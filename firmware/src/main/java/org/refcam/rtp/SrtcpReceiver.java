// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;

/**
 * Opens one peer's SRTCP packets (RFC 3711, 3.4). Anyone can send a datagram here, so nothing
 * throws, nothing is kept of a packet that fails, and the tag is checked before anything is read.
 *
 * <p>INV-RTP-2. A receiver report has effect once at most and only with a valid tag of the peer's
 * own key. Holds against anyone on the network who does not know that key. Does not hold reports
 * back that are 64 or more behind the newest, which are refused.
 *
 * <p>Confined to one thread.
 */
public final class SrtcpReceiver implements AutoCloseable {
  /** What became of a datagram. */
  public enum Result {
    OK,
    /** Under the least size or over the largest. */
    BAD_LENGTH,
    /** The peer's key did not make the tag. */
    BAD_TAG,
    /** Authentic, but without encryption, from a second SSRC, or seen before. */
    REFUSED
  }

  /** The largest datagram that is looked at, an Ethernet frame's. */
  public static final int DATAGRAM_MAX = 1_500;

  private static final int HEADER = 8;
  private static final int INDEX = 4;
  private static final int WINDOW = 64;

  private final SrtpKey key;
  private final SrtpCipher cipher;
  private final int mkiLength;
  private final byte[] bytes = new byte[DATAGRAM_MAX];
  private ByteBuffer opened = ByteBuffer.allocate(0);
  private boolean bound;
  private int peerSsrc;
  private long newest = -1;
  private long seen;

  /**
   * @param key the peer's; closed with this object
   */
  public SrtcpReceiver(SrtpKey key) {
    this.key = key;
    cipher = SrtpCipher.derive(key, SrtpCipher.Use.RTCP);
    mkiLength = key.mki().length;
  }

  /** Checks and decrypts; after OK, {@link #opened} has the compound packet. */
  public Result open(ByteBuffer datagram) {
    int length = datagram.remaining();
    int trailer = INDEX + mkiLength + SrtpPolicy.TAG_BYTES;
    if (length < HEADER + trailer || length > DATAGRAM_MAX) {
      return Result.BAD_LENGTH;
    }
    datagram.get(datagram.position(), bytes, 0, length);
    ByteBuffer fields = ByteBuffer.wrap(bytes, 0, length);
    int plain = length - trailer;
    if (!tagMatches(cipher.tag(bytes, 0, plain + INDEX), length - SrtpPolicy.TAG_BYTES)) {
      return Result.BAD_TAG;
    }
    int indexField = fields.getInt(plain);
    int ssrc = fields.getInt(4);
    long index = indexField & 0x7FFF_FFFFL;
    boolean encrypted = indexField < 0;
    if (!encrypted || bound && ssrc != peerSsrc || !fresh(index)) {
      return Result.REFUSED;
    }
    bound = true;
    peerSsrc = ssrc;
    cipher.crypt(ssrc, index, bytes, HEADER, plain - HEADER, bytes, HEADER);
    opened = ByteBuffer.wrap(bytes, 0, plain).slice().asReadOnlyBuffer();
    return Result.OK;
  }

  /** The packet last opened; valid until the next call of {@link #open}. */
  public ByteBuffer opened() {
    return opened.duplicate();
  }

  /** Wipes the master key. Idempotent. */
  @Override
  public void close() {
    key.close();
  }

  private boolean tagMatches(byte[] computed, int at) {
    int difference = 0;
    for (int i = 0; i < SrtpPolicy.TAG_BYTES; i++) {
      difference |= computed[i] ^ bytes[at + i];
    }
    return difference == 0;
  }

  /** Whether the index is new; remembers it (3.3.2). Called for authentic packets only. */
  private boolean fresh(long index) {
    if (index > newest) {
      long ahead = index - newest;
      seen = newest < 0 || ahead >= WINDOW ? 1 : seen << ahead | 1;
      newest = index;
      return true;
    }
    long behind = newest - index;
    if (behind >= WINDOW || (seen >>> behind & 1) != 0) {
      return false;
    }
    seen |= 1L << behind;
    return true;
  }
}
