// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.Talk;

/** Guided cuts of a subject that has nothing but a page. */
class CutChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

  private final List<String> asked = new ArrayList<>();
  private final Evidence evidence = new Evidence(List.of());
  private int port;
  private ServerSocket server;

  CutChecksTest() throws IOException {
    server = page(404);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** Answers whatever comes at once, so that nothing waits for it. */
  private ServerSocket page(int status) throws IOException {
    ServerSocket page = new ServerSocket();
    page.setReuseAddress(true);
    page.bind(new InetSocketAddress("127.0.0.1", port), 50);
    port = page.getLocalPort();
    Thread thread =
        new Thread(
            () -> {
              while (!page.isClosed()) {
                try {
                  Socket one = page.accept();
                  Thread talk = new Thread(() -> answer(one, status));
                  talk.setDaemon(true);
                  talk.start();
                } catch (IOException e) {
                  // The end: the page was taken away.
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return page;
  }

  private static void answer(Socket one, int status) {
    try (one) {
      if (one.getInputStream().read(new byte[8192]) > 0) {
        one.getOutputStream()
            .write(
                ("HTTP/1.1 " + status + " X\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
                    .getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // The caller went away, as a port scan does.
      Thread.yield();
    }
  }

  private Finding look(String check, Optional<Tester> tester) throws IOException {
    Reach reach = new Reach(InetAddress.getByName("127.0.0.1"), Limits.usual());
    Aids aids = new Aids(tester, List.of(), Optional.empty(), Duration.ofSeconds(60));
    Subject subject =
        new Subject(
            new Talk(reach),
            Discovery.look(reach, List.of(port)),
            Given.nothing().with(aids),
            evidence,
            new SecureRandom());
    return CutChecks.all().stream()
        .filter(c -> c.id().equals(check))
        .findFirst()
        .orElseThrow()
        .look(subject);
  }

  private Tester.Answer answer(Tester.Step step, String word) {
    asked.add(step.id());
    return new Tester.Answer("Lan", word, NOW, NOW.plusSeconds(7));
  }

  /** Someone who takes the page away, and brings it back with another status. */
  private Tester hands(int statusAfter, String local) {
    return step -> {
      switch (step.id()) {
        case "power.off", "network.off" -> server.close();
        case "network.local" -> {
          return answer(step, local);
        }
        default -> server = page(statusAfter);
      }
      return answer(step, Tester.DONE);
    };
  }

  @Test
  void withoutAPerson_isUnknown_andNamesTheStep() throws Exception {
    Finding seen = look("guided.power", Optional.empty());
    assertThat(seen.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(seen.reason().en()).contains("--guided", "Cut the camera's power");
  }

  @Test
  void leftOut_isUnknown_andNamesStepAndPerson() throws Exception {
    Finding seen = look("guided.power", Optional.of(step -> answer(step, Tester.SKIP)));
    assertThat(seen.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(seen.reason().en()).contains("power.off (skip, Lan)");
    assertThat(asked).containsExactly("power.off");
  }

  @Test
  void backAsBefore_passes_withWhoAnsweredWhatAsEvidence() throws Exception {
    Finding seen = look("guided.power", Optional.of(hands(404, "yes")));
    assertThat(seen.verdict()).isEqualTo(Verdict.PASS);
    String file = seen.evidence().get(0);
    assertThat(new String(evidence.files().get(file), StandardCharsets.UTF_8))
        .contains("ASKED power.off at " + NOW, "ANSWERED done by Lan at " + NOW.plusSeconds(7));
  }

  @Test
  void backWithSomethingOpen_orNothingDoneMeanwhile_fails() throws Exception {
    Finding open = look("guided.network", Optional.of(hands(200, "yes")));
    assertThat(open.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(open.reason().en()).contains("plain.http fails now");
    Finding idle = look("guided.network", Optional.of(hands(200, "no")));
    assertThat(idle.reason().en()).contains("stops its local functions");
  }
}
