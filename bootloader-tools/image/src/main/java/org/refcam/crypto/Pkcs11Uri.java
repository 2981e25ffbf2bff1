// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where a PKCS#11 token is: the part of RFC 7512 that Java's provider can follow. Immutable.
 *
 * <pre>
 *   pkcs11:slot-id=NUMBER?module-path=/usr/lib/softhsm/libsofthsm2.so&amp;pin-source=/etc/refcam/pin
 * </pre>
 *
 * <p>Without {@code slot-id} the module's first slot with a token counts. Other attributes are
 * refused rather than ignored.
 *
 * @param slotId the slot's number, or -1 for the first
 * @param module the library
 * @param pinSource a file whose first line is the user's PIN
 */
public record Pkcs11Uri(long slotId, Path module, Path pinSource) {
  private static final String SCHEME = "pkcs11:";
  private static final Set<String> KNOWN = Set.of("slot-id", "module-path", "pin-source");

  /**
   * @throws IllegalArgumentException with one line that says what was expected
   */
  public static Pkcs11Uri parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw bad(text, "it starts with pkcs11:");
    }
    Map<String, String> attributes = new HashMap<>();
    for (String part : text.substring(SCHEME.length()).split("[;?&]", -1)) {
      int equals = part.indexOf('=');
      if (part.isEmpty()) {
        continue;
      }
      if (equals < 0 || !KNOWN.contains(part.substring(0, equals))) {
        throw bad(text, "the attributes slot-id, module-path and pin-source");
      }
      attributes.put(
          part.substring(0, equals),
          URLDecoder.decode(
              part.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    String module = attributes.getOrDefault("module-path", "");
    String pin = attributes.getOrDefault("pin-source", "");
    if (module.isEmpty() || pin.isEmpty()) {
      throw bad(text, "module-path and pin-source");
    }
    String path = pin.startsWith("file:") ? pin.substring("file:".length()) : pin;
    try {
      long slot = Long.parseLong(attributes.getOrDefault("slot-id", "-1"));
      return new Pkcs11Uri(slot, Path.of(module), Path.of(path));
    } catch (NumberFormatException e) {
      throw bad(text, "a number as slot-id");
    }
  }

  private static IllegalArgumentException bad(String text, String expected) {
    return new IllegalArgumentException(text + ": expected " + expected);
  }
}
