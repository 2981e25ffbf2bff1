// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.refcam.image.BundleVerifier;
import org.refcam.image.Keyring;

/** A keyring of one certificate whose private key was thrown away when it was made. */
final class FuzzKeyring {
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdDCCARugAwIBAgIUVxA7ySDSlrT7IZVKkTHR4GalXQAwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEZnV6ejAgFw0yNjExMjUxODU0MDNaGA8yMDUxMDcxNzE4NTQw
      M1owDzENMAsGA1UEAwwEZnV6ejBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPMw
      1fJsZi5bV+249rzAneb5zVgz/s7QlqeYNghDPpx6wo1ZnX9/RNfr76M1TPSvAkV0
      G8nzom0YkkD6CIa2sqWjUzBRMB0GA1UdDgQWBBT+NQnQEAk5y0p/7CUzoUQ3WHYT
      6DAfBgNVHSMEGDAWgBT+NQnQEAk5y0p/7CUzoUQ3WHYT6DAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0cAMEQCIDpNnQocE1eMRhfn02kpGybheEKq2sYLVRyJ
      Tt0wAOdPAiBrypSWXIFEHJvAlU/i4y4Nv+bpJwNcKnslQApwOV4C3g==
      -----END CERTIFICATE-----
      """;

  private FuzzKeyring() {}

  static BundleVerifier verifier() {
    try {
      return new BundleVerifier(Keyring.parse(CERTIFICATE), Instant.parse("2027-01-01T00:00:00Z"));
    } catch (IOException e) {
      throw new UncheckedIOException("the certificate above is well-formed", e);
    }
  }
}
