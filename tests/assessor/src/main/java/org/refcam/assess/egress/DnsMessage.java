// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names that a DNS message asks for and the addresses that it answers with. Source: RFC 1035
 * 4.1. Immutable.
 *
 * @param names asked for, in small letters, without the last dot
 * @param addresses of the answers, whatever the names on the way there are
 */
record DnsMessage(boolean answer, List<String> names, List<InetAddress> addresses) {
  private static final int HEAD = 12;
  private static final int A = 1;
  private static final int AAAA = 28;
  private static final int QUESTIONS_MAX = 4;
  private static final int ANSWERS_MAX = 256;
  private static final int NAME_MAX = 255;
  private static final int LABELS_MAX = 128;

  DnsMessage {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  /** Reads; empty if it is no such message. */
  static Optional<DnsMessage> of(ByteBuffer bytes) {
    try {
      return parse(bytes.duplicate());
    } catch (BufferUnderflowException | IndexOutOfBoundsException | UnknownHostException e) {
      // Cut by the capture, or none: what is not whole says nothing.
      return Optional.empty();
    }
  }

  private static Optional<DnsMessage> parse(ByteBuffer bytes) throws UnknownHostException {
    if (bytes.limit() < HEAD) {
      return Optional.empty();
    }
    int questions = bytes.getShort(4) & 0xffff;
    int answers = bytes.getShort(6) & 0xffff;
    boolean answer = bytes.get(2) < 0;
    if (questions == 0 || questions > QUESTIONS_MAX || answers > ANSWERS_MAX) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    bytes.position(HEAD);
    for (int i = 0; i < questions; i++) {
      String name = name(bytes);
      bytes.getInt();
      names.add(name);
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; answer && i < answers; i++) {
      name(bytes);
      int type = bytes.getShort() & 0xffff;
      bytes.getShort();
      bytes.getInt();
      byte[] data = new byte[bytes.getShort() & 0xffff];
      bytes.get(data);
      if (type == A && data.length == 4 || type == AAAA && data.length == 16) {
        addresses.add(InetAddress.getByAddress(data));
      }
    }
    return Optional.of(new DnsMessage(answer, names, addresses));
  }

  /** Leaves the position behind the name; a pointer points only to what is before it. */
  private static String name(ByteBuffer bytes) {
    StringBuilder name = new StringBuilder();
    int behind = -1;
    int at = bytes.position();
    int before = at;
    for (int labels = 0; labels < LABELS_MAX; labels++) {
      int length = bytes.get(at) & 0xff;
      if (length == 0) {
        bytes.position(behind < 0 ? at + 1 : behind);
        return name.toString().toLowerCase(Locale.ROOT);
      }
      if (length >= 0xc0) {
        int to = (length & 0x3f) << 8 | bytes.get(at + 1) & 0xff;
        behind = behind < 0 ? at + 2 : behind;
        if (to >= before) {
          throw new IndexOutOfBoundsException("a pointer forward");
        }
        before = to;
        at = to;
      } else if (length > 63 || name.length() + length > NAME_MAX) {
        throw new IndexOutOfBoundsException("a name too long");
      } else {
        name.append(name.length() == 0 ? "" : ".").append(Names.printable(bytes, at + 1, length));
        at += 1 + length;
      }
    }
    throw new IndexOutOfBoundsException("a name of too many labels");
  }
}
