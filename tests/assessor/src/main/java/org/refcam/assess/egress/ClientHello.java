// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * The name that a TLS client asks a server for, which is sent in the clear (unless the client
 * encrypts it: then the outer name is here).
 *
 * <pre>
 *  record:    | 22 | version 2 | length 2 | handshake, possibly over several records |
 *  handshake: | 1 | length 3 | version 2 | random 32 | sid 1+n | suites 2+n | compression 1+n | extensions 2+n |
 *  extension: | 0 | length 2 | list 2 | 0 | length 2 | name |
 * </pre>
 *
 * <p>Source: RFC 8446 4.1.2, RFC 6066 3. Stateless.
 */
final class ClientHello {
  private static final int RECORD = 22;
  private static final int HELLO = 1;
  private static final int SERVER_NAME = 0;

  private ClientHello() {}

  /** Whether a stream begins like TLS. */
  static boolean begins(ByteBuffer stream) {
    return stream.limit() >= 6
        && stream.get(0) == RECORD
        && stream.get(1) == 3
        && stream.get(5) == HELLO;
  }

  /** Whether bytes look like a record of TLS, as in a conversation that was under way. */
  static boolean record(ByteBuffer stream) {
    return stream.limit() >= 5
        && stream.get(0) >= 20
        && stream.get(0) <= 23
        && stream.get(1) == 3
        && stream.get(2) <= 4
        && stream.get(2) >= 0;
  }

  /** The name, in small letters; empty if there is none or the hello is not whole. */
  static Optional<String> name(ByteBuffer stream) {
    try {
      return inside(handshake(stream));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // Cut, or no ClientHello: no name is known then.
      return Optional.empty();
    }
  }

  /** The records' contents one behind the other. */
  private static ByteBuffer handshake(ByteBuffer stream) {
    ByteBuffer all = ByteBuffer.allocate(stream.limit());
    int at = 0;
    while (at + 5 < stream.limit() && stream.get(at) == RECORD) {
      int length = stream.getShort(at + 3) & 0xffff;
      int here = Math.min(length, stream.limit() - at - 5);
      all.put(stream.slice(at + 5, here));
      at += 5 + length;
    }
    return all.flip();
  }

  private static Optional<String> inside(ByteBuffer hello) {
    skip(hello, 4 + 2 + 32);
    skip(hello, hello.get() & 0xff);
    skip(hello, hello.getShort() & 0xffff);
    skip(hello, hello.get() & 0xff);
    int end = (hello.getShort() & 0xffff) + hello.position();
    while (hello.position() + 4 <= end) {
      int type = hello.getShort() & 0xffff;
      int length = hello.getShort() & 0xffff;
      if (type == SERVER_NAME && length > 5) {
        int name = hello.getShort(hello.position() + 3) & 0xffff;
        if (hello.get(hello.position() + 2) != 0 || name > length - 5 || name > 255) {
          return Optional.empty();
        }
        return Optional.of(
            Names.printable(hello, hello.position() + 5, name).toLowerCase(Locale.ROOT));
      }
      skip(hello, length);
    }
    return Optional.empty();
  }

  private static void skip(ByteBuffer in, int length) {
    in.position(in.position() + length);
  }
}
