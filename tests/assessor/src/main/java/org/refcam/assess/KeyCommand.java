// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.report.Seal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tests/assess key FILE}. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description =
        "Makes an Ed25519 key to sign reports with: FILE, and FILE.pub to give away. Overwrites nothing.")
final class KeyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "where the private key goes")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    Path open = Path.of(file + ".pub");
    if (Files.exists(file) || Files.exists(open)) {
      throw new IOException(file + " or " + open + " is already there");
    }
    KeyPair pair = Seal.newKey();
    Seal.writeKey(pair.getPrivate(), file);
    Seal.writePublic(pair.getPublic(), open);
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println("SHA-256 " + Seal.fingerprint(pair.getPublic()));
    return 0;
  }
}
