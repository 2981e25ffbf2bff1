// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.PinnedTls;
import org.refcam.tests.harness.RtspClient;

/** GStreamer's RTSP server, {@code peers/gst_server.c}; a P-256 certificate as the camera has. */
final class GStreamerServer implements Server {
  private static final Path TARGET =
      CameraProcess.repository().resolve("tests/benches/target/peers");

  private final Process process;
  private final int port;

  private GStreamerServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static GStreamerServer start(Clip clip, boolean tls) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(TARGET.resolve("gst_server").toString());
    command.add(clip.mp4().toString());
    if (tls) {
      makeCertificate();
      command.add(certificate().toString());
      command.add(key().toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith("READY ")) {
      process.destroyForcibly();
      throw new IOException("GStreamer's server did not start: " + line);
    }
    return new GStreamerServer(process, Integer.parseInt(line.substring("READY ".length())));
  }

  @Override
  public String name() {
    return "GStreamer";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public RtspClient connect(boolean tls) throws IOException {
    return tls ? RtspClient.connectTls(pinned(), port) : RtspClient.connectPlain(port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path certificate() {
    return TARGET.resolve("certificate.pem");
  }

  private static Path key() {
    return TARGET.resolve("key.pem");
  }

  static void makeCertificate() throws IOException, InterruptedException {
    if (!Files.exists(certificate())) {
      Processes.run(
          Processes.words(
              List.of("openssl"),
              "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=peer"
                  + " -keyout "
                  + key()
                  + " -out",
              certificate().toString()));
    }
  }

  private static SSLContext pinned() throws IOException {
    try (InputStream in = Files.newInputStream(certificate())) {
      byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
      return PinnedTls.context(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
