// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;
import org.refcam.vault.CorruptSegmentException.Reason;

/**
 * Reads the chunks of one segment, in order or from a known place. Holds one window of the file in
 * memory. Confined to one thread.
 */
final class SegmentReader implements Closeable {
  private static final int WINDOW_BYTES =
      2 * (ChunkCipher.LARGEST_PLAINTEXT + ChunkCipher.OVERHEAD_BYTES);

  /** A chunk that authenticated. */
  record Chunk(int flags, byte[] plaintext) {
    boolean is(int flag) {
      return (flags & flag) != 0;
    }
  }

  /**
   * A final chunk that authenticated.
   *
   * @param offset where it begins: the end of everything else
   * @param recovered whether recovery wrote it
   */
  record Ending(SegmentSummary summary, long offset, int sequence, boolean recovered) {}

  private final ClipId clip;
  private final FileChannel channel;
  private final ChunkCipher cipher;
  private final ClipHead head;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long windowOffset;
  private int windowSize;
  private long offset;
  private int sequence;

  private SegmentReader(ClipId clip, FileChannel channel, SecretBytes key) throws IOException {
    this.clip = clip;
    this.channel = channel;
    require(0, SegmentFormat.HEADER_BYTES, channel.size());
    byte[] header = new byte[SegmentFormat.HEADER_BYTES];
    System.arraycopy(window, 0, header, 0, header.length);
    this.cipher = new ChunkCipher(SegmentFormat.algorithm(header, clip), key);
    this.offset = header.length;
    cipher.bind(SegmentFormat.binding(header));
    Chunk first = next(channel.size());
    if (first.flags() != SegmentFormat.CLIP) {
      throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, header.length);
    }
    try {
      this.head = ClipHead.parse(first.plaintext());
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, header.length, e);
    }
    cipher.bind(SegmentFormat.binding(header, first.plaintext()));
  }

  /**
   * Opens a segment and reads its head.
   *
   * @throws CorruptSegmentException MISSING, TRUNCATED, NOT_A_SEGMENT, NOT_AUTHENTIC or
   *     BAD_CONTENTS
   */
  static SegmentReader open(Path file, ClipId clip, SecretBytes key) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new CorruptSegmentException(clip, Reason.MISSING, 0, e);
    }
    try {
      return new SegmentReader(clip, channel, key);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  ClipHead head() {
    return head;
  }

  ChunkCipher cipher() {
    return cipher;
  }

  long fileSize() throws IOException {
    return channel.size();
  }

  /** Where the next chunk begins. */
  long offset() {
    return offset;
  }

  int sequence() {
    return sequence;
  }

  void position(long newOffset, int newSequence) {
    offset = newOffset;
    sequence = newSequence;
  }

  /**
   * The next chunk.
   *
   * @param end where the bytes end that may be read
   * @throws CorruptSegmentException TRUNCATED if it reaches beyond the end, NOT_AUTHENTIC
   */
  Chunk next(long end) throws IOException {
    require(offset, ChunkCipher.HEADER_BYTES, end);
    int header = cipher.header(ChunkCipher.WRITER, sequence, window, at(offset));
    byte[] plaintext = open(ChunkCipher.WRITER, header, end);
    offset += ChunkCipher.OVERHEAD_BYTES + plaintext.length;
    sequence++;
    return new Chunk(ChunkCipher.flags(header), plaintext);
  }

  private byte[] open(int domain, int header, long end) throws IOException {
    int length = ChunkCipher.length(header);
    if (length > ChunkCipher.LARGEST_PLAINTEXT) {
      throw new CorruptSegmentException(clip, Reason.NOT_AUTHENTIC, offset);
    }
    require(offset, ChunkCipher.OVERHEAD_BYTES + length, end);
    try {
      return cipher.open(domain, sequence, header, window, at(offset) + ChunkCipher.HEADER_BYTES);
    } catch (AuthenticationFailedException e) {
      throw new CorruptSegmentException(clip, Reason.NOT_AUTHENTIC, offset, e);
    }
  }

  /** Finds the final chunk by the trailer; empty if the file does not end in one. */
  Optional<Ending> ending() throws IOException {
    long size = channel.size();
    long trailer = size - SegmentFormat.TRAILER_BYTES;
    if (trailer < offset) {
      return Optional.empty();
    }
    require(trailer, SegmentFormat.TRAILER_BYTES, size);
    byte[] bytes = new byte[SegmentFormat.TRAILER_BYTES];
    System.arraycopy(window, at(trailer), bytes, 0, bytes.length);
    long savedOffset = offset;
    int savedSequence = sequence;
    try {
      for (int domain : new int[] {ChunkCipher.WRITER, ChunkCipher.RECOVERY}) {
        Optional<Ending> ending = ending(domain, bytes, trailer);
        if (ending.isPresent()) {
          return ending;
        }
      }
      return Optional.empty();
    } finally {
      position(savedOffset, savedSequence);
    }
  }

  private Optional<Ending> ending(int domain, byte[] trailer, long end) throws IOException {
    long at = SegmentFormat.TRAILER_SEQUENCE;
    int length = ChunkCipher.get(trailer, 0) ^ cipher.mask(domain, at);
    int number = ChunkCipher.get(trailer, 4) ^ cipher.mask(domain, at + 1);
    if (length < ChunkCipher.OVERHEAD_BYTES
        || length > ChunkCipher.LARGEST_PLAINTEXT + ChunkCipher.OVERHEAD_BYTES
        || number < 1
        || number >= SegmentFormat.MOST_CHUNKS
        || end - length < SegmentFormat.HEADER_BYTES) {
      return Optional.empty();
    }
    position(end - length, number);
    require(offset, length, end);
    int header = cipher.header(domain, sequence, window, at(offset));
    if (ChunkCipher.flags(header) != SegmentFormat.FINAL
        || ChunkCipher.length(header) != length - ChunkCipher.OVERHEAD_BYTES) {
      return Optional.empty();
    }
    try {
      SegmentSummary summary = SegmentSummary.parse(open(domain, header, end));
      return Optional.of(new Ending(summary, offset, sequence, domain == ChunkCipher.RECOVERY));
    } catch (CorruptSegmentException e) {
      return Optional.empty();
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, offset, e);
    }
  }

  private int at(long fileOffset) {
    return (int) (fileOffset - windowOffset);
  }

  /** Brings bytes of the file into the window. */
  private void require(long from, int length, long end) throws IOException {
    if (from + length > end) {
      throw new CorruptSegmentException(clip, Reason.TRUNCATED, from);
    }
    if (from >= windowOffset && from + length <= windowOffset + windowSize) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(window);
    windowOffset = from;
    windowSize = 0;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, from + windowSize);
      if (read < 0) {
        break;
      }
      windowSize += read;
    }
    if (windowSize < length) {
      throw new CorruptSegmentException(clip, Reason.TRUNCATED, from);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
