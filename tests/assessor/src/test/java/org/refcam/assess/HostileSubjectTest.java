// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.check.Given;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.report.Assessment;
import org.refcam.assess.report.Page;
import org.refcam.assess.report.ReportJson;

/**
 * Subjects that fight back: the run ends, no fault of the assessor's shows, nobody else is spoken
 * to.
 */
class HostileSubjectTest {
  private interface Attack {
    void answer(OutputStream out) throws Exception;
  }

  /** Serves one attack on 127.0.0.1, and counts who comes to 127.0.0.9. */
  private static final class Hostile implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final ServerSocket elsewhere = new ServerSocket();
    final AtomicInteger strayed = new AtomicInteger();

    Hostile(java.util.function.Function<Integer, Attack> attack) throws IOException {
      server.bind(new InetSocketAddress("127.0.0.1", 0), 200);
      elsewhere.bind(new InetSocketAddress("127.0.0.9", 0));
      serve(elsewhere, out -> strayed.incrementAndGet());
      serve(server, attack.apply(elsewhere.getLocalPort()));
    }

    private static void serve(ServerSocket on, Attack attack) {
      Thread thread =
          new Thread(
              () -> {
                while (!on.isClosed()) {
                  try {
                    Socket one = on.accept();
                    Thread talk = new Thread(() -> talk(one, attack));
                    talk.setDaemon(true);
                    talk.start();
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    private static void talk(Socket one, Attack attack) {
      try (one) {
        one.setSoTimeout(300);
        byte[] some = new byte[256];
        int count = one.getInputStream().read(some);
        if (count > 0) {
          attack.answer(one.getOutputStream());
        }
      } catch (Exception e) {
        // The assessor hung up, as it should.
        return;
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      elsewhere.close();
    }
  }

  private static void survives(java.util.function.Function<Integer, Attack> attack)
      throws Exception {
    Catalogue catalogue = Catalogue.read();
    try (Hostile hostile = new Hostile(attack)) {
      Limits limits =
          new Limits(
              Duration.ofSeconds(12),
              Duration.ofMillis(400),
              Duration.ofSeconds(2),
              2000,
              32 << 20,
              64 << 10);
      long begin = System.nanoTime();
      Assessment seen =
          new Assessor(catalogue, new SecureRandom(), line -> {})
              .assess(
                  InetAddress.getByName("127.0.0.1"),
                  List.of(hostile.server.getLocalPort()),
                  patient(),
                  limits,
                  Profile.ALL,
                  Set.of());
      long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      assertThat(seconds).as("a generous bound: it ends at all").isLessThan(90);
      assertThat(seen.run().selfErrors()).isZero();
      assertThat(seen.run().bytesRead()).isLessThanOrEqualTo(33L << 20);
      assertThat(hostile.strayed).as("connections to an address that nobody named").hasValue(0);
      assertThat(ReportJson.bytes(seen)).isNotEmpty();
      assertThat(new String(Page.bytes(seen, catalogue, "vi"), StandardCharsets.UTF_8))
          .doesNotContain("<script")
          .doesNotContain("<img");
      assertThat(seen.count(Verdict.UNKNOWN)).isPositive();
    }
  }

  private static Given patient() {
    Given none = Given.nothing();
    return new Given(
        none.person(),
        none.label(),
        false,
        List.of(),
        none.egress(),
        none.medium(),
        List.of(),
        none.otherUnit(),
        "",
        Duration.ZERO,
        Given.KEY_SPACE);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void endlessAnswer() throws Exception {
    survives(
        port ->
            out -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"));
              byte[] block = ascii("<script>x</script>".repeat(500));
              while (true) {
                out.write(block);
              }
            });
  }

  @Test
  void slowBytes() throws Exception {
    survives(
        port ->
            out -> {
              for (byte one :
                  ascii("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(1000))) {
                out.write(one);
                out.flush();
                Thread.sleep(60);
              }
            });
  }

  @Test
  void redirectsElsewhere() throws Exception {
    survives(
        port ->
            out -> {
              String there = "://127.0.0.9:" + port + "/";
              out.write(
                  ascii(
                      "HTTP/1.1 302 Found\r\nLocation: http"
                          + there
                          + "\r\nContent-Location: http"
                          + there
                          + "\r\nRefresh: 0; url=http"
                          + there
                          + "\r\nContent-Length: 0\r\n\r\n"));
            });
  }

  @Test
  void descriptionOfAnotherServer_isNotFollowed() throws Exception {
    survives(
        port ->
            out -> {
              String api =
                  "{\"servers\":[{\"url\":\"http://127.0.0.9:"
                      + port
                      + "/api\"}],\"paths\":{\"//127.0.0.9:"
                      + port
                      + "/x\":{\"get\":{},\"delete\":{}},\"/session\":{\"post\":{\"security\":[]}},\"/a\\r\\nHost: x\":{\"get\":{}}}}";
              out.write(
                  ascii(
                      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                          + api.length()
                          + "\r\n\r\n"
                          + api));
            });
  }

  @Test
  void nestedAndMarkedUp() throws Exception {
    survives(
        port ->
            out -> {
              String body =
                  "[".repeat(30_000) + "<img src=x onerror=alert(1)><script>alert(1)</script>";
              out.write(
                  ascii(
                      "HTTP/1.1 200 <script>alert(1)</script>\r\nServer: <script>x</script>/1.2.3\r\nContent-Length: "
                          + body.length()
                          + "\r\n\r\n"
                          + body));
            });
  }

  @Test
  void malformedEverything() throws Exception {
    Random random = new Random(11);
    survives(
        port ->
            out -> {
              byte[] junk = new byte[3000];
              synchronized (random) {
                random.nextBytes(junk);
              }
              List<String> starts =
                  List.of(
                      "",
                      "HTTP/1.1 ",
                      "HTTP/1.1 999 x\r\n",
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                      "HTTP/1.1 401 x\r\nWWW-Authenticate: Digest realm=\"" + "a".repeat(9000),
                      "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
                      "\u0016\u0003\u0003\u0000\u0040\u0002",
                      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n");
              out.write(ascii(starts.get(Math.floorMod(junk[0], starts.size()))));
              out.write(junk);
            });
  }
}
