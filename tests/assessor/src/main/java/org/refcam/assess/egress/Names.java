// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.nio.ByteBuffer;

/** Names as a report may print them. Stateless. */
final class Names {
  private Names() {}

  /** Printable ASCII without spaces; every other byte as a question mark. */
  static String printable(ByteBuffer bytes, int at, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int one = bytes.get(at + i) & 0xff;
      text.append(one > ' ' && one < 0x7f ? (char) one : '?');
    }
    return text.toString();
  }
}
