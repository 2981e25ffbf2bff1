// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;

/** What is judged from files that the user gives, from the factory state, or not by a machine. */
final class GivenChecks {
  private GivenChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "factory.closed",
            "Nothing but set-up works in factory state",
            "Trạng thái xuất xưởng chỉ cho thiết lập",
            GivenChecks::factory),
        Check.of(
            "vuln.securitytxt",
            "Says where to report faults",
            "Cho biết nơi báo lỗi an ninh",
            GivenChecks::securityTxt),
        Check.of(
            "erase.canary",
            "Nothing of the owner is left after an erase",
            "Không còn gì của chủ sau khi xóa",
            GivenChecks::erase),
        Check.of(
            "log.kept",
            "Failed sign-ins are logged",
            "Nhật ký có ghi lần đăng nhập sai",
            GivenChecks::log));
  }

  private static Finding factory(Subject subject, Notes notes) throws IOException {
    if (!subject.given().factory()) {
      return notes.unknown(
          "run once more on a unit in factory state, with --factory",
          "hãy chạy lại với thiết bị ở trạng thái xuất xưởng, kèm --factory");
    }
    int asked = 0;
    for (Endpoint at : subject.rtsp()) {
      for (String path : Paths.STREAMS.subList(0, 8)) {
        asked++;
        Reply reply = subject.talk().rtsp(at, "DESCRIBE", path, Map.of());
        notes.say(at.name() + path + ": " + reply.status());
        if (reply.good()) {
          notes.fault(at.name() + path + " streams before set-up");
        }
      }
    }
    if (subject.rest().isPresent()) {
      for (RestDoor.Operation one : subject.rest().get().operations()) {
        if (one.method().equals("GET") && !one.open() && !one.hasParameter()) {
          asked++;
          Reply reply = subject.rest().get().call("GET", one.path(), Map.of(), "");
          notes.say("GET " + one.path() + ": " + reply.status());
          if (reply.good()) {
            notes.fault("GET " + one.path() + " answers before set-up");
          }
        }
      }
    }
    if (asked == 0) {
      return notes.unknown(
          "no stream and no self-describing interface to ask; look at it by hand",
          "không có luồng hay giao diện tự mô tả để hỏi; hãy xem bằng tay");
    }
    return notes.passUnlessFaulty(
        asked + " streams and functions refused before set-up",
        "đã từ chối " + asked + " luồng và chức năng trước khi thiết lập");
  }

  private static Finding securityTxt(Subject subject, Notes notes) throws IOException {
    for (Endpoint at : subject.http()) {
      Reply reply = subject.talk().get(at, "/.well-known/security.txt");
      if (reply.good() && reply.text().contains("Contact:")) {
        notes.exchange(at.name() + " security.txt", reply);
        Optional<String> expires =
            reply
                .text()
                .lines()
                .filter(l -> l.startsWith("Expires:"))
                .map(l -> l.substring(8).strip())
                .findFirst();
        try {
          if (expires.isEmpty()
              || OffsetDateTime.parse(expires.get()).toInstant().isBefore(Instant.now())) {
            notes.fault("security.txt has expired or no date");
          }
        } catch (DateTimeParseException e) {
          notes.fault("security.txt has a date that is none: " + expires.orElse(""));
        }
        return notes.passUnlessFaulty(
            "the subject serves a security.txt with contact and date",
            "thiết bị có security.txt với liên hệ và thời hạn");
      }
    }
    return notes.unknown(
        "none on the device, which is allowed: read the maker's policy on the maker's site",
        "không có trên thiết bị (được phép): hãy đọc chính sách trên trang của nhà sản xuất");
  }

  private static Finding erase(Subject subject, Notes notes) throws IOException {
    if (subject.given().medium().isEmpty() || subject.given().canaries().isEmpty()) {
      return notes.unknown(
          "write canaries (a camera name, an account, a Wi-Fi name), erase, copy the raw medium, then give --canary TEXT and --medium FILE",
          "ghi dấu nhận biết (tên camera, tài khoản, tên Wi-Fi), xóa, sao chép thô bộ nhớ, rồi đưa --canary TEXT và --medium FILE");
    }
    Path medium = subject.given().medium().get();
    List<byte[]> needles = new ArrayList<>();
    for (String canary : subject.given().canaries()) {
      needles.add(canary.getBytes(StandardCharsets.UTF_8));
      needles.add(canary.getBytes(StandardCharsets.UTF_16LE));
      needles.add(
          Base64.getEncoder().withoutPadding().encode(canary.getBytes(StandardCharsets.UTF_8)));
    }
    try (InputStream in = Files.newInputStream(medium)) {
      for (String hit : Needles.search(in, needles)) {
        notes.fault("a canary is still on the medium: " + hit);
      }
    }
    notes.say(
        Files.size(medium)
            + " bytes searched for "
            + needles.size()
            + " forms of "
            + subject.given().canaries().size()
            + " canaries");
    return notes.passUnlessFaulty(
        subject.given().canaries().size()
            + " canaries are not in the copy of the medium, as UTF-8, UTF-16 or Base64; what is compressed or encrypted was not opened",
        subject.given().canaries().size()
            + " dấu không còn trong bản sao bộ nhớ (UTF-8, UTF-16, Base64); phần nén hoặc mã hóa chưa được mở");
  }

  private static Finding log(Subject subject, Notes notes) throws IOException {
    Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
    if (rest.isEmpty()
        || subject.given().person().isEmpty()
        || rest.get().operations().stream().noneMatch(o -> o.path().equals("/audit"))) {
      return notes.unknown(
          "cause a failed sign-in and read it back in the camera's log, as each role",
          "gây một lần đăng nhập sai rồi đọc lại trong nhật ký bằng từng vai trò");
    }
    Given.Credentials person = subject.given().person().get();
    Optional<RestDoor.Session> session = rest.get().signIn(person);
    if (session.isEmpty() || !subject.guesses().admit(person.user(), subject.given().patience())) {
      return notes.unknown(
          "the account given was not let in, or a wrong guess could lock it",
          "tài khoản đã cho không đăng nhập được, hoặc đoán sai có thể khóa nó");
    }
    // The known name: a camera may leave out unknown ones, which are often passwords in the wrong
    // field.
    Set<String> before = entries(rest.get(), session.get());
    rest.get().signInReply(person.user(), "wrong-" + subject.nonce());
    Reply log = rest.get().call("GET", "/audit", RestDoor.headers(session.get()), "");
    notes.exchange("GET /audit after a wrong password of " + person.user(), log);
    Set<String> after = entries(rest.get(), session.get());
    after.removeAll(before);
    rest.get().call("DELETE", "/session", RestDoor.headers(session.get()), "");
    notes.say("new entries: " + after);
    if (after.stream().noneMatch(one -> one.matches("(?i).*(fail|wrong|denied|refus).*"))) {
      notes.fault("the failed sign-in of a moment ago is not in the log");
    }
    return notes.passUnlessFaulty(
        "a failed sign-in is in the log at once", "lần đăng nhập sai có ngay trong nhật ký");
  }

  private static Set<String> entries(RestDoor rest, RestDoor.Session session) throws IOException {
    Set<String> entries = new HashSet<>();
    Reply log = rest.call("GET", "/audit", RestDoor.headers(session), "");
    for (JsonNode list : RestDoor.parse(log)) {
      list.forEach(one -> entries.add(one.toString()));
    }
    return entries;
  }
}
