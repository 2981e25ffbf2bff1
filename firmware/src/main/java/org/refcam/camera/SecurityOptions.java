// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.web.SecurityContact;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** To whom faults are reported: set by who ships the camera. Filled by picocli, then read only. */
final class SecurityOptions {
  @Option(
      names = "--security-contact",
      paramLabel = "ADDRESS",
      description =
          "https, mailto or tel: served at /.well-known/security.txt (RFC 9116). Default: none,"
              + " and no such file")
  @Nullable String contact;

  @Option(
      names = "--security-policy",
      paramLabel = "URL",
      description = "Where the policy of handling reports stands")
  String policy = "";

  @Option(
      names = "--support-until",
      paramLabel = "DAY",
      description =
          "Until when security updates are promised, as 2031-12-31; shown to the owner."
              + " Default: nothing is promised")
  @Nullable LocalDate supportUntil;

  /** The last day for which security updates are promised. */
  Optional<LocalDate> supportUntil() {
    return Optional.ofNullable(supportUntil);
  }

  /**
   * @throws TypeConversionException in one line, if they are no addresses
   */
  Optional<SecurityContact> contact() {
    try {
      return Optional.ofNullable(contact).map(address -> new SecurityContact(address, policy));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
