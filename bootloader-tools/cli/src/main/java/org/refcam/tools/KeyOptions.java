// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the keys are and what opens them: a picocli mixin. */
final class KeyOptions {
  @Option(names = "--keys", required = true, paramLabel = "DIR", description = "The key directory")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path directory;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Holds the passphrase; otherwise REFCAM_PASSPHRASE, DIR/passphrase, or asked for")
  @Nullable Path passphraseFile;

  @Option(
      names = "--token",
      paramLabel = "URI",
      description = "pkcs11:...: the token with the keys, if another than keys.json names")
  @Nullable String token;

  KeyDirectory open() throws IOException {
    KeyDirectory keys = KeyDirectory.open(directory, passphrase(directory, passphraseFile));
    if (token != null) {
      keys.token(token);
    }
    return keys;
  }

  static char[] passphrase(Path directory, @Nullable Path file) throws IOException {
    String environment = System.getenv("REFCAM_PASSPHRASE");
    Path beside = directory.resolve("passphrase");
    if (file != null) {
      return Files.readString(file).strip().toCharArray();
    } else if (environment != null) {
      return environment.toCharArray();
    } else if (Files.exists(beside)) {
      return Files.readString(beside).strip().toCharArray();
    } else if (System.console() != null) {
      return System.console().readPassword("passphrase of %s: ", directory);
    }
    throw new IOException("no passphrase: use --passphrase-file or REFCAM_PASSPHRASE");
  }
}
