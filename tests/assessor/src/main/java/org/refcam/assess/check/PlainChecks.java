// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;

/** What goes over the network in the clear, and by what people prove themselves. */
final class PlainChecks {
  private PlainChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "plain.http",
            "Nothing but a redirect over plain HTTP",
            "HTTP thường chỉ để chuyển hướng",
            PlainChecks::http),
        Check.of("plain.rtsp", "No RTSP in the clear", "Không có RTSP dạng rõ", PlainChecks::rtsp),
        Check.of(
            "auth.challenge",
            "Authentication schemes are sound",
            "Cách xác thực đủ tốt",
            PlainChecks::challenge));
  }

  private static Finding http(Subject subject, Notes notes) throws IOException {
    List<Endpoint> plain = subject.http().stream().filter(at -> !at.tls()).toList();
    if (subject.http().isEmpty()) {
      return notes.notApplicable(
          "no HTTP among the " + subject.endpoints().size() + " open ports that were found",
          "không có HTTP trong " + subject.endpoints().size() + " cổng mở đã thấy");
    }
    for (Endpoint at : plain) {
      for (String path : List.of("/", "/login", Paths.SNAPSHOTS.get(0))) {
        Reply reply = subject.talk().get(at, path);
        notes.exchange(at.name() + " GET " + path, reply);
        boolean away =
            reply.status() / 100 == 3 && reply.header("location").orElse("").startsWith("https://");
        if (reply.status() == 0) {
          notes.say("not HTTP");
        } else if (!away && reply.status() != 404 && reply.status() != 410) {
          notes.fault(at.name() + path + " answers " + reply.status() + " without TLS");
        }
      }
    }
    // Whose root page is empty may still take requests and passwords at a door behind it.
    if (subject.onvif().isPresent() && !subject.onvif().get().at().tls()) {
      notes.fault(subject.onvif().get().at().name() + " serves ONVIF without TLS");
    }
    if (subject.rest().isPresent() && !subject.rest().get().at().tls()) {
      notes.fault(subject.rest().get().at().name() + " serves a REST interface without TLS");
    }
    return notes.passUnlessFaulty(
        plain.size()
            + " plain HTTP ports, "
            + (subject.http().size() - plain.size())
            + " with TLS; nothing is served in the clear",
        plain.size()
            + " cổng HTTP thường, "
            + (subject.http().size() - plain.size())
            + " cổng có TLS; không phục vụ gì ở dạng rõ");
  }

  private static Finding rtsp(Subject subject, Notes notes) throws IOException {
    if (subject.rtsp().isEmpty()) {
      return notes.notApplicable(
          "no RTSP among the "
              + subject.endpoints().size()
              + " open of "
              + subject.found().tried()
              + " tried ports",
          "không có RTSP trong "
              + subject.endpoints().size()
              + " cổng mở trên "
              + subject.found().tried()
              + " cổng đã thử");
    }
    for (Endpoint at : subject.rtsp()) {
      Reply reply = subject.talk().rtsp(at, "DESCRIBE", Paths.STREAMS.get(0), Map.of());
      notes.exchange(at.name() + " DESCRIBE " + Paths.STREAMS.get(0), reply);
      if (!at.tls()) {
        notes.fault(
            at.name() + " serves RTSP without TLS: pictures and passwords can be read on the way");
      }
    }
    return notes.passUnlessFaulty(
        subject.rtsp().size() + " RTSP ports, each with TLS",
        subject.rtsp().size() + " cổng RTSP, cổng nào cũng có TLS");
  }

  private static Finding challenge(Subject subject, Notes notes) throws IOException {
    int seen = 0;
    for (Endpoint at : subject.endpoints()) {
      for (String path :
          at.rtsp()
              ? Paths.STREAMS.subList(0, 3)
              : at.http() ? List.of("/", Paths.SNAPSHOTS.get(0)) : List.<String>of()) {
        Reply reply =
            at.rtsp()
                ? subject.talk().rtsp(at, "DESCRIBE", path, Map.of())
                : subject.talk().get(at, path);
        List<String> offered = reply.all("www-authenticate");
        if (!offered.isEmpty()) {
          notes.say(at.name() + path + " offers " + offered);
          seen++;
          judge(at, path, offered, notes);
        }
      }
    }
    if (seen == 0) {
      return notes.notApplicable(
          "no HTTP or RTSP answer among those asked carried a challenge",
          "không câu trả lời HTTP hay RTSP nào trong số đã hỏi đòi xác thực");
    }
    return notes.passUnlessFaulty(
        seen + " challenges: SHA-256 is offered, Basic only inside TLS",
        seen + " lời đòi xác thực: có SHA-256, Basic chỉ nằm trong TLS");
  }

  private static void judge(Endpoint at, String path, List<String> offered, Notes notes) {
    boolean basic =
        offered.stream().anyMatch(c -> c.toLowerCase(java.util.Locale.ROOT).startsWith("basic"));
    boolean digest =
        offered.stream().anyMatch(c -> c.toLowerCase(java.util.Locale.ROOT).startsWith("digest"));
    boolean sha = offered.stream().anyMatch(c -> c.contains("SHA-256") || c.contains("SHA-512"));
    if (basic && !at.tls()) {
      notes.fault(at.name() + path + " asks for a password in the clear (Basic)");
    }
    if (digest && !sha) {
      notes.fault(at.name() + path + " offers Digest with MD5 only");
    }
  }
}
