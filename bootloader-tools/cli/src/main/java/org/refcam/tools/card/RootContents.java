// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What no root file system of a camera may hold: it is the same on every device, so a key or a
 * password in it would be everybody's. Reads an unpacked tree. Stateless.
 *
 * <p>Looked for are forms, not meanings: a key that is hidden in another form is not found.
 * Programs and libraries are not searched for keys: some carry the well-known ones of their own
 * self-tests, as GnuTLS does.
 */
public final class RootContents {
  /** With its first line of base64, so that programs that can write the words are not meant. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\\r?\\n(?:[A-Za-z0-9+/=]{16}|Proc)");

  private static final Pattern KEY_FILE = Pattern.compile("ssh_host_.*|.*\\.(?:p12|pfx|jks)");
  private static final Set<String> SHELLS =
      Set.of(
          "sh", "bash", "dash", "busybox", "zsh", "ksh", "login", "sulogin", "su", "sudo", "sshd");
  private static final byte[] ELF = {0x7F, 'E', 'L', 'F'};
  private static final int CHUNK = 1 << 20;
  private static final int OVERLAP = 256;
  private static final int SPECIAL_BITS = 06000;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;

  private RootContents() {}

  /** Faults in words, sorted by file; none if it is as it must be. */
  public static List<String> faults(Path root) throws IOException {
    List<String> faults = new ArrayList<>();
    machineId(root, faults);
    passwords(root, faults);
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted().toList()) {
        file(root, path, faults);
      }
    }
    return List.copyOf(faults);
  }

  /** Files that run with another's rights, as paths inside the root. */
  public static List<String> setuid(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted().toList()) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            && (mode(path) & SPECIAL_BITS) != 0) {
          found.add(name(root, path));
        }
      }
    }
    return found;
  }

  private static void machineId(Path root, List<String> faults) throws IOException {
    Path id = root.resolve("etc/machine-id");
    if (Files.isRegularFile(id, LinkOption.NOFOLLOW_LINKS) && Files.size(id) > 0) {
      faults.add("etc/machine-id is not empty");
    }
  }

  private static void passwords(Path root, List<String> faults) throws IOException {
    for (String name : List.of("etc/passwd", "etc/shadow")) {
      Path file = root.resolve(name);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      for (String line : Files.readAllLines(file)) {
        String[] field = line.split(":", -1);
        if (field.length > 1 && !field[1].startsWith("*") && !field[1].startsWith("!")) {
          faults.add(name + " lets " + field[0] + " in, or leaves it to another file");
        }
      }
    }
  }

  private static void file(Path root, Path path, List<String> faults) throws IOException {
    String name = name(root, path);
    String last = path.getFileName().toString();
    if (Files.isSymbolicLink(path)) {
      if (isProgram(name) && SHELLS.contains(last)) {
        faults.add(name + " is a shell or a way to log in");
      }
      return;
    }
    int mode = mode(path);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      faults.add(name + " is a device, a pipe or a socket");
      return;
    }
    if ((mode & SPECIAL_BITS) != 0) {
      faults.add(name + " is setuid or setgid");
    }
    if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
      faults.add(name + " may be written by everybody");
    }
    if (isProgram(name) && SHELLS.contains(last)) {
      faults.add(name + " is a shell or a way to log in");
    }
    if (KEY_FILE.matcher(last).matches()) {
      faults.add(name + " is named as a key");
    }
    if (holdsPrivateKey(path)) {
      faults.add(name + " holds a private key");
    }
  }

  private static boolean isProgram(String name) {
    return name.startsWith("usr/bin/") || name.startsWith("usr/sbin/");
  }

  private static boolean isElf(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    }
  }

  private static boolean holdsPrivateKey(Path path) throws IOException {
    if (isElf(path)) {
      return false;
    }
    byte[] buffer = new byte[CHUNK + OVERLAP];
    int kept = 0;
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.readNBytes(buffer, 0, CHUNK); n > 0; n = in.readNBytes(buffer, kept, CHUNK)) {
        int length = kept + n;
        String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        if (text.contains("PRIVATE KEY-----") && PRIVATE_KEY.matcher(text).find()) {
          return true;
        }
        kept = Math.min(OVERLAP, length);
        System.arraycopy(buffer, length - kept, buffer, 0, kept);
      }
    }
    return false;
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static String name(Path root, Path path) {
    return root.relativize(path).toString();
  }
}
