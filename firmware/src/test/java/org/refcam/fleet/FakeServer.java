// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers by path, and keeps what it was sent. */
final class FakeServer implements FleetWeb {
  static final String HOME = "https://fleet.example.vn";
  static final String BASE = "/DEFAULT/controller/v1/cam-1";

  final Map<String, String> answers = new LinkedHashMap<>();
  final List<String> sent = new ArrayList<>();
  int status = 200;

  /** The root resource with links of these names to these paths below the base. */
  void links(String... namesAndPaths) {
    StringBuilder links = new StringBuilder();
    for (int i = 0; i < namesAndPaths.length; i += 2) {
      links.append(i == 0 ? "" : ",");
      links.append('"').append(namesAndPaths[i]).append("\":{\"href\":\"");
      links.append(HOME).append(BASE).append(namesAndPaths[i + 1]).append("\"}");
    }
    answers.put(
        BASE, "{\"config\":{\"polling\":{\"sleep\":\"00:01:00\"}},\"_links\":{" + links + "}}");
  }

  static String order(String what, String id, String update, String sha256) {
    return "{\"id\":\""
        + id
        + "\",\""
        + what
        + "\":{\"download\":\"forced\",\"update\":\""
        + update
        + "\",\"chunks\":[{\"part\":\"os\",\"version\":\"1\",\"name\":\"n\","
        + "\"artifacts\":[{\"filename\":\"a.swu\",\"size\":12,\"hashes\":{\"sha256\":\""
        + sha256
        + "\"},\"_links\":{\"download\":{\"href\":\""
        + HOME
        + "/bundle\"}}}]}]}}";
  }

  @Override
  public Answer call(String method, URI uri, byte[] body) {
    if (!method.equals("GET")) {
      String path = uri.getPath().substring(BASE.length());
      sent.add(method + " " + path + " " + new String(body, StandardCharsets.UTF_8));
      return new Answer(status, new byte[0]);
    }
    String text = answers.get(uri.getPath());
    return text == null
        ? new Answer(404, new byte[0])
        : new Answer(status, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Content open(URI uri, long from) {
    return new Content(200, 0, new ByteArrayInputStream(new byte[12]));
  }
}
