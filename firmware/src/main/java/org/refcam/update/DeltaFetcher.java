// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.refcam.image.BundleImage;
import org.refcam.storage.AppendFile;
import org.refcam.update.UpdateException.Reason;
import org.refcam.verity.VerityTree;

/**
 * Fetches of a bundle what this camera does not have: the signed head, each image's hash tree, and
 * the blocks of 4096 bytes whose hashes the running image lacks, by HTTP ranges.
 *
 * <pre>
 *   incoming/SHA256-delta.part:
 *   | n 4 | head n | for each image in the order of the description: tree | missing blocks |
 * </pre>
 *
 * <p>INV-UPD-7. A fetched block is kept only if its hash is the one in a tree that the bundle's
 * signed root hash vouches for, and the installed image has the signed hash as a whole. Holds
 * against mirrors, networks and whatever lies in the running slot. Does not save a byte against a
 * mirror that answers wrongly: then the whole bundle is fetched.
 *
 * <p>Memory: trees (32 bytes a block), the map of {@link BlockSource}, and one batch. Confined to
 * one thread.
 */
final class DeltaFetcher {
  /** Enough for description and signature of ours; a bundle with more is fetched as a whole. */
  static final int HEAD_BYTES = 16 << 10;

  static final int BATCH_RANGES = 32;
  static final int BATCH_BYTES = 4 << 20;
  private static final int PARTIAL = 206;

  private final UpdateWeb web;
  private final Incoming incoming;
  private final Slots slots;
  private final LongConsumer progress;
  private long fetched;

  /**
   * @param progress told how many bytes came, often
   */
  DeltaFetcher(UpdateWeb web, Incoming incoming, Slots slots, LongConsumer progress) {
    this.web = web;
    this.incoming = incoming;
    this.slots = slots;
    this.progress = progress;
  }

  /** Reads and verifies a head: whoever is asked believes nothing else. */
  @FunctionalInterface
  interface Head {
    /** The images for this camera, in the order of the description. */
    List<BundleImage> verify(byte[] head) throws IOException, UpdateException;
  }

  static String name(String sha256) {
    return sha256 + "-delta";
  }

  /** Bytes that came so far, for showing and measuring. */
  long fetched() {
    return fetched;
  }

  /**
   * @return false if the whole bundle is the better way: no trees, no ranges, too much is new
   * @throws UpdateException WRONG_BYTES, or as the head is refused
   */
  boolean fetch(Offer offer, Head judge) throws IOException, UpdateException {
    if (offer.images().isEmpty()) {
      return false;
    }
    Optional<byte[]> head = head(offer);
    if (head.isEmpty()) {
      return false;
    }
    List<DeltaPlan> plans = new ArrayList<>();
    for (BundleImage image : judge.verify(head.get())) {
      DeltaPlan.of(image)
          .filter(p -> offer.images().containsKey(image.name()))
          .ifPresent(plans::add);
      if (plans.isEmpty() || plans.get(plans.size() - 1).image() != image) {
        return false;
      }
    }
    try (AppendFile file = incoming.resume(name(offer.sha256()))) {
      file.truncate(0);
      write(file, ByteBuffer.allocate(Integer.BYTES).putInt(head.get().length).array());
      write(file, head.get());
      for (DeltaPlan plan : plans) {
        if (!image(file, plan, offer)) {
          return false;
        }
      }
      file.sync();
      return true;
    }
  }

  private Optional<byte[]> head(Offer offer) throws IOException, UpdateException {
    long length = Math.min(HEAD_BYTES, offer.target().length());
    try {
      return Optional.of(bytes(offer.uri(), new ByteRange(0, length)));
    } catch (NoRangesException e) {
      return Optional.empty();
    }
  }

  private boolean image(AppendFile file, DeltaPlan plan, Offer offer)
      throws IOException, UpdateException {
    String name = plan.image().name();
    URI uri =
        Optional.ofNullable(offer.images().get(name))
            .orElseThrow(() -> new IOException(name + " lies nowhere by itself"));
    byte[] bytes = bytes(uri, plan.treeRange());
    VerityTree tree = plan.verify(bytes);
    write(file, bytes);
    try (BlockSource source =
        BlockSource.open(tree, plan.blocks(), slots.present(plan.image().name()))) {
      long missing = (long) source.missing().cardinality() * BlockSource.BLOCK;
      if (fetched + missing >= offer.target().length()) {
        return false;
      }
      for (List<ByteRange> batch : batches(source.missingRanges())) {
        for (byte[] block : batch(uri, batch, tree)) {
          write(file, block);
        }
      }
    }
    return true;
  }

  private static void write(AppendFile file, byte[] bytes) throws IOException {
    Incoming.write(file, bytes, bytes.length);
  }

  /** At most so many ranges, and so many bytes, at once. */
  static List<List<ByteRange>> batches(List<ByteRange> ranges) {
    List<List<ByteRange>> batches = new ArrayList<>();
    List<ByteRange> batch = new ArrayList<>();
    long bytes = 0;
    for (ByteRange range : ranges) {
      for (long from = range.from(); from < range.until(); from += BATCH_BYTES) {
        ByteRange piece = new ByteRange(from, Math.min(from + BATCH_BYTES, range.until()));
        if (batch.size() == BATCH_RANGES || bytes + piece.length() > BATCH_BYTES) {
          batches.add(batch);
          batch = new ArrayList<>();
          bytes = 0;
        }
        batch.add(piece);
        bytes += piece.length();
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** The blocks of some ranges, in order, each verified. */
  private List<byte[]> batch(URI uri, List<ByteRange> wanted, VerityTree tree)
      throws IOException, UpdateException {
    Map<Integer, byte[]> blocks = new HashMap<>();
    BitSet open = new BitSet();
    wanted.forEach(
        r -> open.set((int) (r.from() / BlockSource.BLOCK), (int) (r.until() / BlockSource.BLOCK)));
    BitSet all = (BitSet) open.clone();
    while (!open.isEmpty()) {
      int before = open.cardinality();
      collect(uri, ranges(open), open, tree, blocks);
      if (open.cardinality() == before) {
        throw new IOException(uri + " does not answer with the ranges that were asked for");
      }
    }
    return all.stream().mapToObj(number -> blocks.getOrDefault(number, new byte[0])).toList();
  }

  private static List<ByteRange> ranges(BitSet open) {
    List<ByteRange> ranges = new ArrayList<>();
    for (int from = open.nextSetBit(0);
        from >= 0;
        from = open.nextSetBit(open.nextClearBit(from))) {
      long until = open.nextClearBit(from);
      ranges.add(new ByteRange((long) from * BlockSource.BLOCK, until * BlockSource.BLOCK));
    }
    return ranges;
  }

  private void collect(
      URI uri, List<ByteRange> wanted, BitSet open, VerityTree tree, Map<Integer, byte[]> blocks)
      throws IOException, UpdateException {
    byte[] block = new byte[BlockSource.BLOCK];
    ask(
        uri,
        wanted,
        (position, bytes, length) -> {
          for (int i = 0; i < length; i++) {
            long at = position + i;
            int within = (int) (at % BlockSource.BLOCK);
            int number = (int) (at / BlockSource.BLOCK);
            block[within] = bytes[i];
            if (within == BlockSource.BLOCK - 1 && open.get(number)) {
              require(tree.isBlock(number, block), "block " + number);
              blocks.put(number, block.clone());
              open.clear(number);
            }
          }
        });
  }

  private static void require(boolean holds, String what) throws UpdateException {
    if (!holds) {
      throw new UpdateException(Reason.WRONG_BYTES, what + " is not the signed one");
    }
  }

  /** All bytes of one range. */
  private byte[] bytes(URI uri, ByteRange range) throws IOException, UpdateException {
    byte[] all = new byte[Math.toIntExact(range.length())];
    long[] end = {range.from()};
    ask(
        uri,
        List.of(range),
        (position, bytes, length) -> {
          if (position != end[0] || end[0] + length > range.until()) {
            throw new IOException(uri + " answers with another range");
          }
          System.arraycopy(bytes, 0, all, (int) (position - range.from()), length);
          end[0] += length;
        });
    return Arrays.copyOf(all, (int) (end[0] - range.from()));
  }

  private void ask(URI uri, List<ByteRange> wanted, RangedParts.Sink sink)
      throws IOException, UpdateException {
    long length = wanted.stream().mapToLong(ByteRange::length).sum();
    try (UpdateWeb.Ranges answer = web.ranges(uri, wanted)) {
      if (answer.status() != PARTIAL) {
        throw new NoRangesException(uri + " answers " + answer.status());
      }
      RangedParts parts =
          new RangedParts(
              answer.body(),
              length,
              (position, bytes, n) -> {
                fetched += n;
                progress.accept(fetched);
                sink.take(position, bytes, n);
              });
      Optional<String> boundary = RangedParts.boundary(answer.contentType());
      if (boundary.isPresent()) {
        parts.several(boundary.get());
      } else {
        parts.single(answer.contentRange());
      }
    }
  }

  /** The mirror knows no ranges. */
  static final class NoRangesException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRangesException(String message) {
      super(message);
    }
  }
}
