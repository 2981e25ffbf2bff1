// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.refcam.json.CanonicalJson;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;

/**
 * That an erase has begun: {@code DIR/erase/intent}. Its presence is the order; what is in it only
 * fills the certificate. Immutable.
 *
 * <pre>
 *   {"id":"32 hex digits","origin":"rest","quality":"synchronised","requested":"2026-11-25T12:00:00Z"}
 * </pre>
 *
 * @param id random, the certificate's too
 */
record EraseIntent(String id, EraseOrigin origin, EraseTime requested) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int ID_BYTES = 16;
  private static final int BYTES_MAX = 4096;

  EraseIntent {
    if (!isId(id)) {
      throw new IllegalArgumentException("an erase's id has 32 hexadecimal digits");
    }
  }

  static EraseIntent of(EraseOrigin origin, EraseTime requested, SecureRandom random) {
    return new EraseIntent(newId(random), origin, requested);
  }

  static String newId(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  byte[] encode() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", id);
    node.put("origin", origin.word());
    node.put("quality", requested.quality());
    node.put("requested", requested.time().toString());
    try {
      return CanonicalJson.encode(node);
    } catch (InvalidJsonException e) {
      throw new AssertionError("texts without surrogates have a canonical form", e);
    }
  }

  /**
   * @throws InvalidJsonException if the medium has damaged it
   */
  static EraseIntent parse(byte[] bytes) throws InvalidJsonException {
    JsonObject json = JsonText.parseObject(bytes, BYTES_MAX);
    String id = json.text("id");
    if (!isId(id)) {
      throw json.bad("id", "32 hexadecimal digits");
    }
    try {
      return new EraseIntent(
          id,
          EraseOrigin.find(json.text("origin")).orElseThrow(() -> json.bad("origin", "a way in")),
          new EraseTime(Instant.parse(json.text("requested")), json.text("quality")));
    } catch (DateTimeException e) {
      InvalidJsonException bad = json.bad("requested", "a time");
      bad.initCause(e);
      throw bad;
    }
  }
}
