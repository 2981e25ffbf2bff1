// SPDX-License-Identifier: Apache-2.0
package org.refcam.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.refcam.bytes.ByteWriter;

/**
 * Writes nested ISO boxes; a box's size is patched in when its content has been written.
 *
 * <pre>
 *   0        4        8
 *   | size   | type   | content ...     size counts itself and the type, big endian
 * </pre>
 *
 * Confined to one thread.
 */
final class BoxWriter {
  private final ByteWriter out = new ByteWriter();

  BoxWriter box(String type, Runnable content) {
    int start = out.size();
    out.u32(0).raw(type.getBytes(StandardCharsets.US_ASCII));
    content.run();
    out.patchU32(start, out.size() - start);
    return this;
  }

  /** A box whose content starts with version and flags (ISO/IEC 14496-12, 4.2). */
  BoxWriter fullBox(String type, int version, int flags, Runnable content) {
    return box(
        type,
        () -> {
          out.u8(version).u24(flags);
          content.run();
        });
  }

  BoxWriter u8(int value) {
    out.u8(value);
    return this;
  }

  BoxWriter u16(int value) {
    out.u16(value);
    return this;
  }

  BoxWriter u32(long value) {
    out.u32(value);
    return this;
  }

  BoxWriter u64(long value) {
    out.u64(value);
    return this;
  }

  BoxWriter raw(byte... value) {
    out.raw(value);
    return this;
  }

  BoxWriter raw(ByteBuffer value) {
    out.raw(value);
    return this;
  }

  BoxWriter ascii(String value) {
    out.raw(value.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  BoxWriter zeros(int count) {
    out.zeros(count);
    return this;
  }

  /** The unity matrix of mvhd and tkhd (ISO/IEC 14496-12, 8.2.2). */
  BoxWriter unityMatrix() {
    return u32(0x10000).zeros(12).u32(0x10000).zeros(12).u32(0x40000000);
  }

  int size() {
    return out.size();
  }

  void patchU32(int offset, long value) {
    out.patchU32(offset, value);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
