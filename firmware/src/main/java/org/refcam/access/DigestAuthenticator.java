// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.refcam.access.ClientCredentials.ClientCredential;

/**
 * HTTP Digest (RFC 7616) with client credentials, for RTSP, snapshots and ONVIF.
 *
 * <p>SHA-256 is offered first and MD5 second: ffmpeg keeps the last challenge it reads and older
 * recorders know MD5 alone. MD5 without {@code qop} (RFC 2069) is taken too, because GStreamer
 * sends it; such an answer carries no count, so its replay within the nonce's life is not detected,
 * which is why these doors are on TLS.
 *
 * <p>A nonce is 8 bytes of time, 8 random and 16 of HMAC, in hex: nothing is stored until a right
 * answer uses it.
 *
 * <p>INV-ACCESS-2. An answer with {@code qop} is taken once per nonce and count. Holds against who
 * records traffic. Guarded by its own monitor.
 */
public final class DigestAuthenticator {
  /** How long a nonce serves. */
  public static final Duration NONCE_LIFE = Duration.ofMinutes(10);

  private static final int NONCE_LETTERS = 64;
  private static final int MOST_NONCES = 4096;
  private static final int MOST_HEADER = 2048;

  /** What came of an answer. */
  public enum Outcome {
    OK,
    /** The answer is right, its nonce is too old or used: ask again with stale=true. */
    STALE,
    REJECTED,
    /** Too many wrong guesses; the answer was not looked at. */
    LOCKED
  }

  /**
   * @param client who it is, if OK
   */
  public record Result(Outcome outcome, Optional<ClientCredential> client) {
    private static Result of(Outcome outcome) {
      return new Result(outcome, Optional.empty());
    }
  }

  private final String realm;
  private final ClientCredentials clients;
  private final GuessLimiter limiter;
  private final Clock clock;
  private final SecureRandom random;
  private final byte[] nonceKey = new byte[32];
  private final TreeMap<String, NonceCounts> used = new TreeMap<>();
  private String forgottenUpTo = "";

  /**
   * @param realm without quotes or backslashes
   */
  public DigestAuthenticator(
      String realm,
      ClientCredentials clients,
      GuessLimiter limiter,
      Clock clock,
      SecureRandom random) {
    this.realm = realm;
    this.clients = clients;
    this.limiter = limiter;
    this.clock = clock;
    this.random = random;
    random.nextBytes(nonceKey);
  }

  /** Values of WWW-Authenticate, one header each, in this order. */
  public List<String> challenges() {
    return challenges(false);
  }

  /** As above, with stale=true after {@link Outcome#STALE}. */
  public List<String> challenges(boolean stale) {
    String nonce = nonce();
    String rest =
        "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", qop=\"auth\", algorithm=";
    String end = stale ? ", stale=true" : "";
    return List.of(rest + "SHA-256" + end, rest + "MD5" + end);
  }

  /**
   * Checks an Authorization header.
   *
   * @param method of the request, such as DESCRIBE
   * @param uri as the request line has it
   */
  public synchronized Result verify(
      String authorizationHeader, String method, String uri, Door door, InetAddress peer) {
    Optional<Map<String, String>> parsed = DigestHeader.parse(authorizationHeader, MOST_HEADER);
    if (parsed.isEmpty()) {
      return Result.of(Outcome.REJECTED);
    }
    Map<String, String> fields = parsed.get();
    String username = fields.getOrDefault("username", "");
    if (!limiter.check(username, peer).allowed()) {
      return Result.of(Outcome.LOCKED);
    }
    Optional<ClientCredential> client = clients.find(username);
    // An unknown name costs the same work as a known one.
    String password = client.map(ClientCredential::password).orElse("no such client");
    boolean right =
        answerIsRight(fields, method, password)
            && sameResource(fields.getOrDefault("uri", ""), uri, door)
            && realm.equals(fields.get("realm"));
    if (client.isEmpty() || !right) {
      limiter.failed(door, username, peer);
      return Result.of(Outcome.REJECTED);
    }
    if (!nonceServes(fields)) {
      return Result.of(Outcome.STALE);
    }
    limiter.succeeded(door, username, peer);
    return new Result(Outcome.OK, client);
  }

  private static boolean answerIsRight(Map<String, String> fields, String method, String password) {
    String algorithm = fields.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    Optional<String> qop = Optional.ofNullable(fields.get("qop"));
    boolean known =
        algorithm.equals("MD5") && (qop.isEmpty() || qop.get().equals("auth"))
            || algorithm.equals("SHA-256") && qop.isPresent() && qop.get().equals("auth");
    if (!known) {
      return false;
    }
    String expected =
        response(
            algorithm.equals("MD5") ? "MD5" : "SHA-256",
            fields.getOrDefault("username", ""),
            fields.getOrDefault("realm", ""),
            password,
            method,
            fields.getOrDefault("uri", ""),
            fields.getOrDefault("nonce", ""),
            qop.map(
                q ->
                    fields.getOrDefault("nc", "")
                        + ":"
                        + fields.getOrDefault("cnonce", "")
                        + ":"
                        + q));
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8),
        fields
            .getOrDefault("response", "")
            .toLowerCase(Locale.ROOT)
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * RFC 7616, 3.4.1; without counts RFC 2069.
   *
   * @param counts {@code nc:cnonce:qop}
   */
  static String response(
      String algorithm,
      String username,
      String realm,
      String password,
      String method,
      String uri,
      String nonce,
      Optional<String> counts) {
    String a1 = hash(algorithm, username + ":" + realm + ":" + password);
    String a2 = hash(algorithm, method + ":" + uri);
    return hash(algorithm, a1 + ":" + nonce + ":" + counts.map(c -> c + ":").orElse("") + a2);
  }

  /**
   * Players sign the presentation's address while they set up its tracks, so RTSP takes a parent.
   * HTTP takes the very resource.
   */
  private static boolean sameResource(String signed, String requested, Door door) {
    String mine = path(signed);
    String theirs = path(requested);
    return theirs.equals(mine)
        || (door == Door.RTSP || door == Door.WEBSOCKET) && theirs.startsWith(mine + "/");
  }

  private static String path(String uri) {
    int scheme = uri.indexOf("://");
    String rest = uri;
    if (scheme >= 0) {
      int slash = uri.indexOf('/', scheme + 3);
      rest = slash < 0 ? "" : uri.substring(slash);
    }
    return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
  }

  private String nonce() {
    byte[] head = new byte[16];
    random.nextBytes(head);
    ByteBuffer.wrap(head).putLong(0, clock.millis());
    return HexFormat.of().formatHex(head) + HexFormat.of().formatHex(mac(head));
  }

  /** Whether we made the nonce, it is young, and this count was not used. */
  private boolean nonceServes(Map<String, String> fields) {
    String nonce = fields.getOrDefault("nonce", "");
    if (nonce.length() != NONCE_LETTERS) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(nonce.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
    byte[] head = Arrays.copyOf(bytes, 16);
    long age = clock.millis() - ByteBuffer.wrap(head).getLong();
    if (!MessageDigest.isEqual(mac(head), Arrays.copyOfRange(bytes, 16, 32))
        || age < 0
        || age > NONCE_LIFE.toMillis()) {
      return false;
    }
    return !fields.containsKey("qop")
        || countIsFresh(HexFormat.of().formatHex(bytes), fields.getOrDefault("nc", ""));
  }

  /**
   * Hex of a time in front sorts nonces by age: the oldest is forgotten, and none before serves.
   */
  private boolean countIsFresh(String nonce, String nc) {
    if (nc.length() != 8) {
      return false;
    }
    long count;
    try {
      count = HexFormat.fromHexDigitsToLong(nc);
    } catch (NumberFormatException e) {
      return false;
    }
    NonceCounts counts = used.get(nonce);
    if (counts == null) {
      if (nonce.compareTo(forgottenUpTo) <= 0) {
        return false;
      }
      counts = new NonceCounts();
      used.put(nonce, counts);
      if (used.size() > MOST_NONCES) {
        forgottenUpTo = used.firstKey();
        used.remove(forgottenUpTo);
      }
    }
    return counts.take(count);
  }

  private byte[] mac(byte[] head) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(nonceKey, "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(head), 16);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  private static String hash(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has MD5 and SHA-256", e);
    }
  }

  /** Which counts of one nonce were used: the highest and the 63 below it. */
  private static final class NonceCounts {
    private long highest;
    private long window;

    boolean take(long count) {
      if (count <= 0 || count <= highest - Long.SIZE) {
        return false;
      }
      if (count > highest) {
        long step = count - highest;
        window = step >= Long.SIZE ? 0 : window << step;
        highest = count;
      } else if ((window & (1L << (highest - count))) != 0) {
        return false;
      }
      window |= 1L << (highest - count);
      return true;
    }
  }
}
