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
 * independently of every other.
 */
final class RecordedDisk {

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

  private record Write(long offset, byte[] bytes, long truncateTo) {}

  private static final class Node {
    final List<Write> writes = new ArrayList<>();
    int synced;
  }

  private record NameChange(String from, String to, Node node, boolean directory) {}

  private static final class Names {
    final List<NameChange> changes = new ArrayList<>();
    int synced;
  }

  private final Map<String, Node> files = new HashMap<>();
  private final Map<Long, Node> open = new HashMap<>();
  private final Map<String, Names> directories = new TreeMap<>();

  /** A disk that holds durably what a directory holds. */
  static RecordedDisk of(Path root) throws IOException {
    RecordedDisk disk = new RecordedDisk();
    disk.directories.put("", new Names());
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

  private Names names(String directory) {
    Names names = directories.get(directory);
    if (names == null) {
      throw new IllegalStateException("no directory " + directory);
    }
    return names;
  }

  private Node node(String name) {
    Node node = files.get(name);
    if (node == null) {
      throw new IllegalStateException("no file " + name);
    }
    return node;
  }

  void makeDirectory(String name) {
    directories.put(name, new Names());
    names(parent(name)).changes.add(new NameChange("", name, new Node(), true));
  }

  /** The handle stands for the file whatever its name becomes. */
  void create(String name, long handle) {
    Node node = new Node();
    files.put(name, node);
    open.put(handle, node);
    names(parent(name)).changes.add(new NameChange("", name, node, false));
  }

  void delete(String name) {
    Node node = files.remove(name);
    if (node != null) {
      names(parent(name)).changes.add(new NameChange(name, "", node, false));
    }
  }

  void rename(String from, String to) {
    Node node = node(from);
    if (!parent(from).equals(parent(to))) {
      throw new IllegalStateException("renamed across directories: " + from + ", " + to);
    }
    files.remove(from);
    files.put(to, node);
    names(parent(to)).changes.add(new NameChange(from, to, node, false));
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
    node(handle).writes.add(new Write(offset, bytes, -1));
  }

  void truncate(long handle, long length) {
    node(handle).writes.add(new Write(0, new byte[0], length));
  }

  void sync(long handle) {
    Node node = node(handle);
    node.synced = node.writes.size();
  }

  void syncDirectory(String name) {
    Names names = names(name);
    names.synced = names.changes.size();
  }

  /** Every file that survives, by name, and every directory with a trailing slash. */
  Map<String, byte[]> layOut(Survives how, Random random) {
    Map<String, Node> survivors = new TreeMap<>();
    Map<String, byte[]> laidOut = new TreeMap<>();
    for (Map.Entry<String, Names> entry : directories.entrySet()) {
      String directory = entry.getKey();
      if (!directory.isEmpty() && !laidOut.containsKey(directory + "/")) {
        continue; // the directory itself did not survive; a parent sorts before its children
      }
      Names names = entry.getValue();
      for (NameChange change : names.changes.subList(0, survivingNames(names, how, random))) {
        survivors.remove(change.from);
        if (change.directory) {
          laidOut.put(change.to + "/", new byte[0]);
        } else if (!change.to.isEmpty()) {
          survivors.put(change.to, change.node);
        }
      }
    }
    survivors.forEach((name, node) -> laidOut.put(name, contents(node, how, random)));
    return laidOut;
  }

  private static int survivingNames(Names names, Survives how, Random random) {
    int all = names.changes.size();
    return switch (how) {
      case EVERYTHING, NAMES_ONLY, TORN_LAST -> all;
      case ONLY_SYNCED -> names.synced;
      case RANDOM -> names.synced + random.nextInt(all - names.synced + 1);
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
        bytes = applyByDie(bytes, write, random);
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
