// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One encoded picture: the NAL units of an H.264 access unit (ITU-T H.264, 7.4.1.2.3) and when the
 * picture was taken. The one copy that every viewer, recorder and signer of a stream shares.
 *
 * <pre>
 *   | 00 00 00 01 | NAL unit | 00 00 00 01 | NAL unit | ...   one byte[], Annex B
 * </pre>
 *
 * <p>An IDR access unit carries its own SPS and PPS in front, so that a viewer can start at it.
 * Immutable: the array is given to it and never touched again, the views it hands out are read
 * only.
 */
public final class AccessUnit {
  private final byte[] annexB;
  private final List<ByteBuffer> nalUnits;
  private final MediaTime time;
  private final long sequence;
  private final boolean idr;

  /**
   * @param annexB the byte stream; ownership passes to this object, the caller keeps no reference
   * @param nalOffsets where each NAL unit's header byte lies, ascending
   * @param nalLengths bytes of each NAL unit, without start code
   * @param time when the picture was taken
   * @param sequence number of this access unit in its stream, from 0, without gaps
   * @param idr whether decoding can start here
   * @throws IllegalArgumentException if there is no NAL unit or one lies outside the bytes
   */
  public AccessUnit(
      byte[] annexB,
      int[] nalOffsets,
      int[] nalLengths,
      MediaTime time,
      long sequence,
      boolean idr) {
    if (nalOffsets.length == 0 || nalOffsets.length != nalLengths.length) {
      throw new IllegalArgumentException("an access unit has at least one NAL unit");
    }
    List<ByteBuffer> views = new ArrayList<>(nalOffsets.length);
    ByteBuffer whole = ByteBuffer.wrap(annexB).asReadOnlyBuffer();
    for (int i = 0; i < nalOffsets.length; i++) {
      if (nalOffsets[i] < 0 || nalLengths[i] < 1 || nalLengths[i] > annexB.length - nalOffsets[i]) {
        throw new IllegalArgumentException("NAL unit " + i + " lies outside the access unit");
      }
      views.add(whole.slice(nalOffsets[i], nalLengths[i]));
    }
    this.annexB = annexB;
    this.nalUnits = Collections.unmodifiableList(views);
    this.time = time;
    this.sequence = sequence;
    this.idr = idr;
  }

  /** The NAL units in order, without start codes; read-only views, position 0, fresh each call. */
  public List<ByteBuffer> nalUnits() {
    return nalUnits.stream().map(ByteBuffer::duplicate).toList();
  }

  /** The whole byte stream with start codes; read only. */
  public ByteBuffer annexB() {
    return ByteBuffer.wrap(annexB).asReadOnlyBuffer();
  }

  public MediaTime time() {
    return time;
  }

  public long sequence() {
    return sequence;
  }

  public boolean idr() {
    return idr;
  }

  /** Bytes of the stream with start codes. */
  public int size() {
    return annexB.length;
  }

  @Override
  public String toString() {
    return (idr ? "IDR " : "") + "access unit " + sequence + ", " + annexB.length + " bytes";
  }
}
