// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.PinnedTls;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/**
 * The emulated ARM board with one card: switched on and off as often as a test likes, and known by
 * its serial line and its two doors alone.
 */
final class PoweredBoard implements AutoCloseable {
  /** A slow machine emulates a start in minutes. */
  private static final Duration START_LIMIT = Duration.ofMinutes(6);

  private static final Pattern READY = Pattern.compile("READY (\\{.*\\})");
  private static final Pattern PASSWORD = Pattern.compile("password +([0-9A-Z-]{20,40})$");
  private static final Pattern CERTIFICATE = Pattern.compile("certificate +([0-9a-f]{64})$");

  private final Path start;
  private final Path loader;
  private final Path card;
  private final int httpsPort;
  private final int rtspsPort;
  private final List<String> console = new ArrayList<>();
  private Process machine;
  private String password = "";
  private String certificate = "";

  /**
   * @param start the board's script that powers it on
   */
  PoweredBoard(Path start, Path loader, Path card) throws IOException {
    this.start = start;
    this.loader = loader;
    this.card = card;
    httpsPort = Ports.free();
    rtspsPort = Ports.free();
  }

  /** Switches it on and waits until the camera serves. */
  void on() throws IOException {
    power();
    awaitReady(1);
  }

  /** Switches it on. */
  void power() throws IOException {
    machine =
        new ProcessBuilder(
                start.toString(),
                loader.toString(),
                card.toString(),
                "" + httpsPort,
                "" + rtspsPort)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    Process mine = machine;
    synchronized (console) {
      console.clear();
    }
    Thread reader = new Thread(() -> read(mine), "serial line");
    reader.setDaemon(true);
    reader.start();
  }

  /** Takes the power away, in the middle of whatever it does. */
  void cut() throws IOException {
    machine.destroyForcibly();
    awaitOff();
  }

  /**
   * Whether its firmware starts a trial once and goes back by itself, so that the confirmed system
   * is asked for each further start: UEFI. U-Boot counts down and tries again at once.
   */
  boolean goesBackByItself() {
    return start.toString().contains("uefi");
  }

  /** Whether a slot's root file system was opened since the board was switched on. */
  boolean opened(char slot) {
    return saw("refcam: root_" + slot + " is open");
  }

  /** Where its TPM keeps what it knows; a test that moves it away has put the card elsewhere. */
  Path tpm() {
    return card.resolveSibling(card.getFileName() + ".tpm");
  }

  private void read(Process from) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (console) {
          console.add(line.strip());
        }
      }
    } catch (IOException e) {
      // it was switched off
    }
  }

  /** Waits for the READY line of this many starts of the camera since the board was switched on. */
  void awaitReady(int times) throws IOException {
    long give = System.nanoTime() + START_LIMIT.toNanos();
    while (all(READY).size() < times) {
      if (System.nanoTime() > give || !machine.isAlive()) {
        throw new IOException("no READY; the serial line ends with " + tail());
      }
      CameraProcess.pause(Duration.ofMillis(200));
    }
    last(PASSWORD).ifPresent(found -> password = found);
    last(CERTIFICATE).ifPresent(found -> certificate = found);
  }

  /** Waits until the board restarts, which ends the emulation; then it is off. */
  void awaitOff() throws IOException {
    try {
      if (!machine.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("it does not restart; the serial line ends with " + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Waits until the serial line shows this. */
  void await(String text) throws IOException {
    long give = System.nanoTime() + START_LIMIT.toNanos();
    while (!saw(text)) {
      if (System.nanoTime() > give || !machine.isAlive()) {
        throw new IOException("no \"" + text + "\"; the serial line ends with " + tail());
      }
      CameraProcess.pause(Duration.ofMillis(200));
    }
  }

  /** Whether the serial line has shown this since the board was switched on. */
  boolean saw(String text) {
    synchronized (console) {
      return console.stream().anyMatch(line -> line.contains(text));
    }
  }

  private List<String> all(Pattern pattern) {
    synchronized (console) {
      return console.stream()
          .map(pattern::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(1))
          .toList();
    }
  }

  private Optional<String> last(Pattern pattern) {
    List<String> found = all(pattern);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  private String tail() {
    synchronized (console) {
      return String.join("\n", console.subList(Math.max(0, console.size() - 20), console.size()));
    }
  }

  /** What the newest READY line says. */
  String ready() {
    return last(READY).orElseThrow();
  }

  /** Of the label that was shown last. */
  String labelPassword() {
    return password;
  }

  Rest rest() {
    return new Rest(https(), tls());
  }

  URI https() {
    return URI.create("https://127.0.0.1:" + httpsPort);
  }

  SSLContext tls() {
    return PinnedTls.context(certificate);
  }

  RtspClient rtsp() throws IOException {
    return RtspClient.connectTls(tls(), rtspsPort);
  }

  /** Takes the power away. */
  @Override
  public void close() {
    if (machine != null) {
      machine.destroyForcibly();
    }
  }
}
