// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/**
 * Writes one segment. Steps of a flush: seal everything into memory, one write, one sync; only then
 * does it count. After a step that failed the writer is broken and writes nothing more: its
 * sequence numbers are used up, whatever reached the disk.
 *
 * <p>Confined to one thread.
 */
final class SegmentWriter implements Closeable {
  private final AppendFile file;
  private final ChunkCipher cipher;
  private final SegmentProgress progress = new SegmentProgress();
  private byte[] out = new byte[ChunkCipher.LARGEST_PLAINTEXT + ChunkCipher.OVERHEAD_BYTES];
  private int outSize;
  private int sequence;
  private boolean broken;

  private SegmentWriter(AppendFile file, ChunkCipher cipher) {
    this.file = file;
    this.cipher = cipher;
  }

  /**
   * Makes the file, with its header and chunk 0 durable.
   *
   * @param key of this clip, never used before
   */
  static SegmentWriter create(
      Storage storage,
      Path path,
      ClipId clip,
      SecretBytes key,
      AeadAlgorithm algorithm,
      ClipHead head)
      throws IOException {
    byte[] header = SegmentFormat.header(algorithm, clip);
    byte[] said = head.encode();
    ChunkCipher cipher = new ChunkCipher(algorithm, key);
    SegmentWriter writer = new SegmentWriter(storage.create(path), cipher);
    try {
      System.arraycopy(header, 0, writer.out, 0, header.length);
      writer.outSize = header.length;
      cipher.bind(SegmentFormat.binding(header));
      writer.seal(SegmentFormat.CLIP, said);
      cipher.bind(SegmentFormat.binding(header, said));
      writer.writeSynced();
      storage.syncDirectory(Storage.parent(path));
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  SegmentProgress progress() {
    return progress;
  }

  /** Bytes on disk. */
  long size() {
    return file.size();
  }

  /** The sequence number that the next chunk will have. */
  int sequence() {
    return sequence;
  }

  /** Whether so many chunks are written that the segment should end. */
  boolean full() {
    return sequence > SegmentFormat.MOST_CHUNKS / 2;
  }

  /**
   * Makes events, a thumbnail and a fragment durable; each part may be missing.
   *
   * @param fragment its plaintext
   * @param mediaNanos of each of its pictures
   * @param key whether an IDR begins it
   */
  void flush(
      List<ClipEvent> events,
      Optional<byte[]> thumbnail,
      ByteWriter fragment,
      List<Long> mediaNanos,
      boolean key)
      throws IOException {
    outSize = 0;
    for (ClipEvent event : events) {
      seal(SegmentFormat.EVENT, SegmentSummary.encode(event));
    }
    long thumbnailOffset = file.size() + outSize;
    int thumbnailSequence = sequence;
    if (thumbnail.isPresent()) {
      seal(SegmentFormat.THUMBNAIL, thumbnail.get());
    }
    long fragmentOffset = file.size() + outSize;
    int fragmentSequence = sequence;
    sealFragment(fragment.toByteArray(), key);
    writeSynced();
    events.forEach(progress::event);
    if (thumbnail.isPresent()) {
      progress.thumbnail(thumbnailOffset, thumbnailSequence);
    }
    mediaNanos.forEach(progress::picture);
    if (key) {
      progress.keyFrame(new KeyFrame(mediaNanos.get(0), fragmentOffset, fragmentSequence));
    }
  }

  private void sealFragment(byte[] bytes, boolean key) {
    for (int at = 0; at < bytes.length; at += ChunkCipher.LARGEST_PLAINTEXT) {
      int length = Math.min(ChunkCipher.LARGEST_PLAINTEXT, bytes.length - at);
      int flags = at == 0 ? SegmentFormat.START | (key ? SegmentFormat.KEY : 0) : 0;
      flags |= at + length == bytes.length ? SegmentFormat.END : 0;
      seal(flags, bytes, at, length);
    }
  }

  /** Writes the final chunk and the trailer, durably. */
  void finish() throws IOException {
    outSize = 0;
    seal(SegmentFormat.FINAL, progress.summary().encode());
    int length = outSize;
    reserve(SegmentFormat.TRAILER_BYTES);
    trailer(cipher, ChunkCipher.WRITER, length, sequence - 1, out, outSize);
    outSize += SegmentFormat.TRAILER_BYTES;
    writeSynced();
  }

  /** The final chunk and trailer of a segment that recovery ends: always the same bytes. */
  static byte[] recoveredEnding(ChunkCipher cipher, int sequence, SegmentSummary summary) {
    byte[] plaintext = summary.encode();
    int length = plaintext.length + ChunkCipher.OVERHEAD_BYTES;
    byte[] ending = new byte[length + SegmentFormat.TRAILER_BYTES];
    cipher.seal(
        ChunkCipher.RECOVERY,
        sequence,
        SegmentFormat.FINAL,
        plaintext,
        0,
        plaintext.length,
        ending,
        0);
    trailer(cipher, ChunkCipher.RECOVERY, length, sequence, ending, length);
    return ending;
  }

  private static void trailer(
      ChunkCipher cipher, int domain, int length, int sequence, byte[] out, int offset) {
    long at = SegmentFormat.TRAILER_SEQUENCE;
    ChunkCipher.put(out, offset, length ^ cipher.mask(domain, at));
    ChunkCipher.put(out, offset + 4, sequence ^ cipher.mask(domain, at + 1));
  }

  private void seal(int flags, byte[] bytes) {
    seal(flags, bytes, 0, bytes.length);
  }

  private void seal(int flags, byte[] bytes, int offset, int length) {
    if (broken || sequence >= SegmentFormat.MOST_CHUNKS) {
      throw new IllegalStateException("the segment cannot go on");
    }
    reserve(length + ChunkCipher.OVERHEAD_BYTES);
    outSize +=
        cipher.seal(ChunkCipher.WRITER, sequence++, flags, bytes, offset, length, out, outSize);
  }

  private void reserve(int more) {
    if (outSize + more > out.length) {
      out = Arrays.copyOf(out, Math.max(outSize + more, 2 * out.length));
    }
  }

  private void writeSynced() throws IOException {
    if (broken) {
      throw new IOException("an earlier write of this segment failed");
    }
    broken = true;
    file.write(out, 0, outSize);
    file.sync();
    broken = false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
