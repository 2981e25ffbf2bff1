// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to WWW-Authenticate: Basic (RFC 7617) and Digest (RFC 7616; RFC 2617 without qop). */
final class Challenge {
  private static final Pattern PARAMETER =
      Pattern.compile("(\\w{1,20})=(?:\"([^\"]{0,300})\"|([^, ]{1,300}))");

  private Challenge() {}

  /** The strongest that is offered; empty if none is known. */
  static Optional<String> strongest(List<String> offered) {
    for (String wanted : List.of("SHA-256", "Digest", "Basic")) {
      Optional<String> one =
          offered.stream()
              .filter(c -> c.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
              .findFirst();
      if (one.isPresent()) {
        return one;
      }
    }
    return Optional.empty();
  }

  /** The value of Authorization. */
  static String answer(String challenge, String user, String password, String method, String uri) {
    if (challenge.toLowerCase(Locale.ROOT).startsWith("basic")) {
      return "Basic "
          + Base64.getEncoder()
              .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
    Map<String, String> given = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      given.putIfAbsent(
          matcher.group(1).toLowerCase(Locale.ROOT),
          matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
    }
    String algorithm = given.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    String hash = algorithm.startsWith("SHA-256") ? "SHA-256" : "MD5";
    String nonce = given.getOrDefault("nonce", "");
    String realm = given.getOrDefault("realm", "");
    String a1 = hex(hash, user + ":" + realm + ":" + password);
    String a2 = hex(hash, method + ":" + uri);
    boolean qop = given.containsKey("qop");
    String middle = qop ? nonce + ":00000001:8f1c20aa:auth" : nonce;
    String opaque = given.containsKey("opaque") ? ", opaque=\"" + given.get("opaque") + "\"" : "";
    return "Digest username=\""
        + user
        + "\", realm=\""
        + realm
        + "\", nonce=\""
        + nonce
        + "\", uri=\""
        + uri
        + "\", algorithm="
        + hash
        + (qop ? ", qop=auth, nc=00000001, cnonce=\"8f1c20aa\"" : "")
        + opaque
        + ", response=\""
        + hex(hash, a1 + ":" + middle + ":" + a2)
        + "\"";
  }

  private static String hex(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5 and SHA-256", e);
    }
  }
}
