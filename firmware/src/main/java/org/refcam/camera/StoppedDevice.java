// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.RootOfTrust;
import org.refcam.keys.RootsOfTrust;
import org.refcam.storage.FileWrites;
import picocli.CommandLine.Option;

/** Keys and identity of a camera that does not run, for commands that read its data directory. */
final class StoppedDevice implements AutoCloseable {
  /** The option that names the root of trust. */
  static final class RootOption {
    @Option(
        names = "--root",
        paramLabel = "ROOT",
        description = "Root of trust, as of run. Default: ${DEFAULT-VALUE}")
    String root = "development";
  }

  private final RootOfTrust root;
  private final KeyHierarchy keys;
  private final DeviceIdentity identity;

  /**
   * @throws IOException if the root is unknown or out of reach, or is not this directory's
   */
  StoppedDevice(Path data, RootOption option, SecureRandom random) throws IOException {
    try {
      root = RootsOfTrust.open(option.root, data, FileWrites.disk(), random);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    try {
      keys = KeyHierarchy.open(root, data, FileWrites.disk(), random);
      identity = DeviceIdentity.openOrCreate(data, keys, FileWrites.disk(), random);
    } catch (IOException | RuntimeException e) {
      root.close();
      throw e;
    }
  }

  KeyHierarchy keys() {
    return keys;
  }

  DeviceIdentity identity() {
    return identity;
  }

  @Override
  public void close() {
    root.close();
  }
}
