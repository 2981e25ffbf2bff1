// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets of one process, as Linux's {@code /proc} has them: no port can hide from it as it can
 * from a scan of usual numbers. Immutable.
 *
 * @param tcp ports that listen
 * @param udp ports that are bound and connected to nobody
 * @param remotes {@code ADDRESS:PORT} of peers outside this machine that the process is connected
 *     to, but for those that called one of its ports
 */
public record Sockets(Set<Integer> tcp, Set<Integer> udp, Set<String> remotes) {
  private static final String LISTEN = "0A";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;

  public Sockets {
    tcp = Set.copyOf(tcp);
    udp = Set.copyOf(udp);
    remotes = Set.copyOf(remotes);
  }

  /**
   * Those of a process of this user.
   *
   * @throws IOException if the process is gone
   */
  public static Sockets of(long pid) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    Set<String> own = inodes(process.resolve("fd"));
    List<String[]> streams = rows(process, own, "tcp", "tcp6");
    List<String[]> datagrams = rows(process, own, "udp", "udp6");
    Set<Integer> tcp =
        streams.stream()
            .filter(row -> row[STATE].equals(LISTEN))
            .map(row -> port(row[LOCAL]))
            .collect(Collectors.toSet());
    Set<Integer> udp =
        datagrams.stream()
            .filter(row -> !connected(row))
            .map(row -> port(row[LOCAL]))
            .collect(Collectors.toSet());
    Set<String> remotes = new TreeSet<>();
    for (String[] row :
        Stream.concat(
                streams.stream().filter(row -> !tcp.contains(port(row[LOCAL]))), datagrams.stream())
            .filter(Sockets::connected)
            .toList()) {
      InetAddress peer = address(row[REMOTE]);
      if (!peer.isLoopbackAddress()) {
        remotes.add(peer.getHostAddress() + ":" + port(row[REMOTE]));
      }
    }
    return new Sockets(tcp, udp, remotes);
  }

  private static List<String[]> rows(Path process, Set<String> own, String... tables)
      throws IOException {
    List<String[]> found = new ArrayList<>();
    for (String table : tables) {
      for (String line : lines(process.resolve("net").resolve(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > INODE && own.contains(fields[INODE])) {
          found.add(fields);
        }
      }
    }
    return found;
  }

  private static boolean connected(String[] row) {
    return port(row[REMOTE]) != 0;
  }

  /** None where the kernel has no such table, as without IPv6. */
  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static Set<String> inodes(Path descriptors) throws IOException {
    Set<String> found = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            found.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (NoSuchFileException e) {
          // Closed between the listing and the look: it is no socket any more.
          continue;
        }
      }
    }
    return found;
  }

  private static int port(String field) {
    return Integer.parseInt(field.substring(field.indexOf(':') + 1), 16);
  }

  /** Words of four bytes in the machine's order, which is little endian wherever this runs. */
  private static InetAddress address(String field) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(field.substring(0, field.indexOf(':')));
    for (int i = 0; i + 4 <= bytes.length; i += 4) {
      byte first = bytes[i];
      byte second = bytes[i + 1];
      bytes[i] = bytes[i + 3];
      bytes[i + 1] = bytes[i + 2];
      bytes[i + 2] = second;
      bytes[i + 3] = first;
    }
    return InetAddress.getByAddress(bytes);
  }
}
