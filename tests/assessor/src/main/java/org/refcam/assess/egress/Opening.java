// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.assess.catalogue.Text;

/**
 * What the first bytes of a conversation tell. Immutable.
 *
 * @param protocol in one word; {@code ?} if it is not known
 * @param name that the sender says it wants to speak to: its own word, not a proof
 */
public record Opening(String protocol, Cover cover, Optional<String> name) {
  /** How much of a conversation somebody on the way can read. */
  public enum Cover {
    /** A protocol that encrypts; how well was not looked at. */
    ENCRYPTED(new Text("encrypted", "có mã hóa")),
    /** Names asked for, time of day: in the clear by their nature. */
    SERVICE(new Text("clear by its nature", "vốn không mã hóa")),
    /** A request for something without credentials, as for a signed update. */
    CLEAR_REQUEST(new Text("clear text, only asks", "không mã hóa, chỉ xin dữ liệu")),
    /** Credentials, or content that is sent out. */
    CLEAR(new Text("clear text", "không mã hóa")),
    /** Nothing was exchanged: the other side did not answer. */
    NOTHING(new Text("nothing exchanged", "chưa trao đổi gì")),
    /** Bytes that were not recognised. */
    UNKNOWN(new Text("not recognised", "không nhận ra"));

    private final Text words;

    Cover(Text words) {
      this.words = words;
    }

    public Text words() {
      return words;
    }
  }

  static final Opening NONE = new Opening("?", Cover.NOTHING, Optional.empty());

  /** How much of a stream is looked at; a ClientHello with new key shares fits. */
  static final int LOOKED_AT = 4096;

  private static final Pattern REQUEST =
      Pattern.compile("\\A([A-Z]{3,16}) (\\S{1,2000}) (HTTP|RTSP)/\\d\\.\\d\r?\n");
  private static final Pattern HOST =
      Pattern.compile("(?i)\r?\nHost: *([a-z0-9._:\\[\\]-]{1,255})\\s");
  private static final Pattern SECRET =
      Pattern.compile("(?i)\r?\n(Authorization|Cookie|Proxy-Authorization|X-Api-Key)\\s*:");
  private static final Pattern GREETING = Pattern.compile("\\A(\\+OK|[1-5]\\d\\d[ -]|\\* OK)");

  /** Printable bytes among the first 64 that make a text. */
  private static final int TEXT_OF_64 = 58;

  /**
   * Looks at a TCP stream.
   *
   * @param out its first bytes from the subject
   * @param in its first bytes to the subject
   */
  static Opening ofTcp(ByteBuffer out, ByteBuffer in) {
    if (ClientHello.begins(out)) {
      return new Opening("TLS", Cover.ENCRYPTED, ClientHello.name(out));
    }
    if (ClientHello.record(out)) {
      return new Opening("TLS", Cover.ENCRYPTED, Optional.empty());
    }
    String sent = text(out);
    String came = text(in);
    if (sent.startsWith("SSH-") || sent.isEmpty() && came.startsWith("SSH-")) {
      return new Opening("SSH", Cover.ENCRYPTED, Optional.empty());
    }
    Matcher request = REQUEST.matcher(sent);
    if (request.find()) {
      return request(request.group(1), request.group(3), sent);
    }
    if (out.limit() > 8 && out.get(0) == 0x10 && sent.substring(2, 9).contains("MQTT")) {
      return new Opening("MQTT", Cover.CLEAR, Optional.empty());
    }
    if (GREETING.matcher(came).find()) {
      return new Opening("greeting", Cover.CLEAR, Optional.empty());
    }
    if (sent.isEmpty() && came.isEmpty()) {
      return NONE;
    }
    return new Opening(
        "?", readable(out) || readable(in) ? Cover.CLEAR : Cover.UNKNOWN, Optional.empty());
  }

  private static Opening request(String method, String protocol, String sent) {
    Matcher host = HOST.matcher(sent);
    Optional<String> name =
        host.find()
            ? Optional.of(host.group(1).toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""))
            : Optional.empty();
    boolean asks = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    boolean bare = protocol.equals("HTTP") && asks && !SECRET.matcher(sent).find();
    return new Opening(protocol, bare ? Cover.CLEAR_REQUEST : Cover.CLEAR, name);
  }

  /**
   * Looks at a datagram that the subject sent.
   *
   * @param port of the other side
   */
  static Opening ofUdp(ByteBuffer bytes, int port) {
    int first = bytes.limit() > 0 ? bytes.get(0) & 0xff : -1;
    if (port == 53 || port == 67 || port == 547) {
      return new Opening(port == 53 ? "DNS" : "DHCP", Cover.SERVICE, Optional.empty());
    }
    if (port == 123 && bytes.limit() >= 48) {
      return new Opening("NTP", Cover.SERVICE, Optional.empty());
    }
    if (first >= 20 && first <= 25 && bytes.limit() > 13 && (bytes.get(1) & 0xff) == 0xfe) {
      return new Opening("DTLS", Cover.ENCRYPTED, Optional.empty());
    }
    if (bytes.limit() >= 20 && first < 4 && bytes.getInt(4) == 0x2112a442) {
      return new Opening("STUN", Cover.SERVICE, Optional.empty());
    }
    if (first >= 0xc0 && bytes.limit() >= 1200) {
      return new Opening("QUIC", Cover.ENCRYPTED, Optional.empty());
    }
    if (bytes.limit() == 0) {
      return NONE;
    }
    return new Opening("?", readable(bytes) ? Cover.CLEAR : Cover.UNKNOWN, Optional.empty());
  }

  private static boolean readable(ByteBuffer bytes) {
    int looked = Math.min(bytes.limit(), 64);
    int printable = 0;
    for (int i = 0; i < looked; i++) {
      int one = bytes.get(i) & 0xff;
      printable += one >= ' ' && one < 0x7f || one == '\r' || one == '\n' || one == '\t' ? 1 : 0;
    }
    return looked > 0 && printable * 64 >= TEXT_OF_64 * looked;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes.duplicate().rewind()).toString();
  }
}
