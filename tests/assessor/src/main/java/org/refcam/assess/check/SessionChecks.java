// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.Reply;

/** What a person's session is worth to somebody else, and what a camera remembers of guesses. */
final class SessionChecks {
  private SessionChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "session.cookie",
            "Session cookie is protected",
            "Cookie phiên được bảo vệ",
            signedIn(SessionChecks::cookie)),
        Check.of(
            "session.signout",
            "Signing out ends the session",
            "Đăng xuất là hết phiên",
            signedIn(SessionChecks::signOut)),
        Check.of(
            "session.fixation",
            "Signing in makes a new session",
            "Đăng nhập tạo phiên mới",
            signedIn(SessionChecks::fixation)),
        Check.of(
            "web.csrf",
            "Another site cannot act for a person",
            "Trang khác không thể thay người dùng thao tác",
            signedIn(SessionChecks::csrf)),
        Check.of(
            "update.garbage",
            "A file that is no update is refused",
            "Tệp không phải bản cập nhật bị từ chối",
            SessionChecks::update));
  }

  private interface SignedIn {
    Finding look(Notes notes, Subject subject, RestDoor rest, RestDoor.Session session)
        throws IOException;
  }

  private static Check.Work signedIn(SignedIn work) {
    return (subject, notes) -> {
      Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
      if (rest.isEmpty() || subject.given().person().isEmpty()) {
        return notes.unknown(
            "needs an account (--user, --password-file) and a sign-in that describes itself; look at it by hand in a browser",
            "cần tài khoản (--user, --password-file) và giao diện tự mô tả; hãy xem bằng tay trong trình duyệt");
      }
      Optional<RestDoor.Session> session = rest.get().signIn(subject.given().person().get());
      if (session.isEmpty()) {
        return notes.unknown(
            "the account given was not let in", "tài khoản đã cho không đăng nhập được");
      }
      return work.look(notes, subject, rest.get(), session.get());
    };
  }

  private static Finding cookie(
      Notes notes, Subject subject, RestDoor rest, RestDoor.Session session) throws IOException {
    if (session.setCookies().isEmpty()) {
      return notes.notApplicable(
          "the sign-in of " + rest.at().name() + " sets no cookie",
          "đăng nhập ở " + rest.at().name() + " không đặt cookie");
    }
    String attributes =
        session.setCookies().get(0).replaceFirst("=[^;]*", "=...").toLowerCase(Locale.ROOT);
    notes.say(attributes);
    for (String wanted : List.of("secure", "httponly", "samesite")) {
      if (!attributes.contains("; " + wanted) && !attributes.contains(";" + wanted)) {
        notes.fault("the session's cookie lacks " + wanted);
      }
    }
    if (session.cookie().length() < 24) {
      notes.fault("the session's cookie has only " + session.cookie().length() + " letters");
    }
    rest.call("DELETE", "/session", RestDoor.headers(session), "");
    return notes.passUnlessFaulty(
        "Secure, HttpOnly and SameSite are set", "có Secure, HttpOnly và SameSite");
  }

  private static Finding signOut(
      Notes notes, Subject subject, RestDoor rest, RestDoor.Session session) throws IOException {
    Reply before = rest.call("GET", "/session", RestDoor.headers(session), "");
    Reply out = rest.call("DELETE", "/session", RestDoor.headers(session), "");
    Reply after = rest.call("GET", "/session", RestDoor.headers(session), "");
    notes.say(
        "signed in: "
            + before.status()
            + ", sign out: "
            + out.status()
            + ", with the old cookie: "
            + after.status());
    if (!before.good()) {
      return notes.unknown("the session did not show itself", "phiên không cho xem trạng thái");
    }
    if (after.good()) {
      notes.fault("the cookie still works after signing out");
    }
    return notes.passUnlessFaulty(
        "the old cookie is refused after signing out", "cookie cũ bị từ chối sau khi đăng xuất");
  }

  private static Finding fixation(
      Notes notes, Subject subject, RestDoor rest, RestDoor.Session session) throws IOException {
    Given.Credentials owner = subject.given().person().orElseThrow();
    String name = session.cookie().split("=", 2)[0];
    String brought = name + "=" + subject.nonce() + subject.nonce() + subject.nonce();
    Optional<RestDoor.Session> second = rest.signIn(owner, Map.of("Cookie", brought));
    rest.call("DELETE", "/session", RestDoor.headers(session), "");
    if (name.isEmpty() || second.isEmpty()) {
      return notes.unknown(
          "a sign-in that brings a cookie was not let in, or there is no cookie; try it by hand",
          "đăng nhập kèm cookie không được nhận, hoặc không có cookie; hãy thử bằng tay");
    }
    String got = second.get().cookie();
    notes.say("brought " + brought + ", got " + (got.equals(brought) ? "the same" : "another"));
    if (got.isEmpty() || got.equals(brought)) {
      notes.fault("signing in keeps a cookie that was brought: whoever made it up is in");
    }
    rest.call("DELETE", "/session", RestDoor.headers(second.get()), "");
    return notes.passUnlessFaulty(
        "a sign-in that brings a made-up cookie gets another one",
        "đăng nhập kèm cookie bịa nhận được cookie khác");
  }

  private static Finding csrf(Notes notes, Subject subject, RestDoor rest, RestDoor.Session session)
      throws IOException {
    Map<String, String> foreign = new LinkedHashMap<>();
    foreign.put("Cookie", session.cookie());
    foreign.put("Origin", "https://elsewhere.invalid");
    foreign.put("Sec-Fetch-Site", "cross-site");
    String path = "/clients/lab-" + subject.nonce();
    Reply withOrigin = rest.call("DELETE", path, foreign, "");
    Reply withoutToken = rest.call("DELETE", path, Map.of("Cookie", session.cookie()), "");
    notes.say(
        "from another site: "
            + withOrigin.status()
            + ", without a token: "
            + withoutToken.status());
    if (!withOrigin.refused()) {
      notes.fault("a request that another site caused is looked at: " + withOrigin.status());
    }
    rest.call("DELETE", "/session", RestDoor.headers(session), "");
    return notes.passUnlessFaulty(
        "a change with the cookie but from another origin is refused",
        "thay đổi kèm cookie từ trang khác bị từ chối");
  }

  private static Finding update(Subject subject, Notes notes) throws IOException {
    Optional<RestDoor> rest = subject.rest();
    Optional<RestDoor.Operation> door =
        rest.flatMap(
            r ->
                r.operations().stream()
                    .filter(o -> o.takesBytes() && o.path().contains("update"))
                    .findFirst());
    if (rest.isEmpty() || door.isEmpty()) {
      return notes.unknown(
          "no update door that describes itself; offer a tampered and an unsigned file by the maker's way",
          "không có cửa cập nhật tự mô tả; hãy nạp tệp bị sửa và tệp không ký theo cách của nhà sản xuất");
    }
    byte[] garbage =
        "This is no update. ".repeat(200).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Reply anyone = rest.get().upload(door.get().path(), Map.of(), garbage);
    notes.exchange("an upload without a proof", anyone);
    if (anyone.good()) {
      notes.fault("anyone may hand in an update: " + anyone.status());
    }
    Optional<RestDoor.Session> session =
        subject.given().person().isPresent() && rest.get().signsIn()
            ? rest.get().signIn(subject.given().person().get())
            : Optional.empty();
    if (session.isPresent()) {
      Reply owner = rest.get().upload(door.get().path(), RestDoor.headers(session.get()), garbage);
      notes.exchange("3,800 bytes that are no update, by the owner", owner);
      if (owner.good()) {
        notes.fault("a file that is no update is taken: " + owner.status());
      }
      rest.get().call("DELETE", "/session", RestDoor.headers(session.get()), "");
    } else if (!notes.faulty()) {
      return notes.unknown(
          "refused to strangers; whether a signed-in owner's bad file is refused needs an account (--user)",
          "người lạ bị từ chối; cần tài khoản (--user) để thử tệp xấu của chủ");
    }
    return notes.passUnlessFaulty(
        "refused to strangers, and 3,800 bytes that are no update refused to the owner; signature and rollback remain to be tried",
        "người lạ bị từ chối, tệp không phải bản cập nhật cũng bị từ chối; còn phải thử chữ ký và hạ phiên bản");
  }
}
