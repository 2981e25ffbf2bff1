// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Datagrams;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Wire;

/** Which ports are open, and whether any of them belongs to a debugger or a shell. */
final class PortChecks {
  private static final int AMPLIFICATION_MAX = 10;

  /** By number: what answers there if it says nothing that tells otherwise. */
  private static final Map<Integer, String> SHELLS =
      Map.of(
          21,
          "FTP",
          23,
          "Telnet",
          2323,
          "Telnet",
          5555,
          "ADB",
          5037,
          "ADB",
          9527,
          "vendor shell",
          9530,
          "vendor debug door",
          2332,
          "Telnet");

  private PortChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "ports.declared",
            "Open ports against the maker's list",
            "Cổng mở so với danh sách của nhà sản xuất",
            PortChecks::declared),
        Check.of(
            "ports.debug",
            "No shell or debugger on the network",
            "Không có cửa dòng lệnh hoặc gỡ lỗi trên mạng",
            PortChecks::debug),
        Check.of(
            "ports.amplify",
            "Discovery answers do not amplify",
            "Trả lời dò tìm không khuếch đại",
            PortChecks::amplify),
        Check.of(
            "ports.families",
            "IPv6 opens no more than IPv4",
            "IPv6 không mở nhiều hơn IPv4",
            FamilyCheck::look));
  }

  private static Finding declared(Subject subject, Notes notes) throws IOException {
    notes.say(
        "tried " + subject.found().tried() + " TCP ports of " + subject.talk().reach().address());
    subject.endpoints().forEach(one -> notes.say("open: " + one.name()));
    for (Datagrams.Probe probe : subject.probes()) {
      notes.say(
          "udp "
              + probe.port()
              + " "
              + probe.service()
              + ": "
              + probe.answers().size()
              + " answers");
    }
    if (subject.given().declaredPorts().isEmpty()) {
      return notes.unknown(
          "open: "
              + names(subject)
              + "; the maker's list of interfaces was not given (--declared-ports)",
          "đang mở: "
              + names(subject)
              + "; chưa có danh sách giao diện của nhà sản xuất (--declared-ports)");
    }
    for (Endpoint one : subject.endpoints()) {
      if (!subject.given().declaredPorts().contains(one.port())) {
        notes.fault("port " + one.port() + " (" + one.name() + ") is open and not declared");
      }
    }
    return notes.passUnlessFaulty(
        "the open ports among the "
            + subject.found().tried()
            + " tried are declared: "
            + names(subject),
        "trong "
            + subject.found().tried()
            + " cổng đã thử, các cổng mở đều đã khai báo: "
            + names(subject));
  }

  private static String names(Subject subject) {
    return String.join(", ", subject.endpoints().stream().map(Endpoint::name).toList());
  }

  private static Finding debug(Subject subject, Notes notes) throws IOException {
    for (Endpoint one : subject.endpoints()) {
      String banner = subject.found().banners().getOrDefault(one.port(), "");
      if (!banner.isEmpty()) {
        notes.say("port " + one.port() + " says by itself: " + Notes.printable(banner));
      }
      boolean telnet = banner.startsWith("\u00ff");
      if (telnet || banner.matches("(?s).*(login:|BusyBox|# $).*")) {
        notes.fault("port " + one.port() + " is a shell (Telnet)");
      } else if (one.speech() == Endpoint.Speech.OTHER && SHELLS.containsKey(one.port())) {
        notes.fault("port " + one.port() + " is open: " + SHELLS.get(one.port()));
      } else if (one.speech() == Endpoint.Speech.OTHER
          && banner.isEmpty()
          && !one.tls()
          && isJdwp(subject, one)) {
        notes.fault("port " + one.port() + " is a Java debugger (JDWP)");
      }
    }
    return notes.passUnlessFaulty(
        "no Telnet, FTP, ADB, vendor shell or JDWP among "
            + subject.endpoints().size()
            + " open of "
            + subject.found().tried()
            + " tried ports",
        "không thấy Telnet, FTP, ADB, cửa dòng lệnh hay JDWP trong "
            + subject.endpoints().size()
            + " cổng mở trên "
            + subject.found().tried()
            + " cổng đã thử");
  }

  // The handshake of the JDWP specification: the debuggee echoes it.
  private static boolean isJdwp(Subject subject, Endpoint at) throws IOException {
    try (Wire wire = Wire.open(subject.talk().reach(), at)) {
      wire.send("JDWP-Handshake");
      return new String(wire.readFor(1000, 14), java.nio.charset.StandardCharsets.US_ASCII)
          .equals("JDWP-Handshake");
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static Finding amplify(Subject subject, Notes notes) throws IOException {
    int answered = 0;
    for (Datagrams.Probe probe : subject.probes()) {
      notes.say(
          probe.service() + ": sent " + probe.sent() + " bytes, received " + probe.received());
      answered += probe.answers().isEmpty() ? 0 : 1;
      if (probe.received() > probe.sent() * AMPLIFICATION_MAX) {
        notes.fault(
            probe.service()
                + " answers "
                + probe.received()
                + " bytes to "
                + probe.sent()
                + ": usable against others");
      }
    }
    if (answered == 0) {
      return notes.notApplicable(
          "none of WS-Discovery, mDNS and SSDP answered a unicast question",
          "WS-Discovery, mDNS và SSDP không trả lời câu hỏi đơn hướng nào");
    }
    return notes.passUnlessFaulty(
        answered
            + " discovery services answer at most "
            + AMPLIFICATION_MAX
            + " times what they were sent",
        answered
            + " dịch vụ dò tìm trả lời không quá "
            + AMPLIFICATION_MAX
            + " lần dữ liệu nhận được");
  }
}
