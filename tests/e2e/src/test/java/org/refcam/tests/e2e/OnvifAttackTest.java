// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/**
 * Hostile XML at /onvif while somebody watches: each attack is refused by an answer, the watcher
 * misses no packet, and the camera's memory stays bounded. Answers are bounded in time loosely, for
 * a machine that does other things too.
 */
final class OnvifAttackTest {
  private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
  private static final int ANSWER_WITHIN_MILLIS = 40_000;

  /** As in {@link BadInputTest}. */
  private static final long RESIDENT_MAX_KIB = (96 + 64 + 140) * 1024;

  private static CameraProcess camera;

  /** The common pool has one thread on two processors. */
  private static final ExecutorService threads = Executors.newCachedThreadPool();

  private static Rest.Credentials viewer;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger pictures = new AtomicInteger();
  private CompletableFuture<Integer> lost = new CompletableFuture<>();

  @BeforeAll
  static void start() throws IOException {
    camera = CameraProcess.start(List.of("--source", "test"));
    viewer = camera.setUp().createClient("bystander", "viewer");
  }

  @AfterAll
  static void stop() {
    camera.close();
    threads.shutdownNow();
  }

  /** Somebody watches from before the attack to after it. */
  @BeforeEach
  void watch() throws Exception {
    lost = CompletableFuture.supplyAsync(this::watching, threads);
    while (pictures.get() == 0 && !lost.isDone()) {
      CameraProcess.pause(Duration.ofMillis(50));
    }
  }

  private int watching() {
    int missing = 0;
    int expected = -1;
    try (RtspClient bystander = camera.rtsp().as(viewer).play("main")) {
      while (!over.get()) {
        RtspClient.Packet packet = bystander.readPacket();
        if (packet.channel() == 0) {
          byte[] bytes = packet.bytes();
          int sequence = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
          missing += expected < 0 ? 0 : sequence - expected & 0xFFFF;
          expected = sequence + 1 & 0xFFFF;
        }
        pictures.addAndGet(packet.endsAccessUnit() ? 1 : 0);
      }
      return missing;
    } catch (IOException e) {
      throw new IllegalStateException("the bystander lost the stream", e);
    }
  }

  @AfterEach
  void watcherMissedNothing() throws Exception {
    int before = pictures.get();
    CameraProcess.pause(Duration.ofSeconds(1));
    over.set(true);
    assertThat(lost.get(30, TimeUnit.SECONDS)).as("packets that the bystander missed").isZero();
    assertThat(pictures.get()).as("pictures go on").isGreaterThan(before);
    assertThat(camera.residentKib()).isLessThan(RESIDENT_MAX_KIB);
    assertThat(status(post(envelope("", "<GetSystemDateAndTime xmlns='" + DEVICE + "'/>"))))
        .isEqualTo(200);
  }

  private static String envelope(String doctype, String body) {
    return doctype
        + "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>"
        + body
        + "</s:Body></s:Envelope>";
  }

  private static Socket connect() throws IOException {
    Socket socket =
        camera.tls().getSocketFactory().createSocket("127.0.0.1", camera.https().getPort());
    socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
    return socket;
  }

  private static String head(String length) {
    return "POST /onvif/device_service HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        + "Content-Type: application/soap+xml; charset=utf-8\r\n"
        + length
        + "\r\n\r\n";
  }

  private static String post(String xml) throws IOException {
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Content-Length: " + body.length).getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      return read(socket);
    }
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(64 * 1024), StandardCharsets.UTF_8);
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static void assertRefused(String answer) {
    assertThat(status(answer)).as(answer).isEqualTo(400);
    assertThat(answer).contains("ter:WellFormed").doesNotContain("Exception", "root:", "\tat ");
  }

  @Test
  void billionLaughs_isRefused() throws IOException {
    StringBuilder doctype = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 'ha'>");
    for (int i = 1; i < 30; i++) {
      doctype.append("<!ENTITY l").append(i).append(" '");
      doctype.append(("&l" + (i - 1) + ";").repeat(10)).append("'>");
    }
    for (int round = 0; round < 5; round++) {
      assertRefused(
          post(
              envelope(doctype + "]>", "<GetHostname xmlns='" + DEVICE + "'>&l29;</GetHostname>")));
    }
  }

  @Test
  void externalEntity_isRefused_nothingIsFetched() throws Exception {
    try (ServerSocket bait = new ServerSocket(0)) {
      String url = "http://127.0.0.1:" + bait.getLocalPort() + "/x.dtd";
      for (String doctype :
          List.of(
              "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
              "<!DOCTYPE a [<!ENTITY x SYSTEM '" + url + "'>]>",
              "<!DOCTYPE a SYSTEM '" + url + "'>",
              "<!DOCTYPE a [<!ENTITY % x SYSTEM '" + url + "'> %x;]>")) {
        assertRefused(
            post(envelope(doctype, "<GetHostname xmlns='" + DEVICE + "'>&x;</GetHostname>")));
      }
      bait.setSoTimeout(500);
      assertThatThrownBy(bait::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void tenThousandDeep_isRefused() throws IOException {
    assertRefused(post(envelope("", "<a>".repeat(10_000)))); // 64 KiB hold no closing tags too
    assertRefused(post(envelope("", "<a>".repeat(9_000) + "</a>".repeat(9_000))));
  }

  @Test
  void hundredMegabytes_areRefusedEarly() throws IOException {
    for (String length : List.of("Content-Length: 104857600", "Transfer-Encoding: chunked")) {
      try (Socket socket = connect()) {
        OutputStream out = socket.getOutputStream();
        out.write(head(length).getBytes(StandardCharsets.US_ASCII));
        byte[] part = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        boolean chunked = length.contains("chunked");
        int sent = 0;
        try {
          for (; sent < 1_600; sent++) {
            if (chunked) {
              out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write(part);
            if (chunked) {
              out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            if (socket.getInputStream().available() > 0) {
              break;
            }
          }
        } catch (SocketException stopped) {
          continue; // the camera hung up on the rest; its answer may be lost with it
        }
        assertThat(status(read(socket))).isEqualTo(413);
        assertThat(sent).as("64 KiB parts until the answer").isLessThan(1_600);
      }
    }
  }

  @Test
  void slowBody_isGivenUp() throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Content-Length: 900").getBytes(StandardCharsets.US_ASCII));
      CompletableFuture<Void> drip =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 300; i++) {
                    out.write('<');
                    out.flush();
                    CameraProcess.pause(Duration.ofMillis(200));
                  }
                } catch (IOException stopped) {
                  // what is expected: the camera hung up
                }
              },
              threads);
      assertThat(status(read(socket))).isEqualTo(408);
      drip.get(90, TimeUnit.SECONDS);
    }
  }
}
