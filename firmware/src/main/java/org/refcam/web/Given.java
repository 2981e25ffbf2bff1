// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.refcam.web.RefusedException.Reason;

/** What a request has to bring. Stateless. */
final class Given {
  private Given() {}

  static <T> T body(@Nullable T body) throws RefusedException {
    if (body == null) {
      throw new RefusedException(Reason.MALFORMED_JSON);
    }
    return body;
  }

  static <T> T field(@Nullable T value, String field) throws RefusedException {
    if (value == null) {
      throw Problems.invalidField(field);
    }
    return value;
  }

  /** Bytes in base64url without padding. */
  static byte[] bytes(@Nullable String value, String field) throws RefusedException {
    try {
      return Base64.getUrlDecoder().decode(field(value, field));
    } catch (IllegalArgumentException e) {
      RefusedException refusal = Problems.invalidField(field);
      refusal.initCause(e);
      throw refusal;
    }
  }
}
