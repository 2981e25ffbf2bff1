// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a TLS port with a hand-made ClientHello, so that the answer does not depend on what this
 * Java still speaks.
 *
 * <pre>
 *  record:    | 22 | 3.1 | length | handshake
 *  handshake: | 1  | length 3 | version | random 32 | sid 0 | suites | compression | extensions |
 * </pre>
 *
 * <p>Source: RFC 5246 7.4.1.2; RFC 8446 4.1.2 keeps the form.
 */
public final class TlsHello {
  /** The oldest versions first. */
  public static final int SSL3 = 0x0300;

  public static final int TLS10 = 0x0301;
  public static final int TLS11 = 0x0302;
  public static final int TLS12 = 0x0303;

  /** What every TLS server of the last twenty years shares one of. */
  public static final List<Integer> COMMON =
      List.of(
          0xc02b, 0xc02f, 0xc00a, 0xc009, 0xc014, 0xc013, 0x009c, 0x0035, 0x002f, 0x0039, 0x0033,
          0x000a, 0x0005);

  /** Suites without encryption or authentication, of export strength, or with RC4, DES or 3DES. */
  public static final List<Integer> BROKEN =
      List.of(
          0x0001, 0x0002, 0x003b, 0xc006, 0xc010, 0xc015, // NULL
          0x0018, 0x0034, 0x003a, 0x006c, 0xc018, 0xc019, 0x001b, 0x00a6, // anonymous
          0x0003, 0x0006, 0x0008, 0x000e, 0x0011, 0x0014, 0x0019, // export
          0x0004, 0x0005, 0xc002, 0xc007, 0xc011, // RC4
          0x0009, 0x0015, 0x000a, 0x0016, 0xc003, 0xc008, 0xc012); // DES, 3DES

  private static final int MOST = 4096;

  private TlsHello() {}

  /**
   * @param suite as IANA numbers it
   */
  public record Chosen(int version, int suite) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "version 0x%04x suite 0x%04x", version, suite);
    }
  }

  /**
   * What the server picks when it is offered just this version and these suites.
   *
   * @return empty if it refuses or answers something else
   */
  public static Optional<Chosen> offer(Reach reach, int port, int version, List<Integer> suites)
      throws IOException {
    try (Wire wire = Wire.open(reach, port, false)) {
      wire.send(hello(version, suites));
      return parse(wire.readAll(80), version);
    }
  }

  /** Reads a ServerHello; public for the tests of hostile answers. */
  static Optional<Chosen> parse(byte[] bytes, int offered) {
    if (bytes.length < 46 || bytes.length > MOST || bytes[0] != 22 || bytes[5] != 2) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.getShort(9) & 0xffff;
    int suiteAt = 11 + 32 + 1 + (in.get(43) & 0xff);
    if (suiteAt + 2 > bytes.length || version != offered) {
      return Optional.empty();
    }
    return Optional.of(new Chosen(version, in.getShort(suiteAt) & 0xffff));
  }

  private static byte[] hello(int version, List<Integer> suites) {
    ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    extension(extensions, 10, 0, 6, 0, 29, 0, 23, 0, 24);
    extension(extensions, 11, 1, 0);
    extension(extensions, 13, 0, 18, 4, 3, 5, 3, 6, 3, 8, 4, 8, 5, 4, 1, 5, 1, 6, 1, 2, 1);
    ByteBuffer body = ByteBuffer.allocate(512);
    body.putShort((short) version).put(new byte[32]).put((byte) 0);
    body.putShort((short) (suites.size() * 2));
    suites.forEach(suite -> body.putShort(suite.shortValue()));
    body.put((byte) 1).put((byte) 0);
    if (version > SSL3) {
      body.putShort((short) extensions.size()).put(extensions.toByteArray());
    }
    int length = body.position();
    ByteBuffer record = ByteBuffer.allocate(length + 9);
    record.put((byte) 22).putShort((short) Math.min(version, TLS10)).putShort((short) (length + 4));
    record.put((byte) 1).put((byte) 0).putShort((short) length).put(body.array(), 0, length);
    return record.array();
  }

  private static void extension(ByteArrayOutputStream out, int type, int... data) {
    out.write(type >> 8);
    out.write(type);
    out.write(data.length >> 8);
    out.write(data.length);
    for (int one : data) {
      out.write(one);
    }
  }
}
