// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;
import org.refcam.assess.reach.Wire;

/** What malformed input does: is the subject still alive, and did it give something away? */
final class InputChecks {
  private static final String DATE = "<q:GetSystemDateAndTime/>";

  private InputChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "input.traversal",
            "No file outside the pages",
            "Không lấy được tệp ngoài trang",
            InputChecks::traversal),
        Check.of(
            "input.http",
            "Malformed HTTP leaves it alive",
            "HTTP sai dạng không làm chết máy",
            InputChecks::http),
        Check.of(
            "input.xml",
            "XML bombs and document types are refused",
            "Bom XML và khai báo kiểu bị từ chối",
            InputChecks::xml),
        Check.of(
            "input.rtsp",
            "Malformed RTSP leaves it alive",
            "RTSP sai dạng không làm chết máy",
            InputChecks::rtsp),
        Check.of(
            "input.slow",
            "Slow clients do not block others",
            "Máy khách chậm không chặn máy khác",
            SlowCheck::look));
  }

  private static Finding traversal(Subject subject, Notes notes) throws IOException {
    List<String> tries =
        List.of(
            "/../../../../etc/passwd",
            "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2f..%2fetc/passwd",
            "/static/..%252f..%252fetc/passwd",
            "//etc/passwd",
            "/?file=../../../../etc/passwd");
    if (subject.http().isEmpty()) {
      return notes.notApplicable(
          "no HTTP among the open ports: " + subject.endpoints().size(),
          "không có HTTP trong số cổng mở: " + subject.endpoints().size());
    }
    for (Endpoint at : subject.http()) {
      for (String path : tries) {
        Reply reply = ask(subject, at, path);
        notes.say(at.name() + " " + path + ": " + reply.status());
        if (reply.text().contains("root:") && reply.text().contains(":0:0:")) {
          notes.fault(at.name() + " gives /etc/passwd for " + path);
        }
      }
    }
    return notes.passUnlessFaulty(
        tries.size() + " ways out of the pages lead nowhere",
        tries.size() + " cách ra khỏi thư mục trang đều không được");
  }

  private static Reply ask(Subject subject, Endpoint at, String path) throws IOException {
    try {
      return subject.talk().get(at, path);
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      return new Reply(0, Map.of(), new byte[0], false);
    }
  }

  private static Finding http(Subject subject, Notes notes) throws IOException {
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("zero bytes", new byte[2000]);
    bad.put("no version", "GET /\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "long line",
        ("GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "many headers",
        ("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(3000) + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "negative length",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "huge length",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000000\r\n\r\nabc"
            .getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "two lengths",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 9\r\nConnection: close\r\n\r\nabc"
            .getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "bad chunk",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    return each(subject, notes, subject.http(), bad, "HTTP");
  }

  private static Finding rtsp(Subject subject, Notes notes) throws IOException {
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("zero bytes", new byte[2000]);
    bad.put(
        "no CSeq", "DESCRIBE rtsp://x/main RTSP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "long line",
        ("DESCRIBE /" + "a".repeat(70_000) + " RTSP/1.0\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    bad.put(
        "huge length",
        "ANNOUNCE rtsp://x/main RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 99999999999\r\n\r\nv=0"
            .getBytes(StandardCharsets.US_ASCII));
    bad.put("interleaved", new byte[] {'$', 0, (byte) 0xff, (byte) 0xff, 1, 2, 3});
    return each(subject, notes, subject.rtsp(), bad, "RTSP");
  }

  private static Finding each(
      Subject subject, Notes notes, List<Endpoint> at, Map<String, byte[]> bad, String what)
      throws IOException {
    if (at.isEmpty()) {
      return notes.notApplicable(
          "no " + what + " among the open ports: " + subject.endpoints().size(),
          "không có " + what + " trong số cổng mở: " + subject.endpoints().size());
    }
    for (Endpoint one : at) {
      for (Map.Entry<String, byte[]> input : bad.entrySet()) {
        try (Wire wire = Wire.open(subject.talk().reach(), one)) {
          wire.send(input.getValue());
          String answer = new String(wire.readFor(1000, 4096), StandardCharsets.ISO_8859_1);
          notes.say(
              one.name()
                  + " "
                  + input.getKey()
                  + ": "
                  + Notes.printable(answer.split("\r?\n", 2)[0]));
          boolean taken =
              answer.matches("(?s)HTTP/1\\.. 2\\d\\d.*")
                  && input.getKey().matches("negative length|huge length|two lengths|bad chunk");
          if (taken) {
            notes.fault(one.name() + " takes a request with " + input.getKey());
          }
        } catch (BudgetException e) {
          throw e;
        } catch (IOException e) {
          notes.say(one.name() + " " + input.getKey() + ": closed (" + e.getMessage() + ")");
        }
      }
      if (!subject.alive(one)) {
        notes.fault(one.name() + " no longer answers after malformed " + what);
      }
    }
    return notes.passUnlessFaulty(
        bad.size()
            + " malformed inputs on "
            + at.size()
            + " "
            + what
            + " ports; it answers as before",
        bad.size()
            + " đầu vào sai dạng ở "
            + at.size()
            + " cổng "
            + what
            + "; máy vẫn trả lời như trước");
  }

  private static Finding xml(Subject subject, Notes notes) throws IOException {
    if (subject.onvif().isEmpty()) {
      return notes.notApplicable(
          "no ONVIF device service at the " + subject.http().size() + " HTTP ports",
          "không có dịch vụ ONVIF ở " + subject.http().size() + " cổng HTTP");
    }
    OnvifDoor door = subject.onvif().get();
    String good = OnvifDoor.envelope(OnvifDoor.DEVICE, DATE, "");
    String dtd =
        good.replaceFirst("\\?>", "?><!DOCTYPE x [<!ENTITY a \"refcam-assess-entity\">]>")
            .replace(DATE, "<q:GetSystemDateAndTime>&a;</q:GetSystemDateAndTime>");
    Reply typed = door.post(dtd);
    notes.exchange("an envelope with a document type", typed);
    if (OnvifDoor.admitted(typed) || typed.text().contains("refcam-assess-entity")) {
      notes.fault("the XML reader takes document types and entities");
    }
    String deep = good.replace(DATE, "<q:a>".repeat(4000) + "</q:a>".repeat(4000));
    String cut = good.substring(0, good.length() / 2);
    for (String bad :
        List.of(deep, cut, "\0\1\2", good.replace("<s:Body", "<s:Body a=\"1\" a=\"2\""))) {
      Reply reply = door.post(bad);
      notes.say(bad.length() + " bytes of bad XML: " + reply.status());
      if (OnvifDoor.admitted(reply)) {
        notes.fault("bad XML of " + bad.length() + " bytes is answered as if it were good");
      }
    }
    if (!subject.alive(door.at())) {
      notes.fault("no answer after bad XML");
    }
    return notes.passUnlessFaulty(
        "document type, 4,000 levels, cut off and doubled attribute refused",
        "đã từ chối khai báo kiểu, 4.000 tầng, XML bị cắt và thuộc tính lặp");
  }
}
