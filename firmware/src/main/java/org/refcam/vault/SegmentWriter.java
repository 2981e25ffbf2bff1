// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/**
 * Writes one segment. A flush seals chunk after chunk into a small buffer, writes it whenever it is
 * full, and syncs once; only then does it count. After a step that failed the writer is broken and
 * writes nothing more: its sequence numbers are used up, whatever reached the disk.
 *
 * <p>Confined to one thread.
 */
final class SegmentWriter implements Closeable {
  /** Few enough to stay in a processor's cache between sealing and writing. */
  private static final int OUT_BYTES =
      4 * (ChunkCipher.LARGEST_PLAINTEXT + ChunkCipher.OVERHEAD_BYTES);

  private final AppendFile file;
  private final ChunkCipher cipher;
  private final SegmentProgress progress = new SegmentProgress();
  private final byte[] in = new byte[ChunkCipher.LARGEST_PLAINTEXT];
  private final byte[] out = new byte[OUT_BYTES];
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
      writer.begin();
      System.arraycopy(header, 0, writer.out, 0, header.length);
      writer.outSize = header.length;
      cipher.bind(SegmentFormat.binding(header));
      writer.seal(SegmentFormat.CLIP, said);
      cipher.bind(SegmentFormat.binding(header, said));
      writer.end();
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
   * @param fragment may be empty
   */
  void flush(List<ClipEvent> events, Optional<byte[]> thumbnail, Fragment fragment)
      throws IOException {
    begin();
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
    sealFragment(fragment);
    end();
    events.forEach(progress::event);
    if (thumbnail.isPresent()) {
      progress.thumbnail(thumbnailOffset, thumbnailSequence);
    }
    fragment.mediaNanos().forEach(progress::picture);
    if (fragment.key()) {
      progress.keyFrame(new KeyFrame(fragment.firstNanos(), fragmentOffset, fragmentSequence));
    }
  }

  private void sealFragment(Fragment fragment) throws IOException {
    Fragment.Plaintext plaintext = fragment.plaintext();
    int first = SegmentFormat.START | (fragment.key() ? SegmentFormat.KEY : 0);
    int left = fragment.size();
    while (left > 0) {
      int length = Math.min(ChunkCipher.LARGEST_PLAINTEXT, left);
      plaintext.read(in, length);
      left -= length;
      seal(first | (left == 0 ? SegmentFormat.END : 0), in, 0, length);
      first = 0;
    }
  }

  /** Writes the final chunk and the trailer, durably. */
  void finish() throws IOException {
    begin();
    seal(SegmentFormat.FINAL, progress.summary().encode());
    int length = outSize;
    room(SegmentFormat.TRAILER_BYTES);
    trailer(cipher, ChunkCipher.WRITER, length, sequence - 1, out, outSize);
    outSize += SegmentFormat.TRAILER_BYTES;
    end();
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

  private void seal(int flags, byte[] bytes) throws IOException {
    seal(flags, bytes, 0, bytes.length);
  }

  private void seal(int flags, byte[] bytes, int offset, int length) throws IOException {
    if (sequence >= SegmentFormat.MOST_CHUNKS) {
      throw new IllegalStateException("the segment cannot go on");
    }
    room(length + ChunkCipher.OVERHEAD_BYTES);
    outSize +=
        cipher.seal(ChunkCipher.WRITER, sequence++, flags, bytes, offset, length, out, outSize);
  }

  /** Broken from here until everything is durable. */
  private void begin() {
    if (broken) {
      throw new IllegalStateException("an earlier write of this segment failed");
    }
    broken = true;
    outSize = 0;
  }

  private void room(int more) throws IOException {
    if (outSize + more > out.length) {
      write();
    }
  }

  private void end() throws IOException {
    write();
    file.sync();
    broken = false;
  }

  private void write() throws IOException {
    file.write(out, 0, outSize);
    outSize = 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
