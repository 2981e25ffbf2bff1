// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.refcam.crypto.Pkcs11Uri;
import org.refcam.kernel.FirmwareMailbox;
import org.refcam.storage.FileWrites;

/**
 * Opens the root of trust that a board file or {@code --root} names. Stateless.
 *
 * <pre>
 *   development                       a file in the data directory; for machines without hardware
 *   tpm2:/dev/tpmrm0                  a TPM 2.0; tpm2:unix:PATH and tpm2:tcp:HOST:PORT for software
 *   pkcs11:slot-id=N?module-path=LIB&amp;pin-source=FILE   a token, RFC 7512
 *   pi-otp                            the customer fuses of a Raspberry Pi; burns them at first boot
 * </pre>
 */
public final class RootsOfTrust {
  private static final Path MAILBOX = Path.of("/dev/vcio");

  private RootsOfTrust() {}

  /** A root that is not there is an error: nothing falls back to a weaker one. */
  public static RootOfTrust open(
      String name, Path dataDirectory, FileWrites writes, SecureRandom random) throws IOException {
    requireKnown(name);
    if (name.equals("development")) {
      return DevelopmentFileRoot.openOrCreate(dataDirectory, writes, random);
    }
    if (name.equals("pi-otp")) {
      return PiOtpRoot.openOrBurn(new FirmwareMailbox(MAILBOX), dataDirectory, writes, random);
    }
    return name.startsWith("tpm2:")
        ? TpmRoot.open(name.substring("tpm2:".length()))
        : Pkcs11Root.openOrCreate(Pkcs11Uri.parse(name), dataDirectory, writes, random);
  }

  /**
   * @throws IllegalArgumentException with one line that says what was expected
   */
  public static void requireKnown(String name) {
    if (name.startsWith("pkcs11:")) {
      Pkcs11Uri.parse(name);
    } else if (!name.equals("development")
        && !name.equals("pi-otp")
        && !(name.startsWith("tpm2:") && name.length() > "tpm2:".length())) {
      throw new IllegalArgumentException(
          "root of trust " + name + ": expected development, tpm2:DEVICE, pkcs11:... or pi-otp");
    }
  }
}
