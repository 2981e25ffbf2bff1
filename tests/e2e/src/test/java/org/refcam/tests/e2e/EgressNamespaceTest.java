// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;

/** A running camera in a network of its own, in which the kernel counts what it would send. */
class EgressNamespaceTest {
  private static final String ALLOWED = "10.99.9.2";
  private static final String OTHER = "10.99.9.3";
  private static final Duration WATCHED = Duration.ofSeconds(15);

  @TempDir Path directory;
  private String namespace = "";

  @BeforeEach
  void network() throws IOException {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    namespace = "refcam" + ProcessHandle.current().pid();
    Recorded.run("ip", "netns", "add", namespace);
    inside("ip", "link", "set", "lo", "up");
    inside("ip", "link", "add", "out0", "type", "veth", "peer", "name", "out1");
    inside("ip", "link", "set", "out1", "up");
    inside("ip", "addr", "add", "10.99.9.1/24", "dev", "out0");
    inside("ip", "link", "set", "out0", "up");
    inside("ip", "route", "add", "default", "dev", "out0");
    Path watch = directory.resolve("watch.nft");
    Files.write(
        watch,
        List.of(
            "table inet watch {",
            "  counter allowed { }",
            "  counter other { }",
            "  chain output {",
            "    type filter hook output priority -10;",
            "    oifname \"lo\" return",
            "    ct state established,related return",
            "    ip daddr " + ALLOWED + " tcp dport 8085 counter name allowed return",
            "    meta l4proto { tcp, udp } counter name other",
            "  }",
            "}"));
    inside("nft", "-f", watch.toString());
  }

  @AfterEach
  void end() throws IOException {
    if (!namespace.isEmpty()) {
      Recorded.run("ip", "netns", "del", namespace);
    }
  }

  @Test
  void camera_callsTheDeclaredDestination_andNobodyElse() throws Exception {
    Path data = directory.resolve("data");
    Path anchor = anchor();
    Process camera =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                namespace,
                refcam(),
                "run",
                "--data",
                data.toString(),
                "--source",
                "test",
                "--bind",
                "127.0.0.1",
                "--https-port",
                "0",
                "--rtsps-port",
                "0",
                "--srtp-port",
                "0",
                "--est-url",
                "https://" + ALLOWED + ":8085",
                "--est-trust",
                anchor.toString())
            .redirectErrorStream(true)
            .start();
    try {
      awaitReady(camera);
      CameraProcess.pause(WATCHED);
      assertThat(camera.isAlive()).isTrue();
      assertThat(packets("allowed")).isPositive();
      assertThat(packets("other")).isZero();
      // the counter counts: this is what a call elsewhere would look like
      assertThatThrownBy(() -> call(OTHER)).isInstanceOf(IOException.class);
      assertThat(packets("other")).isPositive();
    } finally {
      camera.descendants().forEach(ProcessHandle::destroy);
      camera.destroy();
      assertThat(camera.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    kernelDropsWhatThePolicyDoesNotList(data);
  }

  /** A certificate by which the authority that nobody answers for would be trusted. */
  private Path anchor() throws IOException {
    Path anchor = directory.resolve("anchor.pem");
    Recorded.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=authority",
        "-keyout",
        directory.resolve("k").toString(),
        "-out",
        anchor.toString());
    return anchor;
  }

  /** The printed ruleset, loaded: the same call does not even reach the device. */
  private void kernelDropsWhatThePolicyDoesNotList(Path data) throws IOException {
    Path rules = directory.resolve("policy.nft");
    Files.writeString(rules, inside(refcam(), "egress", "--data", data.toString(), "--nftables"));
    inside("nft", "-f", rules.toString());
    inside("nft", "-f", rules.toString()); // a second time replaces the first
    assertThatThrownBy(() -> call(OTHER)).isInstanceOf(IOException.class);
    String loaded = inside("nft", "list", "table", "inet", "refcam_egress");
    assertThat(loaded).contains("policy drop");
    assertThat(loaded)
        .containsPattern("counter packets [1-9][0-9]* bytes \\d+ comment \"refused\"");
  }

  private void call(String address) throws IOException {
    inside("timeout", "2", "bash", "-c", "echo > /dev/tcp/" + address + "/80");
  }

  private long packets(String counter) throws IOException {
    String said = inside("nft", "list", "counter", "inet", "watch", counter);
    return Long.parseLong(said.replaceAll("(?s).*packets (\\d+).*", "$1"));
  }

  private String inside(String... command) throws IOException {
    String[] all = new String[command.length + 4];
    System.arraycopy(new String[] {"ip", "netns", "exec", namespace}, 0, all, 0, 4);
    System.arraycopy(command, 0, all, 4, command.length);
    return Recorded.run(all);
  }

  private static String refcam() {
    return CameraProcess.repository().resolve("firmware/refcam").toString();
  }

  private static void awaitReady(Process camera) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(camera.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("READY ")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the camera did not start");
    }
  }
}
