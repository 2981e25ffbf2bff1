// SPDX-License-Identifier: Apache-2.0
package org.refcam.tpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Builds one command (part 3, 4.3 and part 1, 18): header, handles, one empty password
 * authorization for each handle that needs one, parameters. Confined to one thread.
 *
 * <pre>
 *   | tag 16 | size 32 | command code 32 | handles 32.. | authorization area | parameters |
 * </pre>
 */
final class TpmCommand {
  private static final int NO_SESSIONS = 0x8001;
  private static final int SESSIONS = 0x8002;
  private static final int PASSWORD_SESSION = 0x40000009;
  private static final int PASSWORD_AREA = 9;
  private static final int MOST_BYTES = 4096;

  private final String name;
  private final ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);

  private TpmCommand(String name, int tag, int code) {
    this.name = name;
    out.putShort((short) tag).putInt(0).putInt(code);
  }

  /** A command that needs no authorization. */
  static TpmCommand plain(String name, int code, int... handles) {
    TpmCommand command = new TpmCommand(name, NO_SESSIONS, code);
    for (int handle : handles) {
      command.out.putInt(handle);
    }
    return command;
  }

  /** A command whose first handle is authorized by the empty password. */
  static TpmCommand authorized(String name, int code, int... handles) {
    TpmCommand command = new TpmCommand(name, SESSIONS, code);
    for (int handle : handles) {
      command.out.putInt(handle);
    }
    command.out.putInt(PASSWORD_AREA).putInt(PASSWORD_SESSION);
    command.out.putShort((short) 0).put((byte) 0).putShort((short) 0); // nonce, attributes, hmac
    return command;
  }

  TpmCommand u16(int value) {
    out.putShort((short) value);
    return this;
  }

  TpmCommand u32(int value) {
    out.putInt(value);
    return this;
  }

  /** A TPM2B: 16-bit length and the bytes. */
  TpmCommand sized(byte... bytes) {
    out.putShort((short) bytes.length).put(bytes);
    return this;
  }

  String name() {
    return name;
  }

  byte[] encode() {
    out.putInt(2, out.position());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(out.array(), 0, out.position());
    return bytes.toByteArray();
  }
}
