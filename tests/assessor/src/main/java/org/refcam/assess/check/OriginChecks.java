// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;

/** What a page of somebody else's may do with the help of a person's browser. Stateless. */
final class OriginChecks {
  private static final String STRANGER = "elsewhere.invalid";

  private OriginChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "web.cors",
            "Another site may not read answers",
            "Trang khác không được đọc câu trả lời",
            OriginChecks::cors),
        Check.of(
            "web.host",
            "A made-up host name leads nowhere",
            "Tên máy bịa không dẫn đi đâu",
            OriginChecks::host));
  }

  private static Finding none(Subject subject, Notes notes) {
    return notes.notApplicable(
        "no HTTP among the " + subject.endpoints().size() + " open ports that were found",
        "không có HTTP trong " + subject.endpoints().size() + " cổng mở đã thấy");
  }

  // Fetch, CORS protocol: a reflected origin with credentials lets that site read as the person.
  private static Finding cors(Subject subject, Notes notes) throws IOException {
    if (subject.http().isEmpty()) {
      return none(subject, notes);
    }
    int asked = 0;
    Map<String, String> origin = Map.of("Origin", "https://" + STRANGER);
    for (Endpoint at : subject.http()) {
      List<Reply> replies = new ArrayList<>();
      replies.add(subject.talk().http(at, "GET", "/", origin, new byte[0]));
      if (subject.rest().isPresent() && subject.rest().get().at().equals(at)) {
        for (String path : List.of("/session", "/settings", "/status")) {
          replies.add(subject.rest().get().call("GET", path, origin, ""));
        }
      }
      for (Reply reply : replies) {
        asked++;
        String allowed = reply.header("access-control-allow-origin").orElse("");
        String with = reply.header("access-control-allow-credentials").orElse("");
        notes.say(at.name() + ": " + reply.status() + " allows \"" + allowed + "\" " + with);
        if (allowed.contains(STRANGER) && with.equalsIgnoreCase("true")) {
          notes.fault(at.name() + " lets any site read what a signed-in person may read");
        }
      }
    }
    return notes.passUnlessFaulty(
        "none of " + asked + " answers lets another site read with a person's cookie",
        "không câu trả lời nào trong " + asked + " cho trang khác đọc bằng cookie của người dùng");
  }

  private static Finding host(Subject subject, Notes notes) throws IOException {
    if (subject.http().isEmpty()) {
      return none(subject, notes);
    }
    String request = "GET / HTTP/1.1\r\nHost: " + STRANGER + "\r\nConnection: close\r\n\r\n";
    for (Endpoint at : subject.http()) {
      Reply reply = subject.talk().raw(at, request.getBytes(StandardCharsets.US_ASCII));
      notes.exchange(at.name() + " GET / with Host: " + STRANGER, reply);
      if (reply.header("location").orElse("").contains(STRANGER)) {
        notes.fault(at.name() + " sends the browser to a host name that the request made up");
      } else if (reply.good() && reply.text().contains(STRANGER)) {
        notes.fault(at.name() + " builds its page with a host name that the request made up");
      }
    }
    return notes.passUnlessFaulty(
        "neither a redirect nor a page of "
            + subject.http().size()
            + " HTTP ports repeats a made-up host name",
        "không chuyển hướng hay trang nào của "
            + subject.http().size()
            + " cổng HTTP lặp lại tên máy bịa");
  }
}
