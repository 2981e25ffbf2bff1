// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.refcam.crypto.Sha256;

/**
 * AWS Signature Version 4 in the Authorization header, for one service in one region. The canonical
 * request covers method, path, query, all given headers and the SHA-256 of the body. Immutable; its
 * text shows no secret.
 */
final class AwsSigner {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();
  private static final int DATE_LENGTH = 8;

  private final String accessKey;
  private final String secretKey;
  private final String region;
  private final String service;

  AwsSigner(String accessKey, String secretKey, String region, String service) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.region = region;
    this.service = service;
  }

  /**
   * The headers of a signed request, but for Host: those given, {@code x-amz-date}, and {@code
   * Authorization}.
   *
   * @param path encoded once, as it stands in the request line
   * @param query encoded and sorted by name, as it stands in the request line; may be empty
   * @param headers names in lower case
   * @param bodySha256 in hex
   */
  Map<String, String> sign(
      String method,
      String host,
      String path,
      String query,
      Map<String, String> headers,
      String bodySha256,
      Instant time) {
    Map<String, String> sent = new TreeMap<>(headers);
    String amzDate = TIME.format(time);
    sent.put("x-amz-date", amzDate);
    Map<String, String> signed = new TreeMap<>(sent);
    signed.put("host", host);
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join("\n", method, path, query, canonicalHeaders(signed), names, bodySha256);
    String date = amzDate.substring(0, DATE_LENGTH);
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String toSign = String.join("\n", ALGORITHM, amzDate, scope, Sha256.hex(bytes(canonical)));
    sent.put(
        "Authorization",
        ALGORITHM
            + " Credential="
            + accessKey
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + HEX.formatHex(hmac(signingKey(date), toSign)));
    return sent;
  }

  /** Each header on a line of its own, with a line end: the empty line follows by the join. */
  private static String canonicalHeaders(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(h -> h.getKey() + ":" + h.getValue().strip().replaceAll(" +", " ") + "\n")
        .collect(Collectors.joining());
  }

  private byte[] signingKey(String date) {
    byte[] key = hmac(bytes("AWS4" + secretKey), date);
    return hmac(hmac(hmac(key, region), service), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
