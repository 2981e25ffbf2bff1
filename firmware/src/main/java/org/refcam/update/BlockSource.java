// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.verity.VerityTree;

/**
 * Which blocks of a new image the running one has, wherever in it they lie. The running image is
 * hashed as it is read, under the new tree's salt, so nothing of it is believed. Memory: some 100
 * bytes for each block of 4096 that is found. Confined to one thread.
 */
final class BlockSource implements AutoCloseable {
  static final int BLOCK = 4096;

  private final VerityTree tree;
  private final int blocks;
  private final Optional<FileChannel> present;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final BitSet missing = new BitSet();

  private BlockSource(VerityTree tree, int blocks, Optional<FileChannel> present) {
    this.tree = tree;
    this.blocks = blocks;
    this.present = present;
  }

  /**
   * @param blocks of the new image's data
   * @param running the image that runs; empty if there is none: then all is missing
   */
  static BlockSource open(VerityTree tree, int blocks, Optional<Path> running) throws IOException {
    Optional<FileChannel> channel =
        running.isPresent()
            ? Optional.of(FileChannel.open(running.get(), StandardOpenOption.READ))
            : Optional.empty();
    BlockSource source = new BlockSource(tree, blocks, channel);
    try {
      source.search();
      return source;
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private void search() throws IOException {
    Map<ByteBuffer, List<Integer>> wanted = new HashMap<>();
    for (int i = 0; i < blocks; i++) {
      wanted.computeIfAbsent(ByteBuffer.wrap(tree.hash(i)), hash -> new ArrayList<>(1)).add(i);
    }
    missing.set(0, blocks);
    if (present.isPresent()) {
      byte[] block = new byte[BLOCK];
      for (int place = 0; read(place, block) && !wanted.isEmpty(); place++) {
        List<Integer> here = wanted.remove(ByteBuffer.wrap(tree.hash(block)));
        if (here != null) {
          for (int number : here) {
            places.put(number, place);
            missing.clear(number);
          }
        }
      }
    }
  }

  private boolean read(int place, byte[] block) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(block);
    while (into.hasRemaining()) {
      if (present.orElseThrow().read(into, (long) place * BLOCK + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  int blocks() {
    return blocks;
  }

  /** Blocks that have to be fetched, rising. */
  BitSet missing() {
    return (BitSet) missing.clone();
  }

  /** Their places in the new image, neighbours joined. */
  List<ByteRange> missingRanges() {
    List<ByteRange> ranges = new ArrayList<>();
    for (int from = missing.nextSetBit(0); from >= 0; ) {
      int until = missing.nextClearBit(from);
      ranges.add(new ByteRange((long) from * BLOCK, (long) until * BLOCK));
      from = missing.nextSetBit(until);
    }
    return ranges;
  }

  /** A block that is here; read again, and to be hashed again. */
  byte[] block(int number) throws IOException {
    byte[] block = new byte[BLOCK];
    if (!read(places.getOrDefault(number, Integer.MAX_VALUE), block)) {
      throw new IOException("the running image became shorter");
    }
    return block;
  }

  @Override
  public void close() throws IOException {
    if (present.isPresent()) {
      present.get().close();
    }
  }
}
