// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Destination;
import org.refcam.egress.Purpose;
import org.refcam.egress.Trust;
import org.refcam.identity.EstClient;
import org.refcam.keys.RootsOfTrust;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code refcam run}, with their defaults. Filled by picocli, then read only. */
final class RunOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the camera keeps what is its own. Default: ${DEFAULT-VALUE}")
  Path data = defaultData();

  SourceOption source = new SourceOption.Auto();

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "auto, test, v4l2:/dev/videoN, y4m:FILE, y4m:- or h264:FILE. Default: auto")
  void source(String text) {
    try {
      source = SourceOption.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  @Option(names = "--bind", paramLabel = "ADDR", description = "Address to serve on. Default: all")
  String bind = "0.0.0.0";

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      description = "Page, REST and WebSocket; 0 picks a free one. Default: ${DEFAULT-VALUE}")
  int httpsPort = 8443;

  @Option(
      names = "--rtsps-port",
      paramLabel = "PORT",
      description = "RTSP over TLS; 0 picks a free one. Default: ${DEFAULT-VALUE}")
  int rtspsPort = 8322;

  @Option(
      names = "--srtp-port",
      paramLabel = "PORT",
      description =
          "UDP port of SRTP, with SRTCP on the next one; open only while somebody watches so."
              + " 0 finds a free pair. Default: ${DEFAULT-VALUE}")
  int srtpPort = 8324;

  @Option(
      names = "--plain-rtsp-port",
      paramLabel = "PORT",
      description =
          "RTSP WITHOUT encryption: anyone on the network path can watch. Off unless given; 0 picks a free port.")
  @Nullable Integer plainRtspPort;

  @Option(
      names = "--est-url",
      paramLabel = "URL",
      description = "An operator's authority that renews the certificate by EST (RFC 7030)")
  @Nullable URI estUrl;

  @Option(
      names = "--est-trust",
      paramLabel = "FILE",
      description = "PEM certificates by which the EST server is trusted")
  @Nullable Path estTrust;

  /** Whom who starts the camera names to be called; nobody declared in which country. */
  List<Destination> destinations() {
    return Stream.of(
            destination(Optional.ofNullable(estUrl), Purpose.CERTIFICATE),
            destination(update.url(), Purpose.UPDATE))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Destination> destination(Optional<URI> url, Purpose purpose) {
    return url.filter(uri -> uri.getHost() != null)
        .map(
            uri -> {
              String host = UpdateRoute.host(uri);
              return new Destination(
                  host,
                  UpdateRoute.port(uri),
                  purpose,
                  Destination.UNDECLARED,
                  Destination.soundsLocal(host),
                  Trust.PLATFORM);
            });
  }

  /** The operator's authority, if one is named. */
  Optional<EstClient> est(EstClient.Opener opener) throws IOException {
    if (estUrl == null) {
      return Optional.empty();
    }
    if (estTrust == null) {
      throw new IOException("--est-url needs --est-trust FILE");
    }
    return Optional.of(new EstClient(estUrl, Files.readAllBytes(estTrust), opener));
  }

  @Option(
      names = "--firewall-list",
      paramLabel = "FILE",
      description = "Keeps there what the kernel is to let out, for the service that loads it")
  @Nullable Path firewallList;

  Optional<Path> firewallList() {
    return Optional.ofNullable(firewallList);
  }

  String root = "";

  @Option(
      names = "--root",
      paramLabel = "ROOT",
      description =
          "Root of trust: development, tpm2:DEVICE, pkcs11:URI or pi-otp. Default: the board's")
  void root(String name) {
    try {
      RootsOfTrust.requireKnown(name);
      root = name;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  @Option(
      names = "--discovery-port",
      paramLabel = "PORT",
      description =
          "UDP port of WS-Discovery; answers only once the camera has an owner. Default: ${DEFAULT-VALUE}")
  int discoveryPort = 3702;

  @Option(
      names = "--board",
      paramLabel = "ID",
      description = "A folder of board-configs. Default: ${DEFAULT-VALUE}")
  String board = "generic";

  @Mixin UpdateOptions update = new UpdateOptions();

  @Mixin HealthOptions health = new HealthOptions();

  @Mixin WifiOptions wifi = new WifiOptions();

  @Mixin SecurityOptions security = new SecurityOptions();

  Optional<Integer> plainRtsp() {
    return Optional.ofNullable(plainRtspPort);
  }

  /** The system's own place for root, as on a device; the user's data directory otherwise. */
  static Path defaultData() {
    Path system = Path.of("/var/lib");
    if (Files.isWritable(system)) {
      return system.resolve("refcam");
    }
    String xdg = System.getenv("XDG_DATA_HOME");
    Path home =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(xdg);
    return home.resolve("refcam");
  }
}
