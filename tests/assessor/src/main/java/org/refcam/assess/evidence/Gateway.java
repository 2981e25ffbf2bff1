// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.refcam.assess.catalogue.Text;

/**
 * A camera's network of its own, with a gateway that writes down what passes: two network
 * namespaces that go when this is closed. Nothing that the camera sends can leave this machine.
 *
 * <pre>
 *  this machine 10.213.N.1 --- 10.213.N.2 gateway 10.213.N.5 --- 10.213.N.6 camera
 *                                         fd5a:N::1 ------------- fd5a:N::6
 * </pre>
 *
 * <p>The camera's default route, of both families, and its name server are the gateway, which knows
 * no other way on than back to this machine's one address and to what {@link #inside} is made to
 * serve there. Of the conversations with this machine, which is the tester, the capture holds the
 * SYNs alone: who began is all that they are asked. Needs root, iproute2 and tcpdump. Confined to
 * one thread.
 */
public final class Gateway implements AutoCloseable {
  /** How a verdict from it was found. */
  public static final Text WAY =
      new Text("captured at a gateway namespace", "thu tại cổng mạng trong không gian tên riêng");

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(20);
  private static final int READY_LIMIT = 100;

  private final Path folder;
  private final String network;
  private final String gateway;
  private final String camera;
  private final List<String> made = new ArrayList<>();
  private Optional<Process> capture = Optional.empty();

  private Gateway(Path folder, SecureRandom random) {
    this.folder = folder;
    int number = random.nextInt(256);
    String suffix = String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16));
    this.network = "10.213." + number + ".";
    this.gateway = "refcam-gw-" + suffix;
    this.camera = "refcam-cam-" + suffix;
  }

  /** Why none can be made on this machine, in one line; empty if one can. */
  public static Optional<String> missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("only root makes network namespaces");
    }
    for (String tool : List.of("ip", "tcpdump")) {
      if (!installed(tool)) {
        return Optional.of(tool + " is not installed");
      }
    }
    return probe();
  }

  /** A container may be root and still not be let. */
  private static Optional<String> probe() {
    String name = "refcam-probe-" + ProcessHandle.current().pid();
    try {
      Path said = Files.createTempFile("refcam-gateway-", ".txt");
      try {
        run(said, "ip", "netns", "add", name);
        run(said, "ip", "netns", "del", name);
        return Optional.empty();
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean installed(String tool) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(":"))
        .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, tool)));
  }

  /**
   * Makes the networks and begins to capture.
   *
   * @param folder for the capture
   * @throws IOException if the machine does not let one be made; nothing of it is left then
   */
  public static Gateway open(Path folder, SecureRandom random) throws IOException {
    Gateway made = new Gateway(folder, random);
    try {
      made.lay();
      made.listen();
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void lay() throws IOException {
    for (String name : List.of(gateway, camera)) {
      run("ip", "netns", "add", name);
      made.add(name);
    }
    String up = "rc" + gateway.substring(gateway.length() - 4);
    run("ip", "link", "add", up, "type", "veth", "peer", "name", "uplink", "netns", gateway);
    run(
        "ip",
        "-n",
        gateway,
        "link",
        "add",
        "downlink",
        "type",
        "veth",
        "peer",
        "name",
        "net0",
        "netns",
        camera);
    run("ip", "addr", "add", network + "1/30", "dev", up);
    run("ip", "link", "set", "dev", up, "up");
    run("ip", "route", "add", network + "4/30", "via", network + "2");
    set(gateway, "uplink", network + "2/30");
    set(gateway, "downlink", network + "5/30");
    set(camera, "net0", network + "6/30");
    run("ip", "-n", gateway, "link", "set", "dev", "lo", "up");
    run("ip", "-n", camera, "link", "set", "dev", "lo", "up");
    run("ip", "-n", camera, "route", "add", "default", "via", network + "5");
    six();
    run("ip", "netns", "exec", gateway, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver " + network + "5\n");
  }

  private void set(String namespace, String device, String address) throws IOException {
    run("ip", "-n", namespace, "addr", "add", address, "dev", device);
    run("ip", "-n", namespace, "link", "set", "dev", device, "up");
  }

  /** A kernel without IPv6 sends none. */
  private void six() throws IOException {
    if (!Files.exists(Path.of("/proc/sys/net/ipv6"))) {
      return;
    }
    String prefix = "fd5a:" + Integer.toHexString(Integer.parseInt(network.split("\\.")[2])) + "::";
    run("ip", "-n", gateway, "addr", "add", prefix + "1/64", "dev", "downlink", "nodad");
    run("ip", "-n", camera, "addr", "add", prefix + "6/64", "dev", "net0", "nodad");
    run("ip", "-n", camera, "-6", "route", "add", "default", "via", prefix + "1");
  }

  private void listen() throws IOException {
    Path said = folder.resolve("tcpdump.txt");
    List<String> command = new ArrayList<>(inGateway());
    command.addAll(
        List.of("tcpdump", "-i", "downlink", "-n", "-U", "-Z", "root", "-w", file().toString()));
    command.add("not host " + network + "1 or udp or tcp[tcpflags] & tcp-syn != 0");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said.toFile())
            .start();
    capture = Optional.of(process);
    for (int i = 0; i < READY_LIMIT; i++) {
      String text = Files.readString(said, StandardCharsets.UTF_8);
      if (text.contains("listening on")) {
        return;
      }
      if (!process.isAlive()) {
        throw new IOException("tcpdump ended: " + text.strip());
      }
      pause(Duration.ofMillis(100));
    }
    throw new IOException("tcpdump does not listen");
  }

  private Path file() {
    return folder.resolve("gateway.pcap");
  }

  /** Begins a command that runs where the camera is, with the gateway as its name server. */
  public List<String> inside() {
    return List.of(
        "ip",
        "netns",
        "exec",
        camera,
        "sh",
        "-c",
        "[ ! -e /etc/resolv.conf ] || mount --bind \"$0\" /etc/resolv.conf; exec \"$@\"",
        folder.resolve("resolv.conf").toString());
  }

  /** Begins a command that runs on the gateway. */
  public List<String> inGateway() {
    return List.of("ip", "netns", "exec", gateway);
  }

  /** Lets the gateway answer at one more address. */
  public void serve(String address) throws IOException {
    run("ip", "-n", gateway, "addr", "add", address, "dev", "lo");
  }

  /** The camera's. */
  public InetAddress cameraAddress() throws IOException {
    return InetAddress.getByName(network + "6");
  }

  /** Ends the capture. */
  public Path stop() throws IOException {
    if (capture.isPresent()) {
      // SIGTERM: tcpdump writes what it holds, and ends.
      end(capture.get());
      capture = Optional.empty();
    }
    return file();
  }

  private static void end(Process process) throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("tcpdump did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void run(String... command) throws IOException {
    run(folder.resolve("ip.txt"), command);
  }

  private static void run(Path said, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + Files.readString(said).strip());
    }
  }

  /** Ends the capture and removes the networks; processes in them lose their way out. */
  @Override
  public void close() throws IOException {
    IOException first = null;
    try {
      stop();
    } catch (IOException e) {
      first = e;
    }
    for (String name : made) {
      try {
        run("ip", "netns", "del", name);
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    made.clear();
    if (first != null) {
      throw first;
    }
  }
}
