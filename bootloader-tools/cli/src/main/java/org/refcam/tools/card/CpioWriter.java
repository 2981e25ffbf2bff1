// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An initramfs: a cpio archive in the form "newc" of the kernel's {@code
 * Documentation/driver-api/early-userspace/buffer-format.rst}. Everything belongs to root and has
 * time 0; entries are sorted, so the same tree gives the same bytes. Confined to one thread.
 *
 * <pre>
 *   "070701" | inode mode uid gid links time size major minor rmajor rminor namesize check, 8 hex digits each
 *   | name NUL, to a multiple of 4 | data, to a multiple of 4 |
 * </pre>
 */
public final class CpioWriter {
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;
  private static final int LINK_MODE = 0777;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int inode;

  /** The archive of a directory and one more file in its root. */
  public static byte[] of(Path directory, String name, byte[] content) throws IOException {
    CpioWriter writer = new CpioWriter();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted().toList()) {
        if (!path.equals(directory)) {
          writer.add(directory.relativize(path).toString(), path);
        }
      }
    }
    writer.entry(name, FILE | 0444, content);
    writer.entry("TRAILER!!!", 0, new byte[0]);
    return writer.out.toByteArray();
  }

  private void add(String name, Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      byte[] target = Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8);
      entry(name, LINK | LINK_MODE, target);
    } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      entry(name, DIRECTORY | 0755, new byte[0]);
    } else {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
      boolean runs = rights.contains(PosixFilePermission.OWNER_EXECUTE);
      entry(name, FILE | (runs ? 0755 : 0644), Files.readAllBytes(path));
    }
  }

  private void entry(String name, int mode, byte[] data) {
    byte[] path = (name + "\0").getBytes(StandardCharsets.UTF_8);
    StringBuilder header = new StringBuilder("070701");
    int links = 1;
    for (int field :
        List.of(++inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, path.length, 0)) {
      header.append(String.format(Locale.ROOT, "%08x", field));
    }
    out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(path);
    pad();
    out.writeBytes(data);
    pad();
  }

  private void pad() {
    out.writeBytes(new byte[-out.size() & 3]);
  }
}
