// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.refcam.tuf.Repository;

/**
 * Files of a web server ({@code https:}, {@code http:}) or a directory ({@code file:}). What it
 * returns is trusted by nobody. Confined to one thread.
 */
final class WebRepository implements Repository {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * @param base with or without a slash at the end
   */
  WebRepository(URI base) {
    this.base = base.toString().endsWith("/") ? base.toString() : base + "/";
  }

  @Override
  public Optional<InputStream> open(String name) throws IOException {
    URI uri = URI.create(base + name);
    if ("file".equals(uri.getScheme())) {
      Path file = Path.of(uri);
      return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
    }
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == OK) {
        return Optional.of(response.body());
      }
      response.body().close();
      // Stores of objects answer 403 for what is not there.
      if (response.statusCode() == NOT_FOUND || response.statusCode() == FORBIDDEN) {
        return Optional.empty();
      }
      throw new IOException(uri + " answers " + response.statusCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + uri, e);
    }
  }
}
