// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP and HTTPS without proxy, cookies, redirects or caches. Stateless. */
public final class DirectWeb implements UpdateWeb {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");
  private static final int PARTIAL = 206;
  private static final int ERRORS = 400;

  private final Duration timeout;

  /**
   * @param timeout to connect, and between two reads
   */
  public DirectWeb(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public Answer get(URI uri, long from) throws IOException {
    if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
      throw new IOException("neither http nor https: " + uri);
    }
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("User-Agent", "RefCam");
    connection.setRequestProperty("Accept", "*/*");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
    }
    int status = connection.getResponseCode();
    return new Answer(status, from(connection, status), new Body(connection, status));
  }

  private static long from(HttpURLConnection connection, int status) {
    String range = connection.getHeaderField("Content-Range");
    Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range);
    return status == PARTIAL && matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Closing hangs up, so that a body that is not read to its end costs nothing more. */
  private static final class Body extends java.io.FilterInputStream {
    private final HttpURLConnection connection;

    Body(HttpURLConnection connection, int status) throws IOException {
      super(status < ERRORS ? connection.getInputStream() : InputStream.nullInputStream());
      this.connection = connection;
    }

    @Override
    public void close() throws IOException {
      connection.disconnect();
      super.close();
    }
  }
}
