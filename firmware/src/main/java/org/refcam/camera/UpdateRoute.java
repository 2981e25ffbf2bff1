// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressHttp;
import org.refcam.egress.HttpCall;
import org.refcam.egress.HttpStream;
import org.refcam.egress.Limits;
import org.refcam.egress.Purpose;
import org.refcam.update.ByteRange;
import org.refcam.update.UpdateWeb;

/**
 * Asks the repository of updates by the way out, and so only where {@code --update-url} or the
 * owner allows. Plain http serves too: what comes is believed for its signatures alone. Stateless.
 */
final class UpdateRoute implements UpdateWeb {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");
  private static final int PARTIAL = 206;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** A day, more than the largest bundle at the slowest speed that is borne; then it goes on. */
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofDays(1), 3L << 30);

  private final EgressHttp http;

  UpdateRoute(Egress egress) {
    http = new EgressHttp(egress, LIMITS);
  }

  @Override
  public Answer get(URI uri, long from) throws IOException {
    HttpStream answer = open(uri, from > 0 ? "bytes=" + from + "-" : "");
    return new Answer(answer.status(), begin(answer), answer.body());
  }

  @Override
  public Ranges ranges(URI uri, List<ByteRange> wanted) throws IOException {
    HttpStream answer = open(uri, ByteRange.header(wanted));
    return new Ranges(
        answer.status(),
        answer.header("content-type").orElse(""),
        answer.header("content-range").orElse(""),
        answer.body());
  }

  private HttpStream open(URI uri, String range) throws IOException {
    boolean tls = "https".equals(uri.getScheme());
    if (!tls && !"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IOException("neither http nor https: " + uri);
    }
    return http.open(host(uri), port(uri), Purpose.UPDATE, tls, call(uri, range));
  }

  private static HttpCall call(URI uri, String range) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "RefCam");
    headers.put("Accept", "*/*");
    if (!range.isEmpty()) {
      headers.put("Range", range);
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new HttpCall("GET", path + query, headers, new byte[0]);
  }

  private static long begin(HttpStream answer) {
    Matcher matcher = CONTENT_RANGE.matcher(answer.header("content-range").orElse(""));
    return answer.status() == PARTIAL && matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** The host as destinations have it: an IPv6 address without brackets. */
  static String host(URI uri) {
    return uri.getHost().replaceAll("[\\[\\]]", "");
  }

  static int port(URI uri) {
    int usual = "http".equals(uri.getScheme()) ? HTTP : HTTPS;
    return uri.getPort() < 0 ? usual : uri.getPort();
  }
}
