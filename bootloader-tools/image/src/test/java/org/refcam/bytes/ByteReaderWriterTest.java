// SPDX-License-Identifier: Apache-2.0
package org.refcam.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ByteReaderWriterTest {
  @Test
  void everyWidth_roundTrips() throws Exception {
    ByteWriter writer = new ByteWriter();
    writer.u8(0x1FF).u16(0xABCD).u24(0x123456).u32(0xFEDCBA98L).u64(Long.MIN_VALUE + 1);
    writer.raw(new byte[] {1, 2}).raw(ByteBuffer.wrap(new byte[] {3})).zeros(2);
    ByteReader reader = new ByteReader(writer.toByteArray());
    assertThat(reader.u8()).isEqualTo(0xFF);
    assertThat(reader.u16()).isEqualTo(0xABCD);
    assertThat(reader.raw(3)).containsExactly(0x12, 0x34, 0x56);
    assertThat(reader.u32()).isEqualTo(0xFEDCBA98L);
    assertThat(reader.u64()).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(reader.slice(3).raw(3)).containsExactly(1, 2, 3);
    assertThat(reader.remaining()).isEqualTo(2);
    reader.skip(2);
    assertThatExceptionOfType(TruncatedException.class).isThrownBy(reader::u8);
  }

  @Test
  void writer_growsBeyondItsFirstCapacity_andPatchesLengths() {
    ByteWriter writer = new ByteWriter().u32(0).zeros(10_000);
    writer.patchU32(0, writer.size());
    assertThat(writer.toByteArray()).hasSize(10_004).startsWith(0, 0, 0x27, 0x14);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> writer.patchU32(10_001, 0));
  }

  @Test
  void reader_negativeOrTooLongLength_isRefused() {
    ByteReader reader = new ByteReader(new byte[4]);
    assertThatExceptionOfType(TruncatedException.class).isThrownBy(() -> reader.raw(5));
    assertThatExceptionOfType(TruncatedException.class).isThrownBy(() -> reader.raw(-1));
    assertThatExceptionOfType(TruncatedException.class)
        .isThrownBy(() -> reader.skip(Integer.MAX_VALUE));
    assertThat(reader.remaining()).isEqualTo(4);
  }
}
