// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  private static final String PROBE =
      """
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
       xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header>
      <a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>
      <a:MessageID>urn:uuid:1&amp;2</a:MessageID>
      <a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body>
      <d:Probe xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">
      <d:Types xmlns:dn="http://www.onvif.org/ver10/network/wsdl">dn:NetworkVideoTransmitter</d:Types>
      SCOPES</d:Probe></s:Body></s:Envelope>""";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path data;

  private static Optional<String> ask(int port, String probe) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      socket.setSoTimeout(700);
      byte[] bytes = probe.getBytes(StandardCharsets.UTF_8);
      socket.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, port));
      DatagramPacket answer = new DatagramPacket(new byte[65_000], 65_000);
      socket.receive(answer);
      return Optional.of(
          new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  @Test
  @DisplayName("INV-ONVIF-5 silent until discoverable, then few answers a second, none far away")
  void probe_answeredOnlyWhenDiscoverableAndSeldom() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      int port = freePort();
      AtomicBoolean on = new AtomicBoolean();
      try (DiscoveryResponder responder =
          new DiscoveryResponder(
              camera.device, on::get, LOOPBACK, port, camera.clock, new SecureRandom())) {
        responder.start();
        assertThat(ask(port, PROBE)).isEmpty();
        on.set(true);
        int answers = 0;
        for (int i = 0; i < ProbeLimiter.MOST_PER_ADDRESS + 3; i++) {
          Optional<String> answer = ask(port, PROBE);
          if (answer.isPresent()) {
            answers++;
            assertThat(answer.get())
                .contains("ProbeMatches")
                .contains("<a:RelatesTo>urn:uuid:1&amp;2</a:RelatesTo>")
                .contains("https://127.0.0.1:8443/onvif/device_service")
                .contains("onvif://www.onvif.org/hardware/Test%20%26%20board");
          }
        }
        assertThat(answers).isEqualTo(ProbeLimiter.MOST_PER_ADDRESS); // the test's clock stands
      }
    }
    InetAddress ours = InetAddress.getByName("192.168.1.5");
    assertThat(DiscoveryResponder.samePrefix(ours, InetAddress.getByName("192.168.1.77"), 24))
        .isTrue();
    assertThat(DiscoveryResponder.samePrefix(ours, InetAddress.getByName("203.0.113.9"), 24))
        .isFalse();
  }

  @Test
  void probe_otherScopeOrGarbage_silence() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      int port = freePort();
      try (DiscoveryResponder responder =
          new DiscoveryResponder(
              camera.device, () -> true, LOOPBACK, port, camera.clock, new SecureRandom())) {
        responder.start();
        String other = "<d:Scopes>onvif://www.onvif.org/hardware/another</d:Scopes>";
        assertThat(ask(port, PROBE.replace("SCOPES", other))).isEmpty();
        assertThat(ask(port, "garbage")).isEmpty();
        String ours = "<d:Scopes>onvif://www.onvif.org/Profile</d:Scopes>";
        assertThat(ask(port, PROBE.replace("SCOPES", ours))).isPresent();
      }
    }
  }
}
