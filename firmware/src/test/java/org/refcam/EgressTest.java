// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.refcam.egress.OnePolicy.LIMITS;
import static org.refcam.egress.OnePolicy.footage;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.egress.EgressEvent.Kind;
import org.refcam.egress.EgressRefusedException.Reason;

class EgressTest {
  private static final Actor OWNER = new Actor("owner", "192.168.1.5");
  private OnePolicy one;

  @BeforeEach
  void open() throws IOException {
    one = new OnePolicy(true);
  }

  @AfterEach
  void close() {
    one.close();
  }

  @Test
  @DisplayName("INV-EGRESS-1 nothing is called that was not declared for the purpose")
  void connect_notDeclared_refusedBeforeAnyLookup() throws IOException {
    one.egress.add(footage("s3.example.vn", 443, "VN", false), OWNER);
    assertRefused("elsewhere.vn", 443, Purpose.FOOTAGE, Reason.NOT_ALLOWED);
    assertRefused("s3.example.vn", 22, Purpose.FOOTAGE, Reason.NOT_ALLOWED);
    assertRefused("s3.example.vn", 443, Purpose.LOG, Reason.NOT_ALLOWED);
    assertThat(one.lookups).isEmpty();
    assertThat(kinds())
        .containsExactly(Kind.DESTINATION_ADDED, Kind.REFUSED, Kind.REFUSED, Kind.REFUSED);
    assertThat(one.events.get(1).details())
        .containsEntry("host", "elsewhere.vn")
        .containsEntry("reason", "not_allowed");
  }

  @Test
  void connect_refusedAgainAndAgain_recordedOnce() {
    for (int i = 0; i < 100; i++) {
      assertRefused("elsewhere.vn", 443, Purpose.FOOTAGE, Reason.NOT_ALLOWED);
    }
    assertThat(one.events).hasSize(1);
  }

  @Test
  @DisplayName("INV-EGRESS-2 footage and logs stay in Viet Nam while the switch is on")
  void vietNamOnly_declaredElsewhere_refusedAndRecorded() throws IOException {
    assertThatThrownBy(() -> one.egress.add(footage("s3.example.sg", 443, "SG", false), OWNER))
        .isInstanceOfSatisfying(
            EgressRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.OUTSIDE_VIET_NAM));
    assertThat(one.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(Kind.REFUSED);
              assertThat(event.actor()).isEqualTo("owner");
              assertThat(event.details())
                  .containsEntry("country", "SG")
                  .containsEntry("reason", "outside_viet_nam");
            });
    // no personal data: a certificate authority abroad may be called
    one.egress.add(
        new Destination("est.example.sg", 443, Purpose.CERTIFICATE, "SG", false, Trust.PLATFORM),
        OWNER);
    assertThat(one.egress.require("est.example.sg", 443, Purpose.CERTIFICATE).country())
        .isEqualTo("SG");
  }

  @Test
  void vietNamOnly_turnedOnLater_stopsWhatWasAllowed() throws IOException {
    one.egress.vietNamOnly(false, OWNER);
    one.egress.add(footage("s3.example.sg", 443, "SG", false), OWNER);
    one.egress.require("s3.example.sg", 443, Purpose.FOOTAGE);
    one.egress.vietNamOnly(true, OWNER);
    assertRefused("s3.example.sg", 443, Purpose.FOOTAGE, Reason.OUTSIDE_VIET_NAM);
    assertThat(one.egress.destinations())
        .singleElement()
        .satisfies(l -> assertThat(l.objection()).contains(Reason.OUTSIDE_VIET_NAM));
    assertThat(kinds())
        .containsExactly(
            Kind.VIET_NAM_ONLY_OFF, Kind.DESTINATION_ADDED, Kind.VIET_NAM_ONLY_ON, Kind.REFUSED);
  }

  @Test
  void vietNamOnly_undeclaredCountry_countsAsElsewhere() {
    one.egress.declare(
        "logging",
        List.of(new Destination("log.lan", 6514, Purpose.LOG, Destination.UNDECLARED, true, null)),
        Optional.empty());
    assertRefused("log.lan", 6514, Purpose.LOG, Reason.OUTSIDE_VIET_NAM);
  }

  @Test
  @DisplayName("INV-EGRESS-3 a name that leads to a private address is not called")
  void connect_nameRebound_refusedWhateverElseItNames() throws IOException {
    one.egress.add(footage("s3.example.vn", 443, "VN", false), OWNER);
    one.names.put(
        "s3.example.vn",
        List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1")));
    assertRefused("s3.example.vn", 443, Purpose.FOOTAGE, Reason.ADDRESS_NOT_PUBLIC);
    one.names.put("s3.example.vn", List.of(InetAddress.getByName("::ffff:10.0.0.1")));
    assertRefused("s3.example.vn", 443, Purpose.FOOTAGE, Reason.ADDRESS_NOT_PUBLIC);
    one.egress.add(footage("nas.lan", 443, "VN", true), OWNER);
    one.names.put("nas.lan", List.of(InetAddress.getByName("8.8.8.8")));
    assertRefused("nas.lan", 443, Purpose.FOOTAGE, Reason.ADDRESS_NOT_LOCAL);
  }

  @Test
  void connect_localDestination_oneLookupAndTheBytesOfThePeer() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      one.names.put("nas.lan", List.of(InetAddress.getLoopbackAddress()));
      one.egress.add(footage("nas.lan", server.getLocalPort(), "VN", true), OWNER);
      try (EgressConnection connection =
              one.egress.connect("nas.lan", server.getLocalPort(), Purpose.FOOTAGE, LIMITS);
          Socket peer = server.accept()) {
        peer.getOutputStream().write("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(connection.input().readNBytes(5)).asString().isEqualTo("hello");
      }
      assertThat(one.lookups).containsExactly("nas.lan");
    }
  }

  @Test
  @DisplayName("INV-EGRESS-4 a peer that stalls, trickles or never ends is left")
  void connect_uselessPeer_endsByItself() throws IOException {
    Duration shortly = Duration.ofMillis(300);
    Duration ample = Duration.ofSeconds(60);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      one.egress.add(footage("127.0.0.1", port, "VN", true), OWNER);
      Limits silent = new Limits(ample, shortly, ample, 1 << 20);
      try (EgressConnection c = one.egress.connect("127.0.0.1", port, Purpose.FOOTAGE, silent);
          Socket peer = server.accept()) {
        assertThat(peer.isConnected()).isTrue();
        assertThatThrownBy(() -> c.input().read()).isInstanceOf(IOException.class);
      }
      Limits whole = new Limits(ample, ample, shortly, 1 << 20);
      try (EgressConnection c = one.egress.connect("127.0.0.1", port, Purpose.FOOTAGE, whole);
          Socket peer = server.accept()) {
        assertThat(peer.isConnected()).isTrue();
        assertThatThrownBy(() -> c.input().read()).isInstanceOf(IOException.class);
        // nobody reads: the writer would wait for ever
        assertThatThrownBy(() -> writeWithoutEnd(c)).isInstanceOf(IOException.class);
      }
      Limits few = new Limits(ample, ample, ample, 1000);
      try (EgressConnection c = one.egress.connect("127.0.0.1", port, Purpose.FOOTAGE, few);
          Socket peer = server.accept()) {
        peer.getOutputStream().write(new byte[5000]);
        InputStream in = c.input();
        assertThatThrownBy(in::readAllBytes).hasMessageContaining("more than it may");
        assertThatThrownBy(in::read).hasMessageContaining("more than it may");
      }
    }
  }

  @Test
  void add_seventeenth_refused_andSameAgainReplaces() throws IOException {
    for (int i = 0; i < EgressPolicy.MOST; i++) {
      one.egress.add(footage("host" + i + ".vn", 443, "VN", false), OWNER);
    }
    one.egress.add(footage("host0.vn", 443, "VN", true), OWNER);
    assertThat(one.egress.destinations()).hasSize(EgressPolicy.MOST);
    assertThatThrownBy(() -> one.egress.add(footage("more.vn", 443, "VN", false), OWNER))
        .isInstanceOfSatisfying(
            EgressRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY));
    assertThat(one.egress.remove("footage:host0.vn:443", OWNER)).isTrue();
    assertThat(one.egress.remove("footage:host0.vn:443", OWNER)).isFalse();
    assertRefused("host0.vn", 443, Purpose.FOOTAGE, Reason.NOT_ALLOWED);
  }

  @Test
  void declare_changedSetting_recordsTheDifference() {
    Destination log = new Destination("log.vn", 6514, Purpose.LOG, "VN", false, null);
    one.egress.declare("logging", List.of(log), Optional.empty());
    assertThat(one.events).isEmpty();
    one.egress.declare("logging", List.of(), Optional.of(OWNER));
    one.egress.declare("logging", List.of(log), Optional.of(OWNER));
    assertThat(kinds()).containsExactly(Kind.DESTINATION_REMOVED, Kind.DESTINATION_ADDED);
  }

  private static void writeWithoutEnd(EgressConnection connection) throws IOException {
    byte[] piece = new byte[1 << 16];
    while (true) {
      connection.output().write(piece);
    }
  }

  private List<Kind> kinds() {
    return one.events.stream().map(EgressEvent::kind).toList();
  }

  private void assertRefused(String host, int port, Purpose purpose, Reason reason) {
    assertThatThrownBy(() -> one.egress.connect(host, port, purpose, LIMITS))
        .isInstanceOfSatisfying(
            EgressRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
