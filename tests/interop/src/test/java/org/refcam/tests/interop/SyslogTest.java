// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** Debian's syslog-ng receives the audit log over TLS and takes its structured data apart. */
class SyslogTest {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final String CONFIGURATION =
      """
      @version: %s
      source camera {
        syslog(ip("127.0.0.1") port(%d) transport("tls") keep-hostname(yes)
          tls(key-file("%s/key.pem") cert-file("%s/cert.pem") peer-verify(optional-untrusted)));
      };
      destination file {
        file("%s/received" template("$FACILITY_NUM $LEVEL $HOST $PROGRAM $MSGID ${.SDATA.refcam@32473.chain} ${.SDATA.refcam@32473.sequence} $MSG\\n"));
      };
      log { source(camera); destination(file); };
      """;

  @TempDir Path directory;

  @Test
  void syslogNg_receivesEveryRecord_fromAPinnedAndACheckedReceiver() throws Exception {
    int port = freePort();
    makeCertificate();
    Process receiver = receiver(port);
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Map<String, Object> forwarding = new HashMap<>();
      forwarding.put("enabled", true);
      forwarding.put("host", "127.0.0.1");
      forwarding.put("port", port);
      forwarding.put("country", "VN");
      forwarding.put("certificateSha256", fingerprint());
      assertThat(put(owner, forwarding).status()).isEqualTo(200);
      owner.createClient("first", "viewer");
      String line = await("client_created");
      assertThat(line)
          .contains("13 notice refcam-", " refcam client_created changes ")
          .contains("\"type\":\"client_created\"", "\"name\":\"first\"");

      forwarding.put("certificateSha256", "");
      forwarding.put("caCertificate", Files.readString(directory.resolve("cert.pem")));
      assertThat(put(owner, forwarding).status()).isEqualTo(200);
      owner.createClient("second", "viewer");
      await("\"name\":\"second\"");

      forwarding.put("caCertificate", "");
      forwarding.put("certificateSha256", "0".repeat(64));
      assertThat(put(owner, forwarding).status()).isEqualTo(200);
      long give = System.nanoTime() + WAIT.toNanos();
      String log = "";
      while (!log.contains("failed") && System.nanoTime() < give) {
        CameraProcess.pause(Duration.ofMillis(200));
        log = owner.get("audit?type=forwarding").json().toString();
      }
      assertThat(log).as("the wrong receiver is audited").contains("failed", "127.0.0.1");
    } finally {
      receiver.destroy();
      receiver.waitFor();
    }
  }

  private static Rest.Answer put(Rest owner, Map<String, Object> forwarding) throws IOException {
    return owner.put("audit/settings", Map.of("optOut", false, "forwarding", forwarding));
  }

  private String await(String text) throws IOException {
    Path received = directory.resolve("received");
    long give = System.nanoTime() + WAIT.toNanos();
    String all = "";
    while (!all.contains(text) && System.nanoTime() < give) {
      CameraProcess.pause(Duration.ofMillis(100));
      all = Files.exists(received) ? Files.readString(received) : "";
    }
    assertThat(all).contains(text);
    return all.lines().filter(line -> line.contains(text)).findFirst().orElseThrow();
  }

  private void makeCertificate() throws IOException {
    Tool.Result made =
        Tool.run(
            Duration.ofSeconds(20),
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=receiver",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-out",
                directory.resolve("cert.pem").toString()));
    assertThat(made.exit()).as(made.err()).isZero();
  }

  private String fingerprint() throws IOException {
    Tool.Result shown =
        Tool.run(
            Duration.ofSeconds(20),
            List.of(
                "openssl",
                "x509",
                "-noout",
                "-fingerprint",
                "-sha256",
                "-in",
                directory.resolve("cert.pem").toString()));
    return shown.out().strip().replaceAll(".*=", ""); // with its colons, as people paste it
  }

  private Process receiver(int port) throws IOException, InterruptedException {
    Tool.Result version = Tool.run(Duration.ofSeconds(20), List.of("syslog-ng", "--version"));
    String number = version.out().replaceAll("(?s).*?(\\d+\\.\\d+).*", "$1");
    Path configuration = directory.resolve("syslog-ng.conf");
    String text = CONFIGURATION.formatted(number, port, directory, directory, directory);
    Files.writeString(configuration, text, StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder(
                "syslog-ng",
                "-F",
                "--no-caps",
                "-f",
                configuration.toString(),
                "-R",
                directory.resolve("persist").toString(),
                "-p",
                directory.resolve("pid").toString(),
                "-c",
                directory.resolve("control").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("syslog-ng.out").toFile())
            .start();
    long give = System.nanoTime() + WAIT.toNanos();
    boolean open = false;
    while (!open && process.isAlive() && System.nanoTime() < give) {
      Thread.sleep(100);
      open = answers(port);
    }
    assertThat(open).as(Files.readString(directory.resolve("syslog-ng.out"))).isTrue();
    return process;
  }

  private static boolean answers(int port) {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
