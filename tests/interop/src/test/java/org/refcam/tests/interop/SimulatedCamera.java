// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.refcam.crypto.SecretBytes;
import org.refcam.egress.Egress;
import org.refcam.fleet.EgressFleetWeb;
import org.refcam.fleet.FleetClient;
import org.refcam.fleet.FleetException;
import org.refcam.fleet.FleetSettings;
import org.refcam.fleet.FleetSoftware;
import org.refcam.fleet.FleetWeb;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;
import org.refcam.storage.Storage;
import org.refcam.update.DirectorySlots;
import org.refcam.update.Order;
import org.refcam.update.Orders;
import org.refcam.update.SealedCounter;
import org.refcam.update.SlotName;
import org.refcam.update.Trust;
import org.refcam.update.UpdateException;
import org.refcam.update.UpdateService;
import org.refcam.update.UpdateSettings;
import org.refcam.update.UpdateWeb;
import org.refcam.update.Updates;

/**
 * A camera without pictures: the real fleet client, way out, verification and slots, on a directory
 * of its own. Its boot loader is {@link #boot}. Confined to one thread at a time.
 */
final class SimulatedCamera implements FleetSoftware, AutoCloseable {
  static final String BUILTIN = "0.1.0";

  private final Path directory;
  private final Path trusted;
  private final boolean healthy;
  private final FleetClient client;
  private UpdateService service;
  private SlotName running = SlotName.BUILTIN;
  private volatile boolean restartAsked;

  /** Whether a restart that is asked for happens. */
  boolean restarts = true;

  /**
   * @param trusted what {@code refcam-tools keys init} made
   * @param healthy whether new software proves healthy here
   */
  SimulatedCamera(
      Path directory, Path trusted, boolean healthy, FleetSettings settings, Egress egress)
      throws Exception {
    this.directory = Files.createDirectories(directory);
    this.trusted = trusted;
    this.healthy = healthy;
    FleetWeb web = new EgressFleetWeb(settings, egress, new NoCertificate());
    client = new FleetClient(settings, web, this, sealed("memory"));
    boot();
  }

  private SealedFile sealed(String name) {
    return new SealedFile(
        directory.resolve(name),
        SecretBytes.copyOf(new byte[32]),
        name,
        FileWrites.disk(),
        new SecureRandom());
  }

  /** Starts what the slots' state says; what is on trial proves healthy, or goes back. */
  private void boot() throws IOException, UpdateException {
    Updates updates = updates(slots().state().next().orElseThrow());
    Updates.Start start = updates.resume();
    if (start == Updates.Start.TRIAL && healthy) {
      updates.healthy();
    } else if (start == Updates.Start.TRIAL) {
      updates.unhealthy("capture");
      updates = updates(slots().state().next().orElseThrow());
      updates.resume();
    }
    service =
        new UpdateService(
            updates,
            (uri, from) -> {
              throw new IOException("no repository here");
            },
            Clock.systemUTC(),
            new Random(1),
            () -> ZoneOffset.UTC,
            Optional.of(() -> restartAsked = true));
  }

  private DirectorySlots slots() {
    return new DirectorySlots(directory.resolve("slots"), Storage.disk(), running, 0);
  }

  private Updates updates(SlotName booted) throws IOException {
    running = booted;
    Trust trust = new Trust(directory.resolve("trust"), Storage.disk());
    trust.install(trusted);
    return new Updates(
        new UpdateSettings(
            directory,
            Optional.empty(),
            "stable",
            "generic",
            "1.0",
            version(),
            directory.toString()),
        slots(),
        new SealedCounter(sealed("counter")),
        trust,
        Storage.disk(),
        Clock.systemUTC(),
        (kind, version, detail) -> {});
  }

  String version() throws IOException {
    return running == SlotName.BUILTIN ? BUILTIN : slots().version(running);
  }

  List<SlotName> bootOrder() throws IOException {
    return slots().state().order();
  }

  Duration poll() throws IOException, FleetException {
    return client.poll();
  }

  /** The restart that the update asked for, if it did. */
  void restartIfAsked() throws IOException, UpdateException {
    if (restartAsked && restarts) {
      restartAsked = false;
      service.close();
      boot();
    }
  }

  boolean waitsForRestart() {
    return restartAsked;
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of("version", service.status().settings().version());
  }

  @Override
  public void bring(Wish wish, FleetWeb way) throws FleetException {
    UpdateWeb bytes =
        (uri, from) -> {
          FleetWeb.Content content = way.open(uri, from);
          return new UpdateWeb.Answer(content.status(), content.from(), content.body());
        };
    try {
      service.order(
          bytes,
          new Order(wish.uri(), wish.sha256(), wish.length(), wish.install(), wish.restart()));
    } catch (UpdateException e) {
      throw new FleetException(FleetException.Reason.BUSY, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Progress progress(String sha256) {
    Orders.Progress now = service.ordered(sha256);
    return new Progress(Stage.valueOf(now.stage().name()), now.bytes(), now.detail());
  }

  @Override
  public boolean withdraw(String sha256) throws IOException {
    try {
      return service.withdraw(sha256);
    } catch (UpdateException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    service.close();
  }

  /** Tokens are used here; nobody asks for a certificate. */
  private static final class NoCertificate implements javax.net.ssl.KeyManager {}
}
