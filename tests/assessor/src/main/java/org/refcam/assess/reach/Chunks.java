// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The chunked coding of HTTP/1.1 (RFC 9112 7.1), read leniently and never beyond a bound. */
final class Chunks {
  private static final int LINE_MAX = 256;
  private final Wire wire;

  Chunks(Wire wire) {
    this.wire = wire;
  }

  /** The decoded body; what came so far when a chunk is malformed or the bound is reached. */
  byte[] read(int most) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < most) {
      String size = line();
      int extension = size.indexOf(';');
      String digits = (extension < 0 ? size : size.substring(0, extension)).strip();
      if (!digits.matches("[0-9a-fA-F]{1,8}")) {
        break;
      }
      long announced = Long.parseLong(digits, 16);
      if (announced == 0) {
        break;
      }
      byte[] chunk = wire.readAll((int) Math.min(announced, most - body.size()));
      body.write(chunk);
      if (chunk.length < announced) {
        break;
      }
      line();
    }
    return body.toByteArray();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LINE_MAX) {
      int next = wire.read();
      if (next < 0 || next == '\n') {
        break;
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
