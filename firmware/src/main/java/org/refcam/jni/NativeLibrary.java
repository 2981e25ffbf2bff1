// SPDX-License-Identifier: Apache-2.0
package org.refcam.jni;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

/**
 * One native library of the camera, which the jar carries once per architecture as {@code
 * /native/linux-ARCH/librefcam_NAME.so}.
 *
 * <p>Loading is lazy and asked: nothing happens before {@link #isAvailable} or {@link #require}, so
 * that tools and unit tests run on machines without the library. Guarded by its own monitor.
 */
public enum NativeLibrary {
  /** Video4Linux2 ioctls; needs the C library alone. */
  V4L2("v4l2"),
  /** Other calls of the kernel that Java lacks; needs the C library alone. */
  KERNEL("kernel"),
  /** OpenH264, libyuv and TurboJPEG behind one thin layer. */
  CODEC("codec"),
  /** Argon2id by libsodium. */
  ARGON2("argon2");

  private final String libraryName;
  private boolean tried;
  private Optional<UnsatisfiedLinkError> failure = Optional.empty();

  NativeLibrary(String name) {
    this.libraryName = "librefcam_" + name + ".so";
  }

  /** Whether the library could be loaded; loads it at the first call. */
  public synchronized boolean isAvailable() {
    load();
    return failure.isEmpty();
  }

  /**
   * Loads the library unless it is loaded.
   *
   * @throws UnsatisfiedLinkError if the jar has none for this machine, or a library that it needs
   *     is not installed; the message names it
   */
  public synchronized void require() {
    load();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void load() {
    if (tried) {
      return;
    }
    tried = true;
    try {
      System.load(file().toString());
    } catch (UnsatisfiedLinkError e) {
      failure = Optional.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + libraryName, e);
    }
  }

  /**
   * The library itself: in the directory that {@code refcam.native} names, as a device's image has
   * it on its verified root where nothing writable may be executed; else out of the jar.
   */
  private Path file() throws IOException {
    String directory = System.getProperty("refcam.native", "");
    return directory.isEmpty() ? extract() : Path.of(directory).resolve(libraryName);
  }

  /**
   * Copies the library to a private file, deleted at exit; the dynamic loader reads files alone.
   */
  private Path extract() throws IOException {
    String resource = "/native/" + platform() + "/" + libraryName;
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnsatisfiedLinkError("no " + resource + " in the jar");
      }
      Path file =
          Files.createTempFile(
              "refcam-",
              libraryName,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      file.toFile().deleteOnExit();
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    }
  }

  /**
   * {@code linux-x86_64}, {@code linux-aarch64} or {@code linux-armhf}, as the Makefile names them.
   */
  static String platform() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "linux-"
        + switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          case "arm", "armv7l" -> "armhf";
          default -> arch;
        };
  }
}
