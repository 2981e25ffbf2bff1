// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.refcam.assess.Assessor;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.check.Aids;
import org.refcam.assess.check.Declared;
import org.refcam.assess.check.Egress;
import org.refcam.assess.check.Given;
import org.refcam.assess.check.UpdateFile;
import org.refcam.assess.mutant.Mutant.Stand;
import org.refcam.assess.mutant.Mutant.Told;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.report.Assessment;
import org.refcam.tests.harness.CameraProcess;

/** Puts a mutant's proxies in front of the one real camera and assesses it. */
final class Stage {
  private static final String SERIAL = "MUTANT7";
  private final CameraProcess camera;
  private final Path folder;
  private final Certificates.Server server;
  private final Catalogue catalogue;
  private int source = 2;

  Stage(CameraProcess camera, Path folder) throws GeneralSecurityException, IOException {
    this.camera = camera;
    this.folder = folder;
    this.server = Certificates.good();
    this.catalogue = Catalogue.read();
  }

  Assessment assess(Mutant mutant, Set<String> only) throws IOException, GeneralSecurityException {
    Set<String> suites =
        new TreeSet<>(
            Set.of(
                "TLS_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    Stand stand =
        mutant
            .stand()
            .apply(
                new Stand(
                    Fault.NONE,
                    Fault.NONE,
                    server,
                    Set.of("TLSv1.2", "TLSv1.3"),
                    suites,
                    "",
                    new AtomicBoolean()));
    if (stand.protocols().contains("TLSv1")) {
      stand = stand.suite("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
    }
    Told told = mutant.given().apply(stand, Told.clean());
    FaultProxy.Front front =
        new FaultProxy.Front(
            Optional.of(stand.server().tls()),
            List.copyOf(stand.protocols()),
            List.copyOf(stand.suites()));
    int from = source++;
    try (FaultProxy https =
            new FaultProxy(front, stand.https(), camera.tls(), camera.https().getPort(), from);
        FaultProxy rtsps =
            new FaultProxy(front, stand.rtsps(), camera.tls(), camera.rtspsPort(), from);
        AutoCloseable extra = extra(stand.extra(), from)) {
      List<Integer> ports = new ArrayList<>(List.of(https.port(), rtsps.port()));
      List<Integer> declared = List.copyOf(ports);
      Hands hands = new Hands(stand, mutant.check(), https, rtsps);
      if (extra instanceof FaultProxy proxy) {
        ports.add(proxy.port());
        if (stand.extra().equals("plain-http-later")) {
          hands.later(proxy);
        }
      } else if (extra instanceof Listener listener) {
        ports.add(listener.port());
      }
      Given given = given(told, stand, declared).with(aids(stand, hands));
      // Of what blocks for good, nothing more is learnt by waiting longer.
      int exchange = mutant.check().equals("input.slow") ? 3 : 10;
      Limits limits = Limits.usual().within(Duration.ofMinutes(4), Duration.ofSeconds(exchange));
      return new Assessor(catalogue, new SecureRandom(), line -> {})
          .assess(InetAddress.getByName("127.0.0.1"), ports, given, limits, Profile.ALL, only);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private Aids aids(Stand stand, Hands hands) throws IOException {
    Path files = Files.createDirectories(folder.resolve("updates"));
    StringBuilder manifest =
        new StringBuilder("{\"format\":\"refcam-assess-update-files-1\",\"files\":[");
    for (String kind : List.of("wrong-signature", "tampered", "older")) {
      Files.writeString(files.resolve(kind + ".swu"), "no update, but called " + kind + "\n");
      manifest
          .append(kind.equals("wrong-signature") ? "" : ",")
          .append("{\"file\":\"" + kind + ".swu\",\"kind\":\"" + kind + "\"}");
    }
    Files.writeString(files.resolve("manifest.json"), manifest + "]}");
    Optional<InetAddress> other =
        stand.extra().equals("silent-ipv6")
            ? Optional.of(InetAddress.getByName("::1"))
            : Optional.empty();
    Duration back = Duration.ofSeconds(stand.extra().equals("stays-off") ? 3 : 60);
    return new Aids(Optional.of(hands), UpdateFile.read(files), other, back);
  }

  private Given given(Told told, Stand stand, List<Integer> declared)
      throws IOException, GeneralSecurityException {
    byte[] certificate = stand.server().certificate().getEncoded();
    String fingerprint = told.otherCertificate() ? "00".repeat(32) : hex(certificate);
    String password =
        told.derivedLabel()
            ? hex(SERIAL.getBytes(StandardCharsets.UTF_8)).substring(0, 12)
            : "kq7w-39xm-vd2t";
    Path capture = Files.write(folder.resolve("capture.pcap"), told.captured().pcap());
    List<Declared> declares =
        List.of(
            new Declared("update.example.vn", Optional.of("VN")),
            new Declared("192.0.2.77", Optional.of("SG")));
    Path medium =
        Files.writeString(
            folder.resolve("medium"),
            "\0".repeat(5000) + (told.canaryLeft() ? "Nha-cua-Lan" : "x") + "\0".repeat(900));
    ObjectNode other = new ObjectMapper().createObjectNode();
    other
        .putObject("keys")
        .put(
            "https:1",
            told.sameKey()
                ? hex(stand.server().certificate().getPublicKey().getEncoded())
                : "11".repeat(32));
    return new Given(
        Optional.of(new Given.Credentials("owner", CameraProcess.OWNER_PASSWORD)),
        Optional.of(new Given.Label(SERIAL, password, fingerprint)),
        told.factory(),
        declared,
        new Egress(
            Optional.of(capture),
            Egress.GIVEN,
            Optional.of(declares),
            told.vietNamOnly(),
            Optional.empty()),
        Optional.of(medium),
        List.of("Nha-cua-Lan"),
        Optional.of(other),
        "",
        Duration.ZERO,
        Given.KEY_SPACE);
  }

  private static String hex(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private AutoCloseable extra(String kind, int from) throws IOException {
    return switch (kind) {
      case "plain-http", "plain-http-later" ->
          new FaultProxy(
              FaultProxy.Front.plain(), Fault.NONE, camera.tls(), camera.https().getPort(), from);
      case "plain-rtsp" ->
          new FaultProxy(
              FaultProxy.Front.plain(), Fault.NONE, camera.tls(), camera.rtspsPort(), from);
      case "telnet" -> new Listener("127.0.0.1", "\u00ff\u00fd\u0018\r\ncam login: ", false);
      case "jdwp" -> new Listener("127.0.0.1", "", true);
      case "silent" -> new Listener("127.0.0.1", "", false);
      case "silent-ipv6" -> new Listener("::1", "", false);
      default -> () -> {};
    };
  }

  /** A port that says something, echoes, or does neither. */
  private static final class Listener implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();

    Listener(String address, String banner, boolean echo) throws IOException {
      server.bind(new InetSocketAddress(address, 0));
      Thread thread = new Thread(() -> serve(banner, echo), "listener");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    private void serve(String banner, boolean echo) {
      while (!server.isClosed()) {
        try (Socket one = server.accept()) {
          one.setSoTimeout(500);
          one.getOutputStream().write(banner.getBytes(StandardCharsets.ISO_8859_1));
          byte[] got = one.getInputStream().readNBytes(14);
          if (echo && got.length > 0) {
            one.getOutputStream().write(got);
          }
        } catch (IOException e) {
          // The next caller, or the end.
          continue;
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
