// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * One running camera: {@code firmware/refcam run} with a data directory of its own and ports that
 * the kernel chose.
 *
 * <p>The launcher becomes the camera ({@code exec}), so the process id is the camera's own.
 * Confined to the caller's thread.
 */
public final class CameraProcess implements AutoCloseable {
  /** The owner's password in every test. */
  public static final String OWNER_PASSWORD = "Trung-thu 2026 banh nuong";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static boolean built;

  /** The first start after a build records the class archive, for which the camera runs once. */
  private static boolean started;

  private final Process process;
  private final Place place;
  private final Path data;
  private final Path log;
  private final boolean ownsData;
  private JsonNode ready;
  private JsonNode label;

  private CameraProcess(
      Process process, Place place, Path data, Path log, boolean ownsData, JsonNode ready)
      throws IOException {
    this.process = process;
    this.place = place;
    this.data = data;
    this.log = log;
    this.ownsData = ownsData;
    this.ready = ready;
    this.label = keptLabel(data);
  }

  /**
   * Where a camera runs.
   *
   * @param command begins the camera's own, as {@code ip netns exec NAME}; it has to become it
   * @param address of the camera, in digits
   * @param environment added to this process'
   */
  public record Place(List<String> command, String address, Map<String, String> environment) {
    /** This machine's loopback. */
    public static final Place HERE = new Place(List.of(), "127.0.0.1", Map.of());

    public Place {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  private static JsonNode keptLabel(Path data) throws IOException {
    Path file = data.resolve("label.json");
    Path kept = data.resolve("label-of-the-test.json");
    if (Files.exists(file)) {
      Files.copy(file, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return JSON.readTree(kept.toFile());
  }

  /**
   * Waits until the camera has replaced its process by itself and says READY again: the ports and
   * the label are the new ones from then on.
   *
   * @param times how often it has restarted by then
   */
  public void awaitRestart(int times) throws IOException {
    ready = awaitReady(process, log, times + 1, START_LIMIT);
    label = keptLabel(data);
  }

  /** The top of the repository: as a launcher says, else above the folder that this runs in. */
  public static Path repository() {
    Path at = Path.of(System.getProperty("refcam.repository", "")).toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("firmware/refcam"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("no firmware/refcam above " + Path.of("").toAbsolutePath());
    }
    return at;
  }

  /** Starts a camera in factory state. */
  public static CameraProcess start(List<String> args) throws IOException {
    return startAt(Place.HERE, args);
  }

  /** Starts a camera in factory state elsewhere than on loopback. */
  public static CameraProcess startAt(Place place, List<String> args) throws IOException {
    return start(place, Files.createTempDirectory("refcam-data-"), true, args, null);
  }

  /** Starts a camera in factory state whose standard input is the given pipe's end. */
  public static CameraProcess start(List<String> args, ProcessBuilder feeder) throws IOException {
    return start(Place.HERE, Files.createTempDirectory("refcam-data-"), true, args, feeder);
  }

  /** Starts a camera on a data directory that outlives it. */
  public static CameraProcess startOn(Path data, List<String> args) throws IOException {
    return startOn(data, args, Map.of());
  }

  /** The same with variables of its own in its environment. */
  public static CameraProcess startOn(Path data, List<String> args, Map<String, String> environment)
      throws IOException {
    Place here = new Place(List.of(), Place.HERE.address(), environment);
    return start(here, data, false, args, null);
  }

  private static CameraProcess start(
      Place place,
      Path data,
      boolean ownsData,
      List<String> args,
      @org.jspecify.annotations.Nullable ProcessBuilder feeder)
      throws IOException {
    buildOnce();
    List<String> command = new ArrayList<>(place.command());
    command.add(repository().resolve("firmware/refcam").toString());
    command.addAll(List.of("run", "--data", data.toString(), "--bind", place.address()));
    for (String port : List.of("--https-port", "--rtsps-port", "--srtp-port")) {
      if (!args.contains(port)) {
        command.addAll(List.of(port, "0"));
      }
    }
    command.addAll(args);
    Path log = Files.createTempFile("refcam-", ".log");
    ProcessBuilder camera = new ProcessBuilder(command).redirectErrorStream(true);
    camera.redirectOutput(log.toFile());
    camera.environment().putAll(place.environment());
    Process process;
    if (feeder == null) {
      camera.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      process = camera.start();
    } else {
      feeder.redirectError(ProcessBuilder.Redirect.DISCARD);
      List<Process> both =
          ProcessBuilder.startPipeline(List.of(feeder, withoutMergedErrors(camera)));
      process = both.get(both.size() - 1);
    }
    try {
      JsonNode ready = awaitReady(process, log, started ? START_LIMIT : BUILD_LIMIT);
      started = true;
      return new CameraProcess(process, place, data, log, ownsData, ready);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  // startPipeline refuses merged errors in any of its processes.
  private static ProcessBuilder withoutMergedErrors(ProcessBuilder camera) throws IOException {
    camera.redirectErrorStream(false);
    return camera.redirectError(Files.createTempFile("refcam-", ".err").toFile());
  }

  private static synchronized void buildOnce() throws IOException {
    if (built) {
      return;
    }
    Process build =
        new ProcessBuilder(repository().resolve("firmware/refcam").toString(), "--help")
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("refcam-build-", ".log").toFile())
            .start();
    try {
      if (!build.waitFor(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS) || build.exitValue() != 0) {
        build.destroyForcibly();
        throw new IOException("firmware/refcam --help failed; see firmware/target/build.log");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    built = true;
  }

  private static JsonNode awaitReady(Process process, Path log, Duration limit) throws IOException {
    return awaitReady(process, log, 1, limit);
  }

  private static JsonNode awaitReady(Process process, Path log, int times, Duration limit)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      int found = 0;
      for (String line : text.split("\n", -1)) {
        int brace = line.indexOf('{');
        if (line.startsWith("READY ")
            && brace > 0
            && line.trim().endsWith("}")
            && ++found == times) {
          return JSON.readTree(line.substring(brace));
        }
      }
      if (!process.isAlive()) {
        throw new IOException("the camera ended with " + process.exitValue() + ":\n" + text);
      }
      pause(Duration.ofMillis(20));
    }
    throw new IOException("not READY in " + limit + ":\n" + Files.readString(log));
  }

  /** The object of the READY line. */
  public JsonNode ready() {
    return ready;
  }

  /** The label as it was in factory state. */
  public JsonNode label() {
    return label;
  }

  public Path data() {
    return data;
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL, as when the power goes, but for what the kernel still has to write. */
  public void kill() throws IOException {
    try {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Everything the camera printed. */
  public String output() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Root of the HTTPS door by the address that it runs at. */
  public URI https() {
    int port = URI.create(ready.path("https").asText()).getPort();
    return URI.create("https://" + address() + ":" + port);
  }

  /** The camera's address, in digits. */
  public String address() {
    return place.address();
  }

  public int rtspsPort() {
    return URI.create(ready.path("rtsps").asText()).getPort();
  }

  /** TLS that trusts this camera's label only. */
  public SSLContext tls() {
    return PinnedTls.context(label.path("certificateSha256").asText());
  }

  /** A fresh REST client without a session. */
  public Rest rest() {
    return new Rest(https(), tls());
  }

  /** Ends the set-up and returns the owner's session. */
  public Rest setUp() throws IOException {
    Rest rest = rest();
    Rest.Answer answer = rest.setUp(label.path("password").asText(), OWNER_PASSWORD);
    if (answer.status() != 201) {
      throw new IOException("set-up answered " + answer.status() + " " + answer.json());
    }
    return rest;
  }

  /** Signs in as the owner of a camera whose set-up has ended. */
  public Rest signIn() throws IOException {
    Rest rest = rest();
    Rest.Answer answer = rest.signIn("owner", OWNER_PASSWORD);
    if (answer.status() != 201) {
      throw new IOException("sign-in answered " + answer.status() + " " + answer.json());
    }
    return rest;
  }

  /** An RTSP connection over TLS, not yet authenticated. */
  public RtspClient rtsp() throws IOException {
    return RtspClient.connectTls(tls(), rtspsPort());
  }

  /** RTSP inside a WebSocket at the HTTPS door, not yet authenticated. */
  public RtspClient rtspOverWebSocket() throws IOException {
    return RtspClient.connectWebSocket(tls(), https().getPort());
  }

  /** Resident memory now, in KiB. */
  public long residentKib() {
    return residentKib(pid());
  }

  /** Resident memory of a process, in KiB. */
  public static long residentKib(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** User and system time of a process, in clock ticks of 1/100 s. */
  public static long cpuTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The command name in parentheses may hold spaces; fields 14 and 15 are the 12th and 13th
      // after it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sleeps; an interrupt ends the test. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ownsData) {
      try (Stream<Path> all = Files.walk(data)) {
        all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
