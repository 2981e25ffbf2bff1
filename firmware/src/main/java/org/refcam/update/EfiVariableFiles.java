// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.refcam.uefi.EfiVariable;

/**
 * Variables as the kernel's efivarfs shows them, a file each.
 *
 * <pre>
 *   NAME-8be4df61-93ca-11d2-aa0d-00e098032b8c
 *   0            4
 *   | attributes | value      little endian; written by one call, or the kernel refuses it
 * </pre>
 *
 * <p>The kernel marks every file immutable but those of names that it knows to be harmless, the
 * boot manager's among them: who owns the files and has no capabilities can change those and no
 * other. Source: Linux, Documentation/filesystems/efivarfs.rst. Immutable.
 *
 * @param directory where efivarfs is mounted
 */
public record EfiVariableFiles(Path directory) implements EfiVariables {
  private static final int ATTRIBUTES = 4;

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(ATTRIBUTES + BYTES_MAX + 1);
    // A channel reads on without asking where it is: these files know no positions.
    try (FileChannel file = FileChannel.open(file(name), StandardOpenOption.READ)) {
      while (bytes.hasRemaining() && file.read(bytes) > 0) {
        // until the end
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!bytes.hasRemaining()) {
      throw new IOException(name + " has more than " + BYTES_MAX + " bytes");
    }
    // One without a value is being removed.
    return bytes.position() <= ATTRIBUTES
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(bytes.array(), ATTRIBUTES, bytes.position()));
  }

  @Override
  public void write(String name, byte[] value) throws IOException {
    if (value.length == 0 || value.length > BYTES_MAX) {
      throw new IllegalArgumentException(name + " of " + value.length + " bytes");
    }
    ByteBuffer whole =
        ByteBuffer.allocate(ATTRIBUTES + value.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(EfiVariable.ofBootManager(name).attributes())
            .put(value)
            .flip();
    try (FileChannel file =
        FileChannel.open(
            file(name),
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      if (file.write(whole) != ATTRIBUTES + value.length) {
        throw new IOException(name + " was not written whole");
      }
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  private Path file(String name) {
    return directory.resolve(EfiVariable.ofBootManager(name).name() + "-" + EfiVariable.GLOBAL);
  }
}
