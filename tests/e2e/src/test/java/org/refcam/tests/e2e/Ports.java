// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the kernel says a process listens on: the scan that no port can hide from. */
final class Ports {
  private static final String TCP_LISTEN = "0A";
  private static final String UDP_UNCONNECTED = "07";

  private Ports() {}

  /** One on which nobody listens now. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static Set<Integer> listeningTcp(long pid) throws IOException {
    return open(pid, List.of("tcp", "tcp6"), TCP_LISTEN);
  }

  static Set<Integer> boundUdp(long pid) throws IOException {
    return open(pid, List.of("udp", "udp6"), UDP_UNCONNECTED);
  }

  private static Set<Integer> open(long pid, List<String> tables, String state) throws IOException {
    Set<String> inodes = socketInodes(pid);
    Set<Integer> ports = new TreeSet<>();
    for (String table : tables) {
      List<String> rows = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
      for (String row : rows.subList(1, rows.size())) {
        // "sl: local:port remote:port state tx:rx tr:when retransmit uid timeout inode ..."
        String[] fields = row.trim().split("\\s+");
        if (fields[3].equals(state) && inodes.contains(fields[9])) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> socketInodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        if (Files.isSymbolicLink(descriptor)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring(8, target.length() - 1));
          }
        }
      }
    }
    return inodes;
  }
}
