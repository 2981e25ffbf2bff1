// SPDX-License-Identifier: Apache-2.0
package org.refcam.tpm;

import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;

/** Reads the parameters of one answer; what ends early is {@link TpmException} MALFORMED. */
final class TpmAnswer {
  private static final int HEADER_BYTES = 10;
  private static final int SESSIONS = 0x8002;

  private final String command;
  private final ByteReader in;
  private final boolean sessions;

  private TpmAnswer(String command, ByteReader in, boolean sessions) {
    this.command = command;
    this.in = in;
    this.sessions = sessions;
  }

  /**
   * @throws TpmException with the response code, unless it is TPM_RC_SUCCESS
   */
  static TpmAnswer parse(String command, byte[] bytes) throws TpmException {
    ByteReader in = new ByteReader(bytes);
    try {
      int tag = in.u16();
      long size = in.u32();
      int code = (int) in.u32();
      if (code != 0) {
        throw new TpmException(command, code);
      }
      if (size != bytes.length || bytes.length < HEADER_BYTES) {
        throw new TpmException(command, "size " + size + " of " + bytes.length);
      }
      return new TpmAnswer(command, in, tag == SESSIONS);
    } catch (TruncatedException e) {
      throw truncated(command, e);
    }
  }

  /** A handle, which comes before the parameters. */
  int handle() throws TpmException {
    return u32();
  }

  /** Steps over the size of the parameters, which answers with sessions have. */
  TpmAnswer parameters() throws TpmException {
    if (sessions) {
      u32();
    }
    return this;
  }

  int u8() throws TpmException {
    try {
      return in.u8();
    } catch (TruncatedException e) {
      throw truncated(command, e);
    }
  }

  int u16() throws TpmException {
    try {
      return in.u16();
    } catch (TruncatedException e) {
      throw truncated(command, e);
    }
  }

  int u32() throws TpmException {
    try {
      return (int) in.u32();
    } catch (TruncatedException e) {
      throw truncated(command, e);
    }
  }

  /** A TPM2B: 16-bit length and the bytes. */
  byte[] sized() throws TpmException {
    try {
      return in.raw(in.u16());
    } catch (TruncatedException e) {
      throw truncated(command, e);
    }
  }

  private static TpmException truncated(String command, TruncatedException e) {
    TpmException malformed = new TpmException(command, "the answer ends early");
    malformed.initCause(e);
    return malformed;
  }
}
