// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes captures for tests: packets first, then the file that holds them. */
public final class Pcap {
  public static final int SYN = 0x02;
  public static final int SYN_ACK = 0x12;
  public static final int DATA = 0x18;

  private record Packet(String card, byte[] ip) {}

  private final List<Packet> packets = new ArrayList<>();
  private String card = "020000000001";

  /** The network card that the following packets come from. */
  public Pcap from(String hexadecimal) {
    card = hexadecimal;
    return this;
  }

  /** A TCP segment; {@code ends} is {@code ADDRESS:PORT>ADDRESS:PORT}, with {@code /} for IPv6. */
  public Pcap tcp(String ends, int flags, int sequence, byte[] payload) {
    ByteBuffer tcp = ByteBuffer.allocate(20 + payload.length);
    tcp.putShort(port(ends, 0)).putShort(port(ends, 1)).putInt(sequence).putInt(0);
    tcp.put((byte) 0x50).put((byte) flags).putShort((short) 1000).putInt(0).put(payload);
    return ip(host(ends, 0), host(ends, 1), 6, tcp.array());
  }

  /** A UDP datagram. */
  public Pcap udp(String ends, byte[] payload) {
    ByteBuffer udp = ByteBuffer.allocate(8 + payload.length);
    udp.putShort(port(ends, 0)).putShort(port(ends, 1));
    udp.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
    return ip(host(ends, 0), host(ends, 1), 17, udp.array());
  }

  /** Any IP packet. */
  public Pcap ip(String from, String to, int protocol, byte[] inside) {
    byte[] source = address(from);
    ByteBuffer ip = ByteBuffer.allocate((source.length == 4 ? 20 : 40) + inside.length);
    if (source.length == 4) {
      ip.put((byte) 0x45).put((byte) 0).putShort((short) (20 + inside.length)).putInt(0);
      ip.put((byte) 64).put((byte) protocol).putShort((short) 0);
    } else {
      ip.putInt(0x60000000).putShort((short) inside.length).put((byte) protocol).put((byte) 64);
    }
    ip.put(source).put(address(to)).put(inside);
    packets.add(new Packet(card, ip.array()));
    return this;
  }

  private static String end(String ends, int which) {
    return ends.split(">")[which];
  }

  private static String host(String ends, int which) {
    String end = end(ends, which);
    return end.substring(0, end.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
  }

  private static short port(String ends, int which) {
    String end = end(ends, which);
    return (short) Integer.parseInt(end.substring(end.lastIndexOf(':') + 1));
  }

  private static byte[] address(String digits) {
    try {
      return InetAddress.getByName(digits).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(digits, e);
    }
  }

  /** Classic, microseconds, raw IP, one packet a second from 2026-11-26T00:00:00Z. */
  public byte[] raw(ByteOrder order) {
    return classic(order, 101, false);
  }

  /** Classic, on Ethernet with a VLAN tag. */
  public byte[] ethernet(ByteOrder order) {
    return classic(order, 1, true);
  }

  private byte[] classic(ByteOrder order, int link, boolean framed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(24).order(order);
    head.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
    out.writeBytes(head.putInt(0).putInt(0).putInt(1 << 16).putInt(link).array());
    for (int i = 0; i < packets.size(); i++) {
      byte[] frame = framed ? frame(packets.get(i)) : packets.get(i).ip();
      ByteBuffer record = ByteBuffer.allocate(16).order(order);
      record.putInt(BEGIN + i).putInt(0).putInt(frame.length).putInt(frame.length);
      out.writeBytes(record.array());
      out.writeBytes(frame);
    }
    return out.toByteArray();
  }

  private static final int BEGIN = 1_795_651_200;

  private static byte[] frame(Packet packet) {
    ByteBuffer frame = ByteBuffer.allocate(18 + packet.ip().length);
    frame.put(HexFormat.of().parseHex("0200000000ff")).put(HexFormat.of().parseHex(packet.card()));
    frame.putShort((short) 0x8100).putShort((short) 7);
    frame.putShort((short) ((packet.ip()[0] & 0xf0) == 0x40 ? 0x0800 : 0x86dd));
    return frame.put(packet.ip()).array();
  }

  /** As pcapng, nanoseconds, Ethernet, with a block that nobody knows. */
  public byte[] ng(ByteOrder order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer section = ByteBuffer.allocate(16).order(order);
    section.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1);
    out.writeBytes(block(order, 0x0a0d0d0a, section.array()));
    ByteBuffer card0 = ByteBuffer.allocate(20).order(order);
    card0.putShort((short) 1).putShort((short) 0).putInt(0);
    card0.putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3]).putInt(0);
    out.writeBytes(block(order, 1, card0.array()));
    out.writeBytes(block(order, 0x0bad, new byte[8]));
    for (int i = 0; i < packets.size(); i++) {
      byte[] frame = frame(packets.get(i));
      long nanos = (BEGIN + i) * 1_000_000_000L;
      ByteBuffer packet = ByteBuffer.allocate(20 + (frame.length + 3) / 4 * 4).order(order);
      packet.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
      out.writeBytes(
          block(order, 6, packet.putInt(frame.length).putInt(frame.length).put(frame).array()));
    }
    return out.toByteArray();
  }

  private static byte[] block(ByteOrder order, int type, byte[] body) {
    ByteBuffer block = ByteBuffer.allocate(12 + body.length).order(order);
    return block.putInt(type).putInt(12 + body.length).put(body).putInt(12 + body.length).array();
  }

  /** A question for a name, or the answer to it with one address. */
  public static byte[] dns(String name, String address) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean answer = !address.isEmpty();
    ByteBuffer head = ByteBuffer.allocate(12);
    head.putShort((short) 7).putShort((short) (answer ? 0x8180 : 0x0100)).putShort((short) 1);
    out.writeBytes(head.putShort((short) (answer ? 1 : 0)).array());
    for (String label : name.split("\\.")) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(new byte[] {0, 0, 1, 0, 1});
    if (answer) {
      byte[] data = address(address);
      ByteBuffer record = ByteBuffer.allocate(12);
      record.putShort((short) 0xc00c).putShort((short) (data.length == 4 ? 1 : 28));
      record.putShort((short) 1).putInt(60).putShort((short) data.length);
      out.writeBytes(record.array());
      out.writeBytes(data);
    }
    return out.toByteArray();
  }

  /** A ClientHello in one record that asks for a name. */
  public static byte[] hello(String name) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer body = ByteBuffer.allocate(4 + 2 + 32 + 1 + 4 + 2 + 2 + 4 + 4 + 5 + letters.length);
    int length = body.capacity() - 4;
    body.putInt(0x01000000 | length).putShort((short) 0x0303).put(new byte[32]).put((byte) 0);
    body.putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0);
    body.putShort((short) (4 + 4 + 5 + letters.length));
    body.putShort((short) 0x002b).putShort((short) 0);
    body.putShort((short) 0).putShort((short) (5 + letters.length));
    body.putShort((short) (3 + letters.length)).put((byte) 0);
    body.putShort((short) letters.length).put(letters);
    ByteBuffer record = ByteBuffer.allocate(5 + body.position());
    record.put((byte) 22).putShort((short) 0x0301).putShort((short) body.position());
    return record.put(body.array(), 0, body.position()).array();
  }
}
