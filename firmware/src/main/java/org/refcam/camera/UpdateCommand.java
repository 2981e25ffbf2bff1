// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.refcam.image.BundleManifest;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;
import org.refcam.update.UpdateException;
import org.refcam.update.Updates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refcam update}: installs a bundle from a file, without a network. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a bundle, from a USB stick for example, and installs it for the next start.",
      "For a camera that does not run; one that runs takes it on its page."
    })
final class UpdateCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
  Path data = RunOptions.defaultData();

  @Option(names = "--board", paramLabel = "ID", description = "Default: ${DEFAULT-VALUE}")
  String board = "generic";

  @Mixin StoppedDevice.RootOption root = new StoppedDevice.RootOption();

  @Mixin UpdateOptions options = new UpdateOptions();

  @Option(names = "--json", description = "As JSON")
  boolean asJson;

  @Parameters(paramLabel = "FILE.swu", description = "The bundle")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path bundle;

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(data.resolve("keys"))) {
      throw new IOException(data + ": no camera ever ran here");
    }
    SecureRandom random = new SecureRandom();
    try (DataLock lock = DataLock.take(data);
        StoppedDevice device = new StoppedDevice(data, root, random)) {
      SealedFile counter =
          counterFile(data, device.keys().identityKey(), FileWrites.disk(), random);
      Updates updates =
          CameraUpdates.ofStopped(data, options, Main.board(board), counter, Clock.systemUTC());
      updates.resume();
      BundleManifest manifest = bring(updates);
      updates.install();
      print(manifest);
    }
    return 0;
  }

  /**
   * The security counter's file.
   *
   * @param key one that an erase keeps: an erased camera does not take older software either
   */
  static SealedFile counterFile(
      Path data, org.refcam.crypto.SecretBytes key, FileWrites writes, SecureRandom random) {
    return new SealedFile(
        data.resolve("update").resolve("security-counter.sealed"),
        key,
        "update/security-counter",
        writes,
        random);
  }

  private BundleManifest bring(Updates updates) throws IOException, UpdateException {
    try (InputStream in = Files.newInputStream(bundle)) {
      return updates.replace(in, received -> {});
    }
  }

  private void print(BundleManifest manifest) {
    if (asJson) {
      System.out.println(
          new String(
              LocalStatus.json(
                  Map.of(
                      "version",
                      manifest.version(),
                      "securityVersion",
                      manifest.securityVersion())),
              java.nio.charset.StandardCharsets.UTF_8));
    } else {
      System.out.println("installed " + manifest.version() + "; the next start tries it");
    }
  }
}
