// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A disk of which is known what was written to it and what of that was synced, and which can be
 * laid out as a power cut could leave it.
 *
 * <p>The rules are stricter than any file system's: bytes of a file survive for certain only if the
 * file was synced after they were written; names (made, renamed, deleted) only if their directory
 * was synced after, otherwise some first part of a directory's changes survives. A write that was
 * not synced survives wholly, in its first part, as zeros of the right length, or not at all,
 * independently of every other. Of one over what was there before ({@link #overwrite}) any set of
 * sectors survives, and a sector that was under way may hold anything.
 */
final class RecordedDisk {
  static final int SECTOR = 512;

  /** How much of what was not synced survives. */
  enum Survives {
    /** All of it: the process was killed, the machine went on. */
    EVERYTHING,
    /** Nothing of it. */
    ONLY_SYNCED,
    /** Names, but no bytes: files of length zero. */
    NAMES_ONLY,
    /** All but the second half of the last write. */
    TORN_LAST,
    /** Each thing by the throw of a die. */
    RANDOM
  }

  private record Write(long offset, byte[] bytes, long truncateTo, boolean inPlace) {}

  private static final class Node {
    final List<Write> writes = new ArrayList<>();
    int synced;
  }

  /** What a directory's change names: a {@link Node} or a {@link Directory}. */
  private record NameChange(String from, String to, Object target) {}

  private static final class Directory {
    final List<NameChange> changes = new ArrayList<>();
    int synced;
  }

  private final Directory top = new Directory();
  private final Map<String, Object> live = new TreeMap<>();
  private final Map<Long, Node> open = new HashMap<>();

  private RecordedDisk() {
    live.put("", top);
  }

  /** A disk that holds durably what a directory holds. */
  static RecordedDisk of(Path root) throws IOException {
    RecordedDisk disk = new RecordedDisk();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted().toList()) {
        String name = root.relativize(path).toString();
        if (name.isEmpty()) {
          continue;
        }
        if (Files.isDirectory(path)) {
          disk.makeDirectory(name);
        } else {
          disk.create(name, -1);
          disk.write(-1, 0, Files.readAllBytes(path));
          disk.sync(-1);
        }
        disk.syncDirectory(parent(name));
      }
    }
    return disk;
  }

  private static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private static String base(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private Directory directory(String name) {
    if (live.get(name) instanceof Directory directory) {
      return directory;
    }
    throw new IllegalStateException("no directory " + name);
  }

  private Node node(String name) {
    if (live.get(name) instanceof Node node) {
      return node;
    }
    throw new IllegalStateException("no file " + name);
  }

  private void change(String directory, String from, String to, Object target) {
    directory(directory).changes.add(new NameChange(from, to, target));
  }

  void makeDirectory(String name) {
    Directory made = new Directory();
    live.put(name, made);
    change(parent(name), "", base(name), made);
  }

  /** The handle stands for the file whatever its name becomes. */
  void create(String name, long handle) {
    Node node = new Node();
    live.put(name, node);
    open.put(handle, node);
    change(parent(name), "", base(name), node);
  }

  /** Of a file, or of an empty directory. */
  void delete(String name) {
    Object target = live.remove(name);
    if (target != null) {
      change(parent(name), base(name), "", target);
    }
  }

  /** Of a file, or of a directory with all that is in it. */
  void rename(String from, String to) {
    if (!parent(from).equals(parent(to))) {
      throw new IllegalStateException("renamed across directories: " + from + ", " + to);
    }
    Object target = live.remove(from);
    if (target == null) {
      throw new IllegalStateException("nothing of the name " + from);
    }
    live.put(to, target);
    for (String inside : List.copyOf(live.keySet())) {
      if (inside.startsWith(from + "/")) {
        live.put(to + inside.substring(from.length()), live.remove(inside));
      }
    }
    change(parent(to), base(from), base(to), target);
  }

  void open(String name, long handle) {
    open.put(handle, node(name));
  }

  private Node node(long handle) {
    Node node = open.get(handle);
    if (node == null) {
      throw new IllegalStateException("no open file " + handle);
    }
    return node;
  }

  void write(long handle, long offset, byte[] bytes) {
    node(handle).writes.add(new Write(offset, bytes, -1, false));
  }

  /** Of a device, or of a file that keeps its size. */
  void overwrite(String name, long offset, byte[] bytes) {
    node(name).writes.add(new Write(offset, bytes, -1, true));
  }

  void truncate(long handle, long length) {
    node(handle).writes.add(new Write(0, new byte[0], length, false));
  }

  void sync(long handle) {
    sync(node(handle));
  }

  void syncDevice(String name) {
    sync(node(name));
  }

  private static void sync(Node node) {
    node.synced = node.writes.size();
  }

  void syncDirectory(String name) {
    Directory directory = directory(name);
    directory.synced = directory.changes.size();
  }

  /** Every file that survives, by name, and every directory with a trailing slash. */
  Map<String, byte[]> layOut(Survives how, Random random) {
    Map<String, byte[]> laidOut = new TreeMap<>();
    layOut("", top, how, random, laidOut);
    return laidOut;
  }

  private static void layOut(
      String prefix, Directory directory, Survives how, Random random, Map<String, byte[]> out) {
    Map<String, Object> survivors = new TreeMap<>();
    int surviving = survivingNames(directory, how, random);
    for (NameChange change : directory.changes.subList(0, surviving)) {
      survivors.remove(change.from);
      if (!change.to.isEmpty()) {
        survivors.put(change.to, change.target);
      }
    }
    survivors.forEach(
        (name, target) -> {
          if (target instanceof Directory inside) {
            out.put(prefix + name + "/", new byte[0]);
            layOut(prefix + name + "/", inside, how, random, out);
          } else if (target instanceof Node node) {
            out.put(prefix + name, contents(node, how, random));
          }
        });
  }

  private static int survivingNames(Directory directory, Survives how, Random random) {
    int all = directory.changes.size();
    return switch (how) {
      case EVERYTHING, NAMES_ONLY, TORN_LAST -> all;
      case ONLY_SYNCED -> directory.synced;
      case RANDOM -> directory.synced + random.nextInt(all - directory.synced + 1);
    };
  }

  private static byte[] contents(Node node, Survives how, Random random) {
    byte[] bytes = new byte[0];
    for (int i = 0; i < node.writes.size(); i++) {
      Write write = node.writes.get(i);
      boolean last = i == node.writes.size() - 1;
      if (i < node.synced || how == Survives.EVERYTHING) {
        bytes = apply(bytes, write, write.bytes);
      } else if (how == Survives.TORN_LAST) {
        byte[] half = last ? Arrays.copyOf(write.bytes, write.bytes.length / 2) : write.bytes;
        bytes = apply(bytes, write, half);
      } else if (how == Survives.RANDOM) {
        bytes =
            write.inPlace ? applySectors(bytes, write, random) : applyByDie(bytes, write, random);
      }
    }
    return bytes;
  }

  private static byte[] applyByDie(byte[] bytes, Write write, Random random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> apply(bytes, write, write.bytes);
      case 2 -> bytes;
      case 3 -> apply(bytes, write, new byte[write.bytes.length]);
      default ->
          apply(bytes, write, Arrays.copyOf(write.bytes, random.nextInt(write.bytes.length + 1)));
    };
  }

  private static byte[] applySectors(byte[] bytes, Write write, Random random) {
    int likely = random.nextInt(3); // none, some or all of them
    byte[] mixed = bytes.clone();
    for (int at = 0; at < write.bytes.length; ) {
      int to = (int) write.offset + at;
      int length = Math.min(SECTOR - to % SECTOR, write.bytes.length - at);
      if (likely == 2 || likely == 1 && random.nextBoolean()) {
        System.arraycopy(write.bytes, at, mixed, to, length);
      } else if (random.nextInt(64) == 0) {
        byte[] anything = new byte[length];
        random.nextBytes(anything);
        System.arraycopy(anything, 0, mixed, to, length);
      }
      at += length;
    }
    return mixed;
  }

  private static byte[] apply(byte[] bytes, Write write, byte[] part) {
    if (write.truncateTo >= 0) {
      return bytes.length <= write.truncateTo
          ? bytes
          : Arrays.copyOf(bytes, (int) write.truncateTo);
    }
    int end = (int) write.offset + part.length;
    byte[] result = bytes.length >= end ? bytes.clone() : Arrays.copyOf(bytes, end);
    System.arraycopy(part, 0, result, (int) write.offset, part.length);
    return result;
  }
}
