// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.Assessor;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Given;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.report.Assessment;
import org.refcam.tests.harness.CameraProcess;

/** Servers that are not ours get verdicts of their own. */
class OthersSystemTest {
  /** The smallest JPEG that starts and ends like one. */
  private static final byte[] JPEG =
      HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000ffd9");

  @TempDir Path folder;

  static Map<String, Verdict> assess(int port) throws IOException {
    Given none = Given.nothing();
    Given given =
        new Given(
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
    Assessment seen =
        new Assessor(Catalogue.read(), new SecureRandom(), line -> {})
            .assess(
                InetAddress.getByName("127.0.0.1"),
                List.of(port),
                given,
                Limits.usual().within(Duration.ofMinutes(3), Duration.ofSeconds(5)),
                Profile.ALL,
                Set.of());
    assertThat(seen.run().selfErrors()).isZero();
    return seen.findings().stream().collect(Collectors.toMap(Finding::check, Finding::verdict));
  }

  static void say(String name, Map<String, Verdict> seen) {
    System.out.println(name + ": " + new java.util.TreeMap<>(seen));
  }

  static void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(Arrays.toString(command)).isTrue();
    assertThat(process.exitValue()).as(Arrays.toString(command)).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port) throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("nothing listens on " + port);
  }

  @Test
  void gstreamerRtspServerWithoutPassword() throws Exception {
    Path film = folder.resolve("film.mp4");
    run(
        "ffmpeg",
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=160x120:rate=5:duration=2",
        "-c:v",
        "libx264",
        "-y",
        film.toString());
    Path program = folder.resolve("gst_server");
    String source =
        CameraProcess.repository().resolve("tests/benches/peers/gst_server.c").toString();
    run(
        "sh",
        "-c",
        "gcc -O1 -o "
            + program
            + " "
            + source
            + " $(pkg-config --cflags --libs gstreamer-rtsp-server-1.0 gio-2.0)");
    Process server =
        new ProcessBuilder(program.toString(), film.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(String.valueOf(out.readLine()).replace("READY ", ""));
      Map<String, Verdict> seen = assess(port);
      say("GStreamer", seen);
      assertThat(seen)
          .containsEntry("anon.rtsp", Verdict.FAIL)
          .containsEntry("plain.rtsp", Verdict.FAIL)
          .containsEntry("tls.versions", Verdict.NOT_APPLICABLE)
          .containsEntry("plain.http", Verdict.NOT_APPLICABLE)
          .containsEntry("creds.default", Verdict.NOT_APPLICABLE)
          .containsEntry("guess.limit", Verdict.NOT_APPLICABLE);
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void pythonFileServerWithAPicture() throws Exception {
    Files.write(folder.resolve("snapshot.jpg"), JPEG);
    Files.writeString(
        folder.resolve("config.json"), "{\"wifi\": {\"password\": \"thu-do-ha-noi\"}}");
    int port = freePort();
    Process server =
        new ProcessBuilder(
                "python3",
                "-m",
                "http.server",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--directory",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await(port);
      Map<String, Verdict> seen = assess(port);
      say("Python", seen);
      assertThat(seen)
          .containsEntry("plain.http", Verdict.FAIL)
          .containsEntry("anon.snapshot", Verdict.FAIL)
          .containsEntry("anon.rest", Verdict.FAIL)
          .containsEntry("disclose.banner", Verdict.FAIL)
          .containsEntry("anon.rtsp", Verdict.NOT_APPLICABLE)
          .containsEntry("input.traversal", Verdict.PASS);
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void opensslServerWithAWeakKey() throws Exception {
    Files.write(folder.resolve("snapshot.jpg"), JPEG);
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:1024",
        "-nodes",
        "-subj",
        "/CN=camera",
        "-days",
        "30",
        "-keyout",
        folder.resolve("key.pem").toString(),
        "-out",
        folder.resolve("cert.pem").toString());
    int port = freePort();
    Process server =
        new ProcessBuilder(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-WWW",
                "-quiet",
                "-key",
                "key.pem",
                "-cert",
                "cert.pem",
                "-cipher",
                "ALL:COMPLEMENTOFALL:@SECLEVEL=0")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await(port);
      Map<String, Verdict> seen = assess(port);
      say("OpenSSL", seen);
      assertThat(seen)
          .containsEntry("tls.key", Verdict.FAIL)
          .containsEntry("tls.suites", Verdict.FAIL)
          .containsEntry("anon.snapshot", Verdict.FAIL)
          .containsEntry("plain.http", Verdict.PASS)
          .containsEntry("anon.rtsp", Verdict.NOT_APPLICABLE);
    } finally {
      server.destroyForcibly();
    }
  }
}
