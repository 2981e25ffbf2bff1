// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootContentsTest {
  @TempDir Path root;

  @BeforeEach
  void goodRoot() throws IOException {
    write("etc/machine-id", "");
    write("etc/passwd", "root:*:0:0:root:/root:/nonexistent\n");
    write("etc/ssl/certs/ca.crt", "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIB\n");
    // What can write a key names its form; a library's self-test has one.
    write("usr/lib/classes", "\0-----BEGIN PRIVATE KEY-----\0-----END PRIVATE KEY-----\n");
    write("usr/lib/libgnutls.so", "\177ELF\n-----BEGIN RSA PRIVATE KEY-----\nMIIEogIBAAKCAQEA\n");
    write("usr/bin/mount", "x");
  }

  @Test
  void goodRoot_hasNoFaults() throws Exception {
    assertThat(RootContents.faults(root)).isEmpty();
    assertThat(RootContents.setuid(root)).isEmpty();
  }

  @Test
  void eachFault_isNamed() throws Exception {
    write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    write("etc/shadow", "admin:$y$j9T$abc:1::::::\nroot:!:1::::::\n");
    write("etc/ssh/ssh_host_ed25519_key", "k");
    write("usr/bin/bash", "x");
    Files.createSymbolicLink(root.resolve("usr/bin/sh"), Path.of("bash"));
    write("etc/everybody", "x", "rw-rw-rw-");
    String filler = "x".repeat((1 << 20) - 20); // the key lies over the border of two reads
    write("etc/key.pem", filler + "\n-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBkg4LVWM9nu\n");
    assertThat(RootContents.faults(root))
        .containsExactly(
            "etc/machine-id is not empty",
            "etc/passwd lets root in, or leaves it to another file",
            "etc/shadow lets admin in, or leaves it to another file",
            "etc/everybody may be written by everybody",
            "etc/key.pem holds a private key",
            "etc/ssh/ssh_host_ed25519_key is named as a key",
            "usr/bin/bash is a shell or a way to log in",
            "usr/bin/sh is a shell or a way to log in");
  }

  @Test
  void setuidFile_isFound() throws Exception {
    Path file = root.resolve("usr/bin/mount");
    Files.setAttribute(file, "unix:mode", 0104755);
    assertThat(RootContents.setuid(root)).containsExactly("usr/bin/mount");
    assertThat(RootContents.faults(root)).containsExactly("usr/bin/mount is setuid or setgid");
  }

  private void write(String name, String text) throws IOException {
    write(name, text, "rw-r--r--");
  }

  private void write(String name, String text, String rights) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
