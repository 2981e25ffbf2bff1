// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.refcam.tests.harness.CameraProcess;

/**
 * Servers of others that take copies, each with its own directory, port and keys: s3rver, which
 * checks signatures, and OpenSSH. Ended by closing.
 */
final class StorePeers implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String S3_SERVER = "s3rver@3.7.1";

  /** What s3rver takes. */
  static final String S3_KEY = "S3RVER";

  static final String BUCKET = "clips";

  final int port;
  final Path directory;

  /** SHA-256 of the TLS certificate in hex, or OpenSSH's fingerprint of the host key. */
  final String fingerprint;

  private final Process process;

  private StorePeers(int port, Path directory, String fingerprint, Process process) {
    this.port = port;
    this.directory = directory;
    this.fingerprint = fingerprint;
    this.process = process;
  }

  static StorePeers s3(Path directory) throws IOException {
    Path server = CameraProcess.repository().resolve("tests/e2e/target/s3rver");
    Path main = server.resolve("node_modules/s3rver/bin/s3rver.js");
    if (!Files.exists(main)) {
      Files.createDirectories(server);
      Recorded.run(
          "npm", "install", "--no-audit", "--no-fund", "--prefix", server.toString(), S3_SERVER);
    }
    Path key = directory.resolve("tls.key");
    Path certificate = directory.resolve("tls.pem");
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
        "/CN=store",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    String sha256 =
        Recorded.run(
                "openssl",
                "x509",
                "-in",
                certificate.toString(),
                "-noout",
                "-fingerprint",
                "-sha256")
            .replaceAll("(?s).*=|[:\\s]", "");
    Path objects = Files.createDirectories(directory.resolve("objects"));
    int port = freePort();
    Process process =
        start(
            directory,
            "node",
            main.toString(),
            "--directory",
            objects.toString(),
            "--address",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--key",
            key.toString(),
            "--cert",
            certificate.toString(),
            "--configure-bucket",
            BUCKET);
    return await(new StorePeers(port, objects, sha256, process));
  }

  /** Lets {@code key.pub} of the directory in; the copies go to {@code objects}. */
  static StorePeers sftp(Path directory, Path publicKey) throws IOException {
    Path hostKey = directory.resolve("host_key");
    Recorded.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString());
    String printed = Recorded.run("ssh-keygen", "-lf", hostKey + ".pub");
    Path objects = Files.createDirectories(directory.resolve("objects"));
    int port = freePort();
    Path config = directory.resolve("sshd_config");
    Files.write(
        config,
        List.of(
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "HostKey " + hostKey,
            "AuthorizedKeysFile " + publicKey,
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "PermitRootLogin prohibit-password",
            "PasswordAuthentication no",
            "Subsystem sftp internal-sftp"));
    if (!Files.isDirectory(Path.of("/run/sshd")) && Files.isWritable(Path.of("/run"))) {
      Files.createDirectory(
          Path.of("/run/sshd"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Process process = start(directory, "/usr/sbin/sshd", "-D", "-e", "-f", config.toString());
    return await(new StorePeers(port, objects, printed.split(" ")[1], process));
  }

  /** Files below the directory that hold an object. */
  List<Path> objects() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.getFileName().toString().contains(".mp4.age"))
          .filter(f -> !f.getFileName().toString().matches(".*_(metadata.json|object.md5)"))
          .toList();
    }
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
      process.destroyForcibly();
    }
  }

  private static Process start(Path directory, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("server.log").toFile())
        .start();
  }

  private static StorePeers await(StorePeers peer) throws IOException {
    long give = System.nanoTime() + START.toNanos();
    while (true) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress("127.0.0.1", peer.port), 1000);
        return peer;
      } catch (IOException e) {
        if (System.nanoTime() > give || !peer.process.isAlive()) {
          peer.close();
          throw new IOException("the server did not start", e);
        }
        CameraProcess.pause(Duration.ofMillis(200));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
