// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a classic pcap file for what a subject began: TCP SYNs, and datagrams to those who did not
 * send first. Multicast and broadcast are left out, because they do not leave the link. Source:
 * draft-ietf-opsawg-pcap; link types Ethernet, raw IP and Linux cooked.
 */
final class Capture {
  private static final int PACKET_MAX = 1 << 18;

  private Capture() {}

  /** Distinct addresses that the subject began to speak to. */
  record Flows(long packets, long fromSubject, Set<String> destinations) {
    Flows {
      destinations = java.util.Collections.unmodifiableSet(new TreeSet<>(destinations));
    }
  }

  /**
   * @throws IOException if it is no pcap file, or breaks off inside a packet
   */
  static Flows read(Path file, String subject) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteBuffer head = ByteBuffer.wrap(in.readNBytes(24));
      if (head.limit() < 24) {
        throw new IOException(file + " is no pcap file");
      }
      head.order(order(head.getInt(0), file));
      int link = head.getInt(20) & 0xffff;
      Reader reader = new Reader(InetAddress.getByName(subject).getAddress());
      byte[] record;
      while ((record = in.readNBytes(16)).length == 16) {
        int length = ByteBuffer.wrap(record).order(head.order()).getInt(8);
        if (length < 0 || length > PACKET_MAX) {
          throw new IOException(file + " has a packet of " + length + " bytes");
        }
        byte[] packet = in.readNBytes(length);
        if (packet.length < length) {
          throw new IOException(file + " breaks off inside a packet");
        }
        reader.packet(packet, link);
      }
      return new Flows(reader.packets, reader.from, reader.destinations);
    }
  }

  private static ByteOrder order(int magic, Path file) throws IOException {
    return switch (magic) {
      case 0xa1b2c3d4, 0xa1b23c4d -> ByteOrder.BIG_ENDIAN;
      case 0xd4c3b2a1, 0x4d3cb2a1 -> ByteOrder.LITTLE_ENDIAN;
      default ->
          throw new IOException(
              file + " is no classic pcap file; convert it: editcap -F pcap IN OUT");
    };
  }

  private static final class Reader {
    private final byte[] subject;
    private final Set<String> heard = new HashSet<>();
    private final Set<String> destinations = new TreeSet<>();
    private long packets;
    private long from;

    Reader(byte[] subject) {
      this.subject = subject;
    }

    void packet(byte[] bytes, int link) throws IOException {
      packets++;
      int at =
          switch (link) {
            case 1 -> bytes.length > 16 && bytes[12] == (byte) 0x81 && bytes[13] == 0 ? 18 : 14;
            case 113 -> 16;
            case 276 -> 20;
            case 12, 14, 101, 228, 229 -> 0;
            default -> throw new IOException("link type " + link + " is not read");
          };
      if (bytes.length < at + 20) {
        return;
      }
      int version = (bytes[at] & 0xf0) >> 4;
      if (version == 4) {
        int header = (bytes[at] & 0x0f) * 4;
        ip(bytes, bytes[at + 9], at + 12, 4, at + header);
      } else if (version == 6 && bytes.length >= at + 40) {
        ip(bytes, bytes[at + 6], at + 8, 16, at + 40);
      }
    }

    private void ip(byte[] bytes, int protocol, int sourceAt, int length, int payload)
        throws IOException {
      byte[] source = Arrays.copyOfRange(bytes, sourceAt, sourceAt + length);
      byte[] target = Arrays.copyOfRange(bytes, sourceAt + length, sourceAt + 2 * length);
      if (bytes.length < payload + 14) {
        return;
      }
      int sourcePort = (bytes[payload] & 0xff) << 8 | bytes[payload + 1] & 0xff;
      int targetPort = (bytes[payload + 2] & 0xff) << 8 | bytes[payload + 3] & 0xff;
      if (!Arrays.equals(source, subject)) {
        heard.add(
            InetAddress.getByAddress(source).getHostAddress()
                + "/"
                + protocol
                + "/"
                + sourcePort
                + "/"
                + targetPort);
        return;
      }
      from++;
      InetAddress to = InetAddress.getByAddress(target);
      boolean begins = protocol == 6 ? (bytes[payload + 13] & 0x12) == 0x02 : protocol == 17;
      boolean answer =
          heard.contains(
              to.getHostAddress() + "/" + protocol + "/" + targetPort + "/" + sourcePort);
      if (begins
          && !answer
          && !to.isMulticastAddress()
          && target[target.length - 1] != (byte) 0xff) {
        destinations.add(to.getHostAddress());
      }
    }
  }
}
