// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.Talk;

/** One subject at 127.0.0.1 and at ::1. */
class FamilyCheckTest {
  @BeforeAll
  static void needsIpv6() {
    try (ServerSocket any = listen("::1", 0)) {
      assertThat(any.getLocalPort()).isPositive();
    } catch (IOException e) {
      assumeTrue(false, "skipped: this machine has no ::1");
    }
  }

  private static ServerSocket listen(String address, int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(address, port), 50);
    return server;
  }

  private static Finding look(List<Integer> ports, String first, Optional<String> other)
      throws IOException {
    Optional<InetAddress> second =
        other.isPresent() ? Optional.of(InetAddress.getByName(other.get())) : Optional.empty();
    Reach reach = new Reach(InetAddress.getByName(first), second, Limits.usual());
    Evidence evidence = new Evidence(List.of());
    Subject subject =
        new Subject(
            new Talk(reach),
            Discovery.look(reach, ports),
            Given.nothing(),
            evidence,
            new SecureRandom());
    return FamilyCheck.look(subject, new Notes("ports.families", evidence));
  }

  @Test
  void samePortsAtBoth_pass_ipv6Only_fails_ipv4Only_doesNot() throws Exception {
    try (ServerSocket four = closing("127.0.0.1", 0);
        ServerSocket six = closing("::1", four.getLocalPort());
        ServerSocket fourOnly = closing("127.0.0.1", 0)) {
      List<Integer> ports = List.of(four.getLocalPort(), fourOnly.getLocalPort());
      assertThat(look(ports, "127.0.0.1", Optional.of("::1")).verdict()).isEqualTo(Verdict.PASS);
      assertThat(look(ports, "127.0.0.1", Optional.empty()).verdict()).isEqualTo(Verdict.UNKNOWN);
      try (ServerSocket sixOnly = closing("::1", 0)) {
        List<Integer> more = List.of(four.getLocalPort(), sixOnly.getLocalPort());
        String wanted = "tcp:" + sixOnly.getLocalPort() + " is open over IPv6 only";
        Finding seen = look(more, "127.0.0.1", Optional.of("::1"));
        assertThat(seen.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(seen.reason().en()).contains(wanted);
        assertThat(look(more, "::1", Optional.of("127.0.0.1")).reason().en()).contains(wanted);
        assertThat(six.isClosed()).isFalse();
      }
    }
  }

  /** A port that says nothing and ends each connection at once. */
  private static ServerSocket closing(String address, int port) throws IOException {
    ServerSocket server = listen(address, port);
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  server.accept().close();
                } catch (IOException e) {
                  // The end: the test closed it.
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
