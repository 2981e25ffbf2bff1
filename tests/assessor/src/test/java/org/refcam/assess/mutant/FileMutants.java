// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.util.List;
import org.refcam.assess.mutant.Mutant.Told;

/** What shows in files that the user gives. */
final class FileMutants {
  private FileMutants() {}

  static List<Mutant> all() {
    return List.of(
        captured("sends to an undeclared address", "csp-confidential-remote", Captured.UNDECLARED),
        captured(
            "sends abroad although Viet Nam only", "vn-data-location-setting", Captured.ABROAD),
        captured("looks up an undeclared name", "privacy-information", Captured.LOOKS_UP),
        captured("hides behind a declared address", "telemetry-information", Captured.FRONTED),
        Mutant.told(
            "sends a password in clear text",
            "egress.clear",
            "csp-encrypted-in-transit",
            t -> t.captured(Captured.CLEAR_TEXT)),
        Mutant.told(
            "erase leaves a name", "erase.canary", "user-data-erasure", Told::withCanaryLeft),
        Mutant.told(
            "key shared by two units",
            "tls.unique",
            "critical-parameters-unique",
            Told::withSameKey),
        Mutant.told(
            "label password from the serial",
            "password.preset",
            "password-preset-generation",
            Told::withDerivedLabel),
        Mutant.told(
            "certificate is not the label's",
            "tls.label",
            "secure-communication",
            Told::withOtherCertificate));
  }

  private static Mutant captured(String name, String requirement, Captured what) {
    return Mutant.told(name, "egress.capture", requirement, t -> t.captured(what));
  }
}
