// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.assess.check.Given.Credentials;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Reply;

/** Default passwords, preset passwords, rules for new ones, what a failed sign-in tells. */
final class PasswordChecks {
  private static final List<Credentials> DEFAULTS =
      List.of(
          new Credentials("admin", "admin"),
          new Credentials("admin", ""),
          new Credentials("admin", "12345"),
          new Credentials("admin", "123456"),
          new Credentials("root", "root"),
          new Credentials("user", "user"),
          new Credentials("service", "service"));

  private static final int PRESET_MIN = 10;

  private PasswordChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "creds.default",
            "Known default passwords are refused",
            "Mật khẩu mặc định quen thuộc bị từ chối",
            PasswordChecks::defaults),
        Check.of(
            "password.preset",
            "Label password is not derived from public facts",
            "Mật khẩu trên nhãn không suy ra được",
            PasswordChecks::preset),
        Check.of(
            "password.rules",
            "Weak new passwords are refused",
            "Mật khẩu mới yếu bị từ chối",
            PasswordChecks::rules),
        Check.of(
            "login.generic",
            "A failed sign-in tells nothing more",
            "Đăng nhập sai không tiết lộ gì thêm",
            PasswordChecks::generic));
  }

  private static Finding defaults(Subject subject, Notes notes) throws IOException {
    List<Door> doors = Doors.of(subject);
    if (doors.isEmpty()) {
      return notes.notApplicable(
          "no door of the subject asked for a password", "không cửa nào của thiết bị đòi mật khẩu");
    }
    int tried = 0;
    int left = 0;
    for (Credentials pair : DEFAULTS) {
      for (Door door : doors) {
        if (!subject.guesses().admit(pair.user(), subject.given().patience())) {
          left++;
          continue;
        }
        tried++;
        left += tryOne(door, pair, notes) ? 0 : 1;
      }
    }
    return notes.passUnlessFaulty(
        tried
            + " tries at "
            + doors.size()
            + " doors refused; "
            + left
            + " left out so as not to lock anyone out",
        "đã từ chối "
            + tried
            + " lần thử ở "
            + doors.size()
            + " cửa; bỏ qua "
            + left
            + " lần để không khóa ai");
  }

  private static boolean tryOne(Door door, Credentials pair, Notes notes) throws IOException {
    try {
      Door.Attempt attempt = door.attempt(pair.user(), pair.password());
      notes.say(
          door.name()
              + " "
              + pair.user()
              + "/"
              + pair.password()
              + ": "
              + attempt.outcome()
              + " "
              + attempt.status());
      if (attempt.outcome() == Door.Outcome.ACCEPTED) {
        notes.fault(door.name() + " accepts the default " + pair.user() + "/" + pair.password());
      }
      return true;
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      notes.say(door.name() + ": " + e.getMessage());
      return false;
    }
  }

  private static Finding preset(Subject subject, Notes notes) {
    if (subject.given().label().isEmpty()) {
      return notes.unknown("no label was given (--label)", "chưa có nhãn của camera (--label)");
    }
    Given.Label label = subject.given().label().get();
    String password = plain(label.password());
    if (password.length() < PRESET_MIN) {
      notes.fault(
          "the label's password has " + password.length() + " letters; at least " + PRESET_MIN);
    }
    for (String fact : List.of(label.serial(), label.certificateSha256())) {
      for (String derived : derivations(fact)) {
        if (derived.contains(password)
            || password.length() >= 6 && derived.startsWith(password.substring(0, 6))) {
          notes.fault(
              "the label's password is derived from the "
                  + (fact.equals(label.serial()) ? "serial" : "certificate"));
          break;
        }
      }
    }
    return notes.passUnlessFaulty(
        "neither in nor hashed (MD5, SHA-1, SHA-256; hex, base64) from serial and certificate; other units and the generator remain to be seen",
        "không nằm trong và không phải hàm băm (MD5, SHA-1, SHA-256) của số máy và chứng thư; còn phải xem thiết bị khác và bộ sinh");
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static List<String> derivations(String fact) {
    List<String> all = new ArrayList<>(List.of(plain(fact)));
    for (String form :
        List.of(fact, fact.toLowerCase(Locale.ROOT), fact.toUpperCase(Locale.ROOT), plain(fact))) {
      for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
        try {
          byte[] hash =
              MessageDigest.getInstance(algorithm)
                  .digest(form.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          all.add(HexFormat.of().formatHex(hash));
          all.add(plain(Base64.getEncoder().encodeToString(hash)));
        } catch (GeneralSecurityException e) {
          throw new AssertionError("every Java has " + algorithm, e);
        }
      }
    }
    return all;
  }

  private static Finding rules(Subject subject, Notes notes) throws IOException {
    Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
    Optional<Credentials> person = subject.given().person();
    if (rest.isEmpty() || person.isEmpty()) {
      return notes.unknown(
          "needs an account (--user, --password-file) and a sign-in that describes itself; set weak passwords by hand",
          "cần tài khoản (--user, --password-file) và giao diện tự mô tả; hãy thử đặt mật khẩu yếu bằng tay");
    }
    Optional<RestDoor.Session> session = rest.get().signIn(person.get());
    if (session.isEmpty()) {
      return notes.unknown(
          "the account given was not let in", "tài khoản đã cho không đăng nhập được");
    }
    String user = person.get().user();
    for (String weak :
        List.of(
            "12345678", "password", "aaaaaaaaaaaaaaaa", "abcdefghijklmnop", user + user, "Aa1!")) {
      String body =
          "{\"oldPassword\":"
              + quote(person.get().password())
              + ",\"newPassword\":"
              + quote(weak)
              + "}";
      Reply reply = rest.get().call("POST", "/password", RestDoor.headers(session.get()), body);
      notes.say("new password " + weak + ": " + reply.status() + " " + reply.text());
      if (reply.good()) {
        notes.fault("the weak password " + weak + " was accepted");
        String back =
            "{\"oldPassword\":"
                + quote(weak)
                + ",\"newPassword\":"
                + quote(person.get().password())
                + "}";
        notes.say(
            "changed back: "
                + rest.get()
                    .call("POST", "/password", RestDoor.headers(session.get()), back)
                    .status());
        break;
      }
    }
    rest.get().call("DELETE", "/session", RestDoor.headers(session.get()), "");
    return notes.passUnlessFaulty(
        "6 weak passwords refused: common, short, repeated, a run, the user's name twice",
        "đã từ chối 6 mật khẩu yếu: phổ biến, ngắn, lặp, dãy liên tiếp, tên người dùng");
  }

  private static String quote(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }

  private static Finding generic(Subject subject, Notes notes) throws IOException {
    Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
    Optional<Credentials> person = subject.given().person();
    if (rest.isEmpty() || person.isEmpty()) {
      return notes.unknown(
          "needs the name of an account that exists (--user) and a sign-in that describes itself",
          "cần tên một tài khoản có thật (--user) và giao diện đăng nhập tự mô tả");
    }
    if (!subject.guesses().admit(person.get().user(), subject.given().patience())) {
      return notes.unknown(
          "a wrong guess now could lock the account out", "đoán sai lúc này có thể khóa tài khoản");
    }
    Reply known = rest.get().signInReply(person.get().user(), "wrong-" + subject.nonce());
    Reply stranger = rest.get().signInReply("lab-" + subject.nonce(), "wrong-" + subject.nonce());
    notes.exchange("a known name, a wrong password", known);
    notes.exchange("an unknown name", stranger);
    if (known.status() != stranger.status() || !known.text().equals(stranger.text())) {
      notes.fault(
          "the answers to a known and an unknown name differ: "
              + known.status()
              + " and "
              + stranger.status());
    }
    return notes.passUnlessFaulty(
        "the same status and body for a known and an unknown name; timing was not judged",
        "cùng mã và nội dung cho tên có thật và tên lạ; chưa xét thời gian trả lời");
  }
}
