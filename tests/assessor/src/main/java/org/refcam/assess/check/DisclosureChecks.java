// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.assess.reach.Datagrams;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;

/** What a subject tells before anyone has signed in. */
final class DisclosureChecks {
  private static final Pattern VERSION =
      Pattern.compile("[A-Za-z][A-Za-z0-9 _-]{1,40}[/ ]v?\\d{1,4}([.]\\d+)+");
  private static final Pattern MAC =
      Pattern.compile("(?<![0-9A-Fa-f:])([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])");
  private static final Pattern SECRET =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----|(?i)[\"']?(password|passwd|secret|api_?key|psk)[\"']?\\s*[:=]\\s*[\"'][^\"'\\s<>${}()]{4,64}[\"']");
  private static final Pattern TRACE =
      Pattern.compile(
          "\\tat [a-z][\\w.$]+\\([A-Za-z]+\\.java:\\d+\\)|Traceback \\(most recent call last\\)|Fatal error: .* on line \\d+");
  private static final int SCRIPTS_MAX = 30;

  private DisclosureChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "disclose.banner",
            "No version of software before sign-in",
            "Không lộ phiên bản phần mềm trước đăng nhập",
            DisclosureChecks::banner),
        Check.of(
            "disclose.identity",
            "No hardware address or trace before sign-in",
            "Không lộ địa chỉ phần cứng hay vết lỗi trước đăng nhập",
            DisclosureChecks::identity),
        Check.of(
            "disclose.secrets",
            "No secret in pages and scripts",
            "Không có bí mật trong trang và mã kịch bản",
            DisclosureChecks::secrets),
        Check.of(
            "web.headers",
            "Pages protect against framing and sniffing",
            "Trang chống nhúng khung và đoán kiểu",
            DisclosureChecks::headers));
  }

  private static Finding banner(Subject subject, Notes notes) throws IOException {
    int answers = 0;
    for (Endpoint at : subject.endpoints()) {
      List<Reply> replies = new ArrayList<>();
      if (at.http()) {
        replies.add(subject.talk().get(at, "/"));
        replies.add(subject.talk().get(at, "/" + subject.nonce()));
      } else if (at.rtsp()) {
        replies.add(subject.talk().rtsp(at, "OPTIONS", "*", Map.of()));
      }
      for (Reply reply : replies) {
        answers++;
        for (String name : List.of("server", "x-powered-by", "www-authenticate", "via")) {
          for (String value : reply.all(name)) {
            notes.say(at.name() + " " + name + ": " + value);
            Matcher version = VERSION.matcher(value);
            if (version.find()) {
              notes.fault(at.name() + " tells its software in " + name + ": " + version.group());
            }
          }
        }
      }
    }
    if (answers == 0) {
      return notes.notApplicable(
          "neither HTTP nor RTSP answered", "không có HTTP hay RTSP trả lời");
    }
    return notes.passUnlessFaulty(
        "no product version in the headers of " + answers + " answers",
        "tiêu đề của " + answers + " câu trả lời không có phiên bản phần mềm");
  }

  private static Map<String, String> before(Subject subject) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Endpoint at : subject.http()) {
      texts.put(at.name() + "/", subject.talk().get(at, "/").text());
      texts.put(
          at.name() + " an unknown address", subject.talk().get(at, "/" + subject.nonce()).text());
      texts.put(at.name() + " an odd question", subject.talk().get(at, "/%00%ff?x=<'\">").text());
    }
    for (Endpoint at : subject.rtsp()) {
      texts.put(
          at.name(), subject.talk().rtsp(at, "DESCRIBE", "/" + subject.nonce(), Map.of()).text());
    }
    for (Datagrams.Probe probe : subject.probes()) {
      if (!probe.answers().isEmpty()) {
        texts.put("udp " + probe.service(), probe.text());
      }
    }
    if (subject.rest().isPresent()) {
      for (RestDoor.Operation one : subject.rest().get().operations()) {
        if (one.method().equals("GET")
            && one.open()
            && !one.hasParameter()
            && !one.path().contains("openapi")) {
          texts.put(
              "GET " + one.path(),
              subject.rest().get().call("GET", one.path(), Map.of(), "").text());
        }
      }
    }
    return texts;
  }

  private static Finding identity(Subject subject, Notes notes) throws IOException {
    Map<String, String> texts = before(subject);
    texts.forEach(
        (where, text) -> {
          notes.say(
              "--- "
                  + where
                  + "\n"
                  + Notes.printable(text.length() > 3000 ? text.substring(0, 3000) : text));
          Matcher mac = MAC.matcher(text);
          if (mac.find()) {
            notes.fault(where + " tells a hardware address: " + mac.group());
          }
          Matcher trace = TRACE.matcher(text);
          if (trace.find()) {
            notes.fault(where + " shows a stack trace");
          }
        });
    if (texts.isEmpty()) {
      return notes.notApplicable(
          "nothing answered before sign-in", "không có gì trả lời trước đăng nhập");
    }
    return notes.passUnlessFaulty(
        texts.size()
            + " answers before sign-in hold no hardware address and no stack trace; compare them with the declared list",
        texts.size()
            + " câu trả lời trước đăng nhập không có địa chỉ phần cứng hay vết lỗi; hãy so với danh sách đã khai báo");
  }

  private static Finding secrets(Subject subject, Notes notes) throws IOException {
    int looked = 0;
    Pattern script =
        Pattern.compile(
            "(?:src|href|from|import)\\s*[=(]?\\s*[\"']([^\"':?#]{1,120}\\.(?:m?js|json))[\"']");
    for (Endpoint at : subject.http()) {
      List<String> todo = new ArrayList<>(List.of("/"));
      for (int i = 0; i < todo.size() && i < SCRIPTS_MAX; i++) {
        String text = subject.talk().get(at, todo.get(i)).text();
        looked++;
        notes.say(at.name() + " " + todo.get(i) + ": " + text.length() + " letters");
        Matcher secret = SECRET.matcher(text);
        if (secret.find()) {
          notes.fault(
              at.name()
                  + todo.get(i)
                  + " holds what looks like a secret: "
                  + secret.group().substring(0, Math.min(24, secret.group().length())));
        }
        Matcher link = script.matcher(text);
        while (link.find()) {
          String path =
              java.net
                  .URI
                  .create("http://x" + todo.get(i))
                  .resolve(link.group(1).replace(" ", "%20"))
                  .getPath();
          if (path != null && path.startsWith("/") && !todo.contains(path)) {
            todo.add(path);
          }
        }
      }
    }
    if (looked == 0) {
      return notes.notApplicable(
          "no HTTP port, so no page or script",
          "không có cổng HTTP nên không có trang hay mã kịch bản");
    }
    return notes.passUnlessFaulty(
        looked + " pages and scripts hold no private key and no written password",
        looked + " trang và mã kịch bản không có khóa riêng hay mật khẩu viết sẵn");
  }

  private static Finding headers(Subject subject, Notes notes) throws IOException {
    int pages = 0;
    for (Endpoint at : subject.http()) {
      Reply page = subject.talk().get(at, "/");
      if (page.good() && page.header("content-type").orElse("").startsWith("text/html")) {
        pages++;
        notes.exchange(
            at.name() + " GET /", new Reply(page.status(), page.headers(), new byte[0], false));
        String policy = page.header("content-security-policy").orElse("");
        if (!policy.contains("frame-ancestors") && page.header("x-frame-options").isEmpty()) {
          notes.fault(at.name() + " may be framed by any site");
        }
        if (!page.header("x-content-type-options").orElse("").equalsIgnoreCase("nosniff")) {
          notes.fault(at.name() + " lets browsers guess types (no nosniff)");
        }
        if (!policy.contains("script-src") && !policy.contains("default-src")) {
          notes.fault(at.name() + " has no policy for scripts");
        }
      }
    }
    if (pages == 0) {
      return notes.notApplicable(
          "no HTML page at the " + subject.http().size() + " HTTP ports",
          "không có trang HTML ở " + subject.http().size() + " cổng HTTP");
    }
    return notes.passUnlessFaulty(
        pages + " pages with a policy for scripts, framing and types",
        pages + " trang có chính sách cho kịch bản, khung và kiểu");
  }
}
