// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.egress.Pcap;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.Talk;

/** What a capture comes to, held against what was declared. */
class EgressChecksTest {
  private static final String CAMERA = "192.168.1.20";

  @TempDir Path folder;

  private Finding look(String check, byte[] capture, boolean vietNamOnly, String... declared)
      throws Exception {
    List<Declared> list = new ArrayList<>();
    for (String one : declared) {
      list.add(Declared.parse(one));
    }
    Path file = Files.write(folder.resolve("c.pcap"), capture);
    Optional<InetAddress> own = Optional.of(InetAddress.getByName(CAMERA));
    return look(
        check, new Egress(Optional.of(file), Egress.GIVEN, Optional.of(list), vietNamOnly, own));
  }

  private static Finding look(String check, Egress egress) throws IOException {
    Given none = Given.nothing();
    Given given =
        new Given(
            none.person(),
            none.label(),
            false,
            List.of(),
            egress,
            none.medium(),
            List.of(),
            none.otherUnit(),
            "",
            none.patience(),
            none.keySpace());
    Reach reach = new Reach(InetAddress.getByName("127.0.0.1"), Limits.usual());
    Evidence evidence = new Evidence(List.of());
    Subject subject =
        new Subject(
            new Talk(reach),
            new Discovery.Found(List.of(), List.of(), Map.of()),
            given,
            evidence,
            new SecureRandom());
    return EgressChecks.all().stream()
        .filter(c -> c.id().equals(check))
        .findFirst()
        .orElseThrow()
        .look(subject);
  }

  private static Pcap hello(Pcap into, String to, String name) {
    String ends = CAMERA + ":" + (40_000 + name.length()) + ">" + to + ":443";
    return into.tcp(ends, Pcap.SYN, 9, new byte[0]).tcp(ends, Pcap.DATA, 10, Pcap.hello(name));
  }

  private static Pcap lookUp(String name, String address) {
    return new Pcap()
        .udp(CAMERA + ":5000>192.168.1.1:53", Pcap.dns(name, ""))
        .udp("192.168.1.1:53>" + CAMERA + ":5000", Pcap.dns(name, address));
  }

  private Finding declared(Pcap capture, boolean vietNamOnly, String... declared) throws Exception {
    return look("egress.capture", capture.ng(ByteOrder.LITTLE_ENDIAN), vietNamOnly, declared);
  }

  @Test
  void declaredNameOrAddress_passes_andSaysWhatWasNotSeen() throws Exception {
    Pcap capture =
        hello(
            hello(lookUp("u.example.vn", "203.0.113.5"), "203.0.113.5", "u.example.vn"),
            "192.0.2.7",
            "192.0.2.7");
    Finding seen = declared(capture, false, "u.example.vn:VN", "192.0.2.7");
    assertThat(seen.verdict()).as(seen.reason().en()).isEqualTo(Verdict.PASS);
    assertThat(seen.reason().en())
        .contains("a capture that the user gave", "5 s from 2026-11-26T00:00:00Z", "2 destinations")
        .contains("other times were not seen");
  }

  @Test
  void undeclared_fails_byAddressNameOrCountry() throws Exception {
    Pcap one = hello(lookUp("u.example.vn", "203.0.113.5"), "203.0.113.5", "u.example.vn");
    assertThat(declared(one, false).reason().en())
        .contains("looks up u.example.vn, which is not declared")
        .contains("sends to tcp 203.0.113.5:443 (u.example.vn), which is not declared");
    assertThat(declared(one, true, "u.example.vn:SG").reason().en())
        .contains("although storage in Viet Nam only is set");
    assertThat(declared(one, true, "u.example.vn").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(declared(one, true, "u.example.vn:VN").verdict()).isEqualTo(Verdict.PASS);
    Pcap publicNames = new Pcap().udp(CAMERA + ":5000>9.9.9.9:53", Pcap.dns("u.example.vn", ""));
    assertThat(declared(publicNames, false, "u.example.vn").reason().en())
        .contains("sends to udp 9.9.9.9:53");
  }

  @Test
  void ownWord_countsAgainstIt_neverForIt() throws Exception {
    Pcap fronted = hello(lookUp("u.example.vn", "203.0.113.5"), "203.0.113.5", "spy.example.com");
    Finding against = declared(fronted, false, "u.example.vn");
    assertThat(against.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(against.reason().en()).contains("for spy.example.com");
    Pcap claims = hello(new Pcap(), "198.51.100.9", "u.example.vn");
    Finding open = declared(claims, false, "u.example.vn");
    assertThat(open.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(open.reason().en()).contains("no look-up in the capture gave this address");
  }

  @Test
  void brokenOffCapture_neverPasses_andStillFails() throws Exception {
    byte[] whole = lookUp("u.example.vn", "203.0.113.5").raw(ByteOrder.BIG_ENDIAN);
    byte[] broken = Arrays.copyOf(whole, whole.length - 3);
    assertThat(look("egress.capture", broken, false, "u.example.vn").verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(look("egress.capture", broken, false).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void withoutACaptureADeclarationOrAPacket_isUnknown() throws Exception {
    assertThat(look("egress.capture", Egress.untold()).reason().en()).contains("--egress-capture");
    byte[] others =
        new Pcap().udp("192.168.1.9:1>9.9.9.9:53", new byte[20]).raw(ByteOrder.LITTLE_ENDIAN);
    assertThat(look("egress.capture", others, false).reason().en()).contains("holds no packet");
    byte[] text = "tcpdump: no suitable device".getBytes(StandardCharsets.US_ASCII);
    assertThat(look("egress.capture", text, false).reason().en())
        .contains("neither a pcap nor a pcapng");
    Path file =
        Files.write(
            folder.resolve("own.pcap"),
            hello(new Pcap(), "9.9.9.9", "x.vn").raw(ByteOrder.BIG_ENDIAN));
    Egress undeclared =
        new Egress(
            Optional.of(file),
            Egress.GIVEN,
            Optional.empty(),
            false,
            Optional.of(InetAddress.getByName(CAMERA)));
    Finding seen = look("egress.capture", undeclared);
    assertThat(seen.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(seen.reason().en()).contains("1 destinations, listed in the evidence");
  }

  @Test
  void clearText_fails_aBareRequestIsForAPerson_encryptedPasses() throws Exception {
    assertThat(clear("POST /x HTTP/1.1\r\nHost: u\r\n\r\n")).isEqualTo(Verdict.FAIL);
    assertThat(clear("GET /update.swu HTTP/1.1\r\nHost: u\r\n\r\n")).isEqualTo(Verdict.UNKNOWN);
    Pcap covered = hello(new Pcap(), "203.0.113.5", "u.example.vn");
    assertThat(look("egress.clear", covered.raw(ByteOrder.BIG_ENDIAN), false).verdict())
        .isEqualTo(Verdict.PASS);
    Pcap names = lookUp("u.example.vn", "203.0.113.5");
    assertThat(look("egress.clear", names.raw(ByteOrder.BIG_ENDIAN), false).verdict())
        .isEqualTo(Verdict.NOT_APPLICABLE);
  }

  private Verdict clear(String sent) throws Exception {
    String ends = CAMERA + ":40000>203.0.113.5:80";
    byte[] capture =
        new Pcap()
            .tcp(ends, Pcap.SYN, 9, new byte[0])
            .tcp(ends, Pcap.DATA, 10, sent.getBytes(StandardCharsets.US_ASCII))
            .raw(ByteOrder.BIG_ENDIAN);
    return look("egress.clear", capture, false).verdict();
  }
}
