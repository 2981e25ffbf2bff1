// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;

/** What a stranger gets: streams, stills, ONVIF operations, pages, changes. */
final class OpenChecks {
  private static final List<String> ONVIF_READS =
      List.of(
          "GetDeviceInformation",
          "GetUsers",
          "GetNetworkInterfaces",
          "GetNetworkProtocols",
          "GetSystemLog",
          "GetScopes");

  private OpenChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "anon.rtsp",
            "No stream without a password",
            "Không có luồng hình khi chưa xác thực",
            OpenChecks::rtsp),
        Check.of(
            "anon.snapshot",
            "No picture without a password",
            "Không có ảnh khi chưa xác thực",
            OpenChecks::snapshot),
        Check.of(
            "anon.onvif",
            "No ONVIF operation without a password",
            "Không có thao tác ONVIF khi chưa xác thực",
            OpenChecks::onvif),
        Check.of(
            "anon.rest",
            "No settings or data without a password",
            "Không có cài đặt hay dữ liệu khi chưa xác thực",
            OpenChecks::rest),
        Check.of(
            "anon.write",
            "No change without a password",
            "Không thay đổi được gì khi chưa xác thực",
            OpenChecks::write));
  }

  private static Finding rtsp(Subject subject, Notes notes) throws IOException {
    if (subject.rtsp().isEmpty()) {
      return notes.notApplicable(
          "no RTSP among the " + subject.endpoints().size() + " open ports that were found",
          "không có RTSP trong " + subject.endpoints().size() + " cổng mở đã thấy");
    }
    for (Endpoint at : subject.rtsp()) {
      for (String path : Paths.STREAMS) {
        Reply reply =
            subject.talk().rtsp(at, "DESCRIBE", path, Map.of("Accept", "application/sdp"));
        notes.say(at.name() + " DESCRIBE " + path + ": " + reply.status());
        if (reply.good() && reply.text().contains("m=")) {
          notes.exchange("DESCRIBE " + path, reply);
          notes.fault(at.name() + path + " is described to anyone");
          break;
        }
      }
    }
    return notes.passUnlessFaulty(
        "refused on "
            + subject.rtsp().size()
            + " RTSP ports for "
            + Paths.STREAMS.size()
            + " addresses",
        "bị từ chối ở "
            + subject.rtsp().size()
            + " cổng RTSP với "
            + Paths.STREAMS.size()
            + " địa chỉ");
  }

  private static Finding snapshot(Subject subject, Notes notes) throws IOException {
    if (subject.http().isEmpty()) {
      return noHttp(subject, notes);
    }
    for (Endpoint at : subject.http()) {
      for (String path : Paths.SNAPSHOTS) {
        Reply reply = subject.talk().get(at, path);
        String type = reply.header("content-type").orElse("");
        notes.say(at.name() + " GET " + path + ": " + reply.status() + " " + type);
        byte[] body = reply.body();
        boolean jpeg = body.length > 2 && (body[0] & 0xff) == 0xff && (body[1] & 0xff) == 0xd8;
        if (reply.good()
            && (jpeg || type.matches("(image/jpe?g|video/.*|multipart/x-mixed-replace.*)"))) {
          notes.fault(
              at.name()
                  + path
                  + " gives a picture to anyone ("
                  + body.length
                  + " bytes, "
                  + type
                  + ")");
          // One shows it; a server that streams at each address would take the run's time.
          break;
        }
      }
    }
    return notes.passUnlessFaulty(
        Paths.SNAPSHOTS.size()
            + " known addresses tried on "
            + subject.http().size()
            + " HTTP ports",
        "đã thử "
            + Paths.SNAPSHOTS.size()
            + " địa chỉ quen thuộc ở "
            + subject.http().size()
            + " cổng HTTP");
  }

  private static Finding noHttp(Subject subject, Notes notes) {
    return notes.notApplicable(
        "no HTTP among the " + subject.endpoints().size() + " open ports that were found",
        "không có HTTP trong " + subject.endpoints().size() + " cổng mở đã thấy");
  }

  private static Finding onvif(Subject subject, Notes notes) throws IOException {
    if (subject.onvif().isEmpty()) {
      return notes.notApplicable(
          "no ONVIF device service at the " + subject.http().size() + " HTTP ports",
          "không có dịch vụ thiết bị ONVIF ở " + subject.http().size() + " cổng HTTP");
    }
    OnvifDoor door = subject.onvif().get();
    Map<String, Reply> replies = new LinkedHashMap<>();
    for (String name : ONVIF_READS) {
      replies.put(name, door.call(OnvifDoor.DEVICE, "<q:" + name + "/>", ""));
    }
    for (String name : List.of("GetProfiles", "GetVideoSources")) {
      replies.put(name, door.call(OnvifDoor.MEDIA, "<q:" + name + "/>", ""));
    }
    replies.forEach(
        (name, reply) -> {
          notes.exchange(name, reply);
          if (OnvifDoor.admitted(reply)) {
            notes.fault("ONVIF " + name + " answers to anyone");
          }
        });
    return notes.passUnlessFaulty(
        replies.size() + " operations of device and media refused",
        "đã từ chối " + replies.size() + " thao tác của dịch vụ device và media");
  }

  private static Finding rest(Subject subject, Notes notes) throws IOException {
    if (subject.http().isEmpty()) {
      return noHttp(subject, notes);
    }
    int asked = 0;
    for (Endpoint at : subject.http()) {
      // Some servers answer 200 to anything, and tell the path in it.
      String nothing = subject.nonce();
      String anything = subject.talk().get(at, "/" + nothing).text().replace(nothing, "");
      for (String path : Paths.SETTINGS) {
        Reply reply = subject.talk().get(at, path);
        asked++;
        notes.say(at.name() + " GET " + path + ": " + reply.status());
        if (reply.good()
            && !reply.text().isBlank()
            && !reply.text().replace(path.substring(1), "").equals(anything)) {
          notes.exchange("GET " + path, reply);
          notes.fault(at.name() + path + " is given to anyone");
        }
      }
      if (subject.talk().get(at, "/").text().contains("Directory listing for")) {
        notes.fault(at.name() + " lists its files to anyone");
      }
    }
    if (subject.rest().isPresent()) {
      asked += described(subject, subject.rest().get(), notes);
    }
    return notes.passUnlessFaulty(
        asked + " addresses asked without a proof gave nothing that is not declared open",
        "đã hỏi " + asked + " địa chỉ khi chưa xác thực, không lộ gì ngoài phần khai báo là mở");
  }

  private static int described(Subject subject, RestDoor rest, Notes notes) throws IOException {
    List<String> sensitive =
        List.of(
            "settings", "clients", "accounts", "users", "recordings", "snapshot", "audit", "log");
    int asked = 0;
    for (RestDoor.Operation one : rest.operations()) {
      boolean named = sensitive.stream().anyMatch(word -> one.path().contains(word));
      if (one.method().equals("GET") && (!one.open() || named)) {
        String path =
            one.path()
                .replaceAll(
                    "\\{[^}]*}",
                    one.path().contains("snapshot") ? "main" : "lab-" + subject.nonce());
        Reply reply = rest.call("GET", path, Map.of(), "");
        asked++;
        notes.say("GET " + path + ": " + reply.status());
        if (reply.good() || !one.open() && admitted(reply)) {
          notes.exchange("GET " + path, reply);
          notes.fault("GET " + one.path() + " answers " + reply.status() + " to anyone");
        }
      }
    }
    return asked;
  }

  // Whoever is told that a thing does not exist was let in to look for it.
  private static boolean admitted(Reply reply) {
    return reply.status() == 404 || reply.status() == 409 || reply.status() == 422;
  }

  private static Finding write(Subject subject, Notes notes) throws IOException {
    List<String> tried = new ArrayList<>();
    if (subject.onvif().isPresent()) {
      // A user that does not exist: even a device that lets anyone in loses nothing.
      String body =
          "<q:DeleteUsers><q:Username>lab-" + subject.nonce() + "</q:Username></q:DeleteUsers>";
      Reply reply = subject.onvif().get().call(OnvifDoor.DEVICE, body, "");
      notes.exchange("DeleteUsers of nobody", reply);
      tried.add("DeleteUsers");
      if (!OnvifDoor.notAuthorized(reply) && reply.status() != 0) {
        notes.fault("ONVIF DeleteUsers is looked at without a proof");
      }
    }
    if (subject.rest().isPresent()) {
      for (RestDoor.Operation one : subject.rest().get().operations()) {
        if (one.method().equals("DELETE") && one.hasParameter() && !one.open()) {
          String path = one.path().replaceAll("\\{[^}]*}", "lab-" + subject.nonce());
          Reply reply = subject.rest().get().call("DELETE", path, Map.of(), "");
          notes.say("DELETE " + path + ": " + reply.status());
          tried.add("DELETE " + one.path());
          if (reply.good() || admitted(reply)) {
            notes.fault("DELETE " + one.path() + " is looked at without a proof");
          }
        }
      }
    }
    if (tried.isEmpty()) {
      return notes.unknown(
          "no harmless change is known for this subject; try writes by hand",
          "chưa biết thay đổi vô hại nào cho thiết bị này; hãy thử ghi bằng tay");
    }
    return notes.passUnlessFaulty(
        tried.size() + " harmless changes refused: " + String.join(", ", tried),
        "đã từ chối " + tried.size() + " thay đổi vô hại");
  }
}
