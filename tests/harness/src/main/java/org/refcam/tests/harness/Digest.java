// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP Digest (RFC 7616) from the client's side, of the tests' own. Stateless. */
public final class Digest {
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^, ]+))");

  private Digest() {}

  /** The strongest of a server's challenges; empty if there is none. */
  public static String choose(List<String> challenges) {
    return challenges.stream()
        .filter(text -> text.contains("SHA-256"))
        .findFirst()
        .orElse(challenges.isEmpty() ? "" : challenges.get(0));
  }

  /** The value of an Authorization header. */
  public static String authorization(
      String challenge, Rest.Credentials credentials, String method, String uri, int nonceCount) {
    Map<String, String> given = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      String plain = matcher.group(3);
      given.put(matcher.group(1), quoted != null ? quoted : plain != null ? plain : "");
    }
    String algorithm = given.getOrDefault("algorithm", "MD5");
    String realm = given.getOrDefault("realm", "");
    String nonce = given.getOrDefault("nonce", "");
    String a1 =
        hash(algorithm, credentials.username() + ":" + realm + ":" + credentials.password());
    String a2 = hash(algorithm, method + ":" + uri);
    String count = String.format(Locale.ROOT, "%08x", nonceCount);
    String cnonce = "0a4f113b";
    boolean qop = given.containsKey("qop");
    String middle = qop ? nonce + ":" + count + ":" + cnonce + ":auth" : nonce;
    String response = hash(algorithm, a1 + ":" + middle + ":" + a2);
    String opaque = given.containsKey("opaque") ? ", opaque=\"" + given.get("opaque") + "\"" : "";
    return ("Digest username=\"" + credentials.username() + "\", realm=\"" + realm + "\"")
        + (", nonce=\"" + nonce + "\", uri=\"" + uri + "\", algorithm=" + algorithm)
        + (qop ? ", qop=auth, nc=" + count + ", cnonce=\"" + cnonce + "\"" : "")
        + (opaque + ", response=\"" + response + "\"");
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
