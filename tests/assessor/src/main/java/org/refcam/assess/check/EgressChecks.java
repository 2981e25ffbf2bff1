// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.egress.CaptureException;
import org.refcam.assess.egress.Destination;
import org.refcam.assess.egress.Opening.Cover;
import org.refcam.assess.egress.Traffic;
import org.refcam.assess.reach.Fingerprint;

/**
 * Where the subject sends of its own accord, from a capture at its gateway. A pass says something
 * of the time that was captured and nothing of what encryption hides.
 */
final class EgressChecks {
  private static final Text NEEDED =
      new Text(
          "needs a capture at the gateway: --egress-capture FILE, pcap or pcapng",
          "cần bản thu ở cổng mạng: --egress-capture FILE, dạng pcap hoặc pcapng");

  private EgressChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "egress.capture",
            "Sends only where it is declared to",
            "Chỉ gửi tới nơi đã khai báo",
            EgressChecks::declared),
        Check.of(
            "egress.clear",
            "What it sends out is not clear text",
            "Dữ liệu gửi ra ngoài không ở dạng rõ",
            EgressChecks::clear));
  }

  /** The traffic, or why there is none to look at. */
  private record Look(Optional<Traffic> traffic, Text otherwise) {}

  private static Look look(Subject subject, Notes notes) throws IOException {
    Egress told = subject.given().egress();
    if (told.capture().isEmpty()) {
      return new Look(Optional.empty(), NEEDED);
    }
    Path file = told.capture().get();
    InetAddress own =
        told.address().orElse(InetAddress.getByName(subject.talk().reach().address()));
    try {
      Traffic traffic = Traffic.of(file, own);
      heading(traffic, told, file, notes);
      return new Look(
          Optional.of(traffic).filter(t -> t.fromSubject() > 0),
          new Text(
              "the capture holds no packet from " + own.getHostAddress(),
              "bản thu không có gói nào từ " + own.getHostAddress()));
    } catch (CaptureException e) {
      notes.say(e.reason() + ": " + e.getMessage());
      return new Look(
          Optional.empty(),
          new Text(
              "the capture cannot be read: " + e.getMessage(),
              "không đọc được bản thu: " + e.getMessage()));
    }
  }

  private static void heading(Traffic seen, Egress told, Path file, Notes notes)
      throws IOException {
    notes.say("found in: " + told.way().en());
    notes.say("file: " + file.getFileName() + ", SHA-256 " + Fingerprint.of(file));
    notes.say("window: " + seen.first() + " to " + seen.last() + ", " + time(seen.window()));
    notes.say(
        seen.packets()
            + " packets, "
            + seen.fromSubject()
            + " from the subject, whose addresses are "
            + seen.own().stream().map(InetAddress::getHostAddress).sorted().toList());
    notes.say(seen.peers() + " others began to speak to it over TCP; answers to them are left out");
    if (!seen.whole()) {
      notes.say("not whole: the file breaks off, or " + seen.overflow() + " things were too many");
    }
    notes.say("not seen: what encryption hides, what was sent at other times or by another way");
  }

  private static Finding declared(Subject subject, Notes notes) throws IOException {
    Look look = look(subject, notes);
    if (look.traffic().isEmpty()) {
      return notes.unknown(look.otherwise().en(), look.otherwise().vi());
    }
    Traffic seen = look.traffic().get();
    Egress told = subject.given().egress();
    DeclaredJudge judge = new DeclaredJudge(told.declared().orElse(List.of()), told.vietNamOnly());
    for (Destination one : seen.destinations()) {
      notes.say(line(one) + "; " + judge.judge(one));
    }
    for (String name : seen.asked()) {
      notes.say("looked up: " + name + "; " + judge.judge(name));
    }
    Text when = window(seen, told);
    int count = judge.beyond();
    if (told.declared().isEmpty()) {
      return notes.unknown(
          when.en()
              + count
              + " destinations, listed in the evidence; say which are declared: --declared HOST:COUNTRY, or --declared none",
          when.vi()
              + count
              + " đích, liệt kê trong bằng chứng; hãy khai báo: --declared HOST:COUNTRY, hoặc --declared none");
    }
    if (!judge.faults().isEmpty()) {
      String all = some(judge.faults());
      judge.faults().forEach(fault -> notes.say("FAULT: " + fault));
      return notes.fail(when.en() + all, when.vi() + "(chi tiết kỹ thuật) " + all);
    }
    if (!judge.open().isEmpty() || !seen.whole()) {
      String all = seen.whole() ? some(judge.open()) : "the capture is not whole";
      String vi = seen.whole() ? some(judge.open()) : "bản thu không trọn vẹn";
      return notes.unknown(
          when.en() + "nothing undeclared, but " + all,
          when.vi() + "không thấy gì ngoài khai báo, nhưng " + vi);
    }
    return notes.pass(
        when.en()
            + count
            + " destinations and "
            + seen.asked().size()
            + " names looked up, each declared; what is encrypted was not opened, other times were not seen",
        when.vi()
            + count
            + " đích và "
            + seen.asked().size()
            + " tên được tra, đều đã khai báo; phần mã hóa không mở được, lúc khác không thấy");
  }

  private static Finding clear(Subject subject, Notes notes) throws IOException {
    Look look = look(subject, notes);
    if (look.traffic().isEmpty()) {
      return notes.unknown(look.otherwise().en(), look.otherwise().vi());
    }
    Traffic seen = look.traffic().get();
    Text told = window(seen, subject.given().egress());
    List<String> faults = new ArrayList<>();
    List<String> open = new ArrayList<>();
    int covered = 0;
    for (Destination one : seen.destinations()) {
      Cover cover = one.opening().cover();
      notes.say(line(one));
      if (cover == Cover.CLEAR) {
        faults.add(one.opening().protocol() + " to " + one.at() + " in clear text");
      } else if (cover == Cover.CLEAR_REQUEST || cover == Cover.UNKNOWN) {
        open.add(one.opening().protocol() + " to " + one.at() + ": " + cover.words().en());
      } else if (cover == Cover.ENCRYPTED) {
        covered++;
      }
    }
    if (!faults.isEmpty()) {
      String all = some(faults);
      faults.forEach(fault -> notes.say("FAULT: " + fault));
      return notes.fail(told.en() + all, told.vi() + "(chi tiết kỹ thuật) " + all);
    }
    if (!open.isEmpty() || !seen.whole()) {
      String all = open.isEmpty() ? "the capture is not whole" : some(open);
      return notes.unknown(
          told.en() + "look at what is sent: " + all,
          told.vi() + "hãy xem nội dung gửi đi: " + all);
    }
    if (covered == 0) {
      return notes.notApplicable(
          told.en() + "nothing but names looked up and time of day was exchanged, 0 conversations",
          told.vi() + "không trao đổi gì ngoài tra tên và giờ, 0 phiên");
    }
    return notes.pass(
        told.en()
            + covered
            + " destinations, each by a protocol that encrypts; how well was not looked at",
        told.vi() + covered + " đích, đều bằng giao thức có mã hóa; chưa xét mã hóa mạnh đến đâu");
  }

  private static Text window(Traffic seen, Egress told) {
    String time = time(seen.window());
    String day = seen.first().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Text(
        told.way().en() + ", " + time + " from " + day + ": ",
        told.way().vi() + ", " + time + " từ " + day + ": ");
  }

  private static String some(List<String> faults) {
    String more = faults.size() > 6 ? " (+" + (faults.size() - 6) + ")" : "";
    return String.join("; ", faults.subList(0, Math.min(6, faults.size()))) + more;
  }

  private static String line(Destination one) {
    return one.at()
        + "  "
        + one.opening().protocol()
        + ", "
        + one.opening().cover().words().en()
        + "; looked up as "
        + one.looked()
        + ", asks for "
        + one.claimed()
        + "; "
        + one.conversations()
        + " conversations, "
        + one.packetsOut()
        + " packets out, "
        + one.bytesOut()
        + " bytes out, "
        + one.bytesIn()
        + " in; "
        + one.first()
        + " to "
        + one.last();
  }

  /** {@code 3 h 12 min 5 s}. */
  static String time(Duration window) {
    String hours = window.toHours() > 0 ? window.toHours() + " h " : "";
    String minutes = window.toMinutes() > 0 ? window.toMinutesPart() + " min " : "";
    return hours + minutes + window.toSecondsPart() + " s";
  }
}
