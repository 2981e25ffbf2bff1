// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Datagrams;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;
import org.refcam.assess.reach.Wire;

/**
 * Whether anything of the owner's is left at any door after the owner erased the camera by its own
 * way. Guided, and the last of all checks: nothing is there to be looked at afterwards.
 */
final class EraseChecks {
  private EraseChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "guided.erase",
            "No door gives what was there before an erase",
            "Sau khi xóa, không cửa nào còn trả dữ liệu cũ",
            EraseChecks::look));
  }

  private static Finding look(Subject subject, Notes notes) throws IOException {
    Optional<Tester> tester = subject.given().aids().tester();
    if (tester.isEmpty()) {
      return notes.unknown(
          "needs a person at the camera, who erases it: run with --guided on a camera whose contents nobody needs",
          "cần người ở cạnh camera để xóa máy: hãy chạy với --guided trên camera không còn dữ liệu cần giữ");
    }
    Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
    Optional<Given.Credentials> owner = subject.given().person();
    if (rest.isEmpty() || owner.isEmpty()) {
      return notes.unknown(
          "needs an account (--user, --password-file) and a sign-in that describes itself; plant known names by hand, erase, look for them",
          "cần tài khoản (--user, --password-file) và giao diện tự mô tả; hãy tự ghi tên đã biết, xóa, rồi tìm lại");
    }
    Guide guide = new Guide(tester.get(), subject, notes);
    if (!guide.done(
        "erase.ready",
        "The last step ERASES THE CAMERA. The assessor first plants made-up names in it. Go on?",
        "Bước cuối sẽ XÓA CAMERA. Trước đó công cụ ghi vào vài tên bịa để tìm lại. Tiếp tục?")) {
      return guide.leftOut();
    }
    Optional<RestDoor.Session> session = rest.get().signIn(owner.get());
    if (session.isEmpty()) {
      return notes.unknown(
          "the account given was not let in", "tài khoản đã cho không đăng nhập được");
    }
    Canaries canaries = Canaries.plant(subject, rest.get(), session.get(), notes);
    if (canaries.words().isEmpty()) {
      return notes.unknown(
          "no door took a canary; plant known names by hand, erase, look for them",
          "không cửa nào nhận dấu nhận biết; hãy tự ghi tên đã biết, xóa, rồi tìm lại");
    }
    if (!guide.done(
        "erase.do",
        "Erase everything of the owner's by the camera's own way (button, menu, app). Answer when it says that it has ended.",
        "Hãy xóa toàn bộ dữ liệu của chủ bằng cách của chính camera (nút, trang, ứng dụng). Trả lời khi camera báo đã xong.")) {
      return guide.leftOut();
    }
    if (guide.back() < 0) {
      return notes.unknown(
          "the camera does not answer since the erase; look at it by hand",
          "camera không trả lời kể từ khi xóa; hãy xem bằng tay");
    }
    return after(subject.again(), session.get(), canaries, guide, notes);
  }

  private static Finding after(
      Subject erased, RestDoor.Session old, Canaries canaries, Guide guide, Notes notes)
      throws IOException {
    Given.Credentials owner = erased.given().person().orElseThrow();
    Optional<RestDoor> rest = erased.rest();
    if (rest.isPresent()) {
      if (rest.get().call("GET", "/session", RestDoor.headers(old), "").good()) {
        notes.fault("the owner's session from before the erase is still let in");
      }
      if (rest.get().signIn(owner).isPresent()) {
        notes.fault("the owner's password from before the erase is still let in");
      }
    }
    machine(erased, canaries, notes);
    int asked = strangers(erased, canaries) + doors(erased, Map.of(), canaries, notes);
    boolean again =
        guide.done(
            "erase.setup",
            "Set the camera up again as its next owner, with the same name and password that were given to the assessor.",
            "Hãy thiết lập lại camera như chủ mới, với đúng tên và mật khẩu đã đưa cho công cụ.");
    Optional<RestDoor.Session> next =
        again && rest.isPresent() ? rest.get().signIn(owner) : Optional.empty();
    if (next.isPresent()) {
      machine(erased, canaries, notes);
      asked += doors(erased, RestDoor.headers(next.get()), canaries, notes);
    } else if (!notes.faulty()) {
      return notes.unknown(
          asked
              + " answers to strangers hold none of "
              + canaries.words().size()
              + " canaries; what the next owner would see was not looked at: step erase.setup",
          asked
              + " câu trả lời cho người lạ không chứa dấu nào trong "
              + canaries.words().size()
              + " dấu; chưa xem được những gì chủ mới sẽ thấy: bước erase.setup");
    }
    return notes.passUnlessFaulty(
        canaries.words().size()
            + " canaries and "
            + canaries.addresses().size()
            + " recordings are in none of "
            + asked
            + " answers, to strangers and to the next owner; the medium itself is another check",
        canaries.words().size()
            + " dấu và "
            + canaries.addresses().size()
            + " bản ghi không có trong "
            + asked
            + " câu trả lời, cho người lạ và cho chủ mới; bộ nhớ là phép thử khác");
  }

  private static void machine(Subject erased, Canaries canaries, Notes notes) throws IOException {
    if (canaries.machine().isPresent()) {
      Given.Credentials old = canaries.machine().get();
      for (Door door : Doors.of(erased)) {
        Door.Attempt attempt = door.attempt(old.user(), old.password());
        notes.say(door.name() + " to a machine's old account: " + attempt.outcome());
        if (attempt.outcome() == Door.Outcome.ACCEPTED) {
          notes.fault(door.name() + " lets a machine's account from before the erase in");
        }
      }
    }
  }

  private static int strangers(Subject erased, Canaries canaries) throws IOException {
    int asked = 0;
    for (Endpoint at : erased.http()) {
      List<String> paths = new ArrayList<>(List.of("/"));
      paths.addAll(Paths.SNAPSHOTS);
      for (String path : paths) {
        canaries.search(at.name() + path, said(erased.talk().get(at, path)));
        asked++;
      }
    }
    for (Endpoint at : erased.tls()) {
      try (Wire wire = Wire.open(erased.talk().reach(), at)) {
        for (X509Certificate one : wire.certificates()) {
          canaries.search(at.name() + " certificate", one.getEncoded());
          asked++;
        }
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
    for (Datagrams.Probe probe : erased.probes()) {
      canaries.search(probe.service(), probe.text().getBytes(StandardCharsets.UTF_8));
      asked++;
    }
    if (erased.onvif().isPresent()) {
      for (String name : List.of("GetScopes", "GetDeviceInformation", "GetHostname", "GetUsers")) {
        Reply reply = erased.onvif().get().call(OnvifDoor.DEVICE, "<q:" + name + "/>", "");
        canaries.search("ONVIF " + name, said(reply));
        asked++;
      }
    }
    return asked;
  }

  private static int doors(
      Subject erased, Map<String, String> headers, Canaries canaries, Notes notes)
      throws IOException {
    int asked = 0;
    if (erased.rest().isEmpty()) {
      return asked;
    }
    RestDoor rest = erased.rest().get();
    for (RestDoor.Operation one : rest.operations()) {
      Optional<String> path =
          one.method().equals("GET") ? rest.filled(one, Instant.now()) : Optional.empty();
      if (path.isPresent() && !one.path().contains("snapshot")) {
        try {
          canaries.search("GET " + one.path(), said(rest.call("GET", path.get(), headers, "")));
          asked++;
        } catch (BudgetException e) {
          throw e;
        } catch (IOException e) {
          notes.say("GET " + one.path() + " broke off: " + e.getMessage());
        }
      }
    }
    for (String address : canaries.addresses()) {
      Reply reply = rest.call("GET", address, headers, "");
      asked++;
      notes.say("GET " + address + " from before the erase: " + reply.status());
      if (reply.good()) {
        notes.fault(address + " from before the erase is still there");
      }
    }
    return asked;
  }

  private static byte[] said(Reply reply) {
    byte[] head = (reply.headers() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(head, head.length + reply.body().length);
    System.arraycopy(reply.body(), 0, all, head.length, reply.body().length);
    return all;
  }
}
