// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.json.CanonicalJson;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;

/**
 * A metadata file as it travels (4.2): what is signed, and signatures that nobody checked yet.
 *
 * <pre>
 *   {"signatures": [{"keyid": KEYID, "sig": HEX}, ...], "signed": ROLE}
 * </pre>
 */
final class SignedMetadata {
  /** More than any role has signers; the rest would only cost time. */
  private static final int SIGNATURES_MAX = 64;

  private final JsonObject signed;
  private final byte[] canonical;
  private final Map<String, byte[]> signatures;

  private SignedMetadata(JsonObject signed, byte[] canonical, Map<String, byte[]> signatures) {
    this.signed = signed;
    this.canonical = canonical;
    this.signatures = signatures;
  }

  static SignedMetadata parse(byte[] bytes, int bytesMax) throws InvalidJsonException {
    JsonObject file = JsonText.parseObject(bytes, bytesMax);
    JsonObject signed = file.object("signed");
    Map<String, byte[]> signatures = new LinkedHashMap<>();
    for (JsonObject signature : file.list("signatures")) {
      String keyId = signature.text("keyid");
      if (signatures.put(keyId, bytes(signature)) != null) {
        throw signature.bad("keyid", "each key once");
      }
      if (signatures.size() > SIGNATURES_MAX) {
        throw file.bad("signatures", "at most " + SIGNATURES_MAX);
      }
    }
    return new SignedMetadata(signed, CanonicalJson.encode(signed.node()), signatures);
  }

  private static byte[] bytes(JsonObject signature) throws InvalidJsonException {
    try {
      return HexFormat.of().parseHex(signature.text("sig"));
    } catch (IllegalArgumentException e) {
      InvalidJsonException failure = signature.bad("sig", "hexadecimal");
      failure.initCause(e);
      throw failure;
    }
  }

  JsonObject signed() {
    return signed;
  }

  /** The bytes that signatures cover; the caller does not change them. */
  byte[] canonical() {
    return canonical;
  }

  /** The signature by that key; no bytes if there is none, or if it is left empty. */
  byte[] signature(String keyId) {
    return signatures.getOrDefault(keyId, new byte[0]);
  }
}
