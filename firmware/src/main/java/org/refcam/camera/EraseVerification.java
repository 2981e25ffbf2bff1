// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.refcam.erase.InvalidEraseCertificateException;
import org.refcam.erase.InvalidEraseCertificateException.Reason;
import org.refcam.erase.NotCovered;
import org.refcam.erase.VerifiedEraseCertificate;

/** {@code refcam verify} of an erase certificate. Stateless. */
final class EraseVerification {
  private EraseVerification() {}

  /** Whether the file begins as a certificate does; a film never begins so. */
  static boolean isCertificate(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == '{';
    }
  }

  /**
   * Prints what the certificate says.
   *
   * @return 0
   * @throws IOException with one line if it is not genuine
   */
  static int verify(Path file, boolean asJson) throws IOException {
    if (Files.size(file) > VerifiedEraseCertificate.BYTES_MAX) {
      throw new IOException(file + ": too large for an erase certificate");
    }
    ObjectMapper json = new ObjectMapper();
    try {
      Map<String, Object> facts = facts(VerifiedEraseCertificate.verify(Files.readAllBytes(file)));
      if (asJson) {
        System.out.println(json.writeValueAsString(facts));
      } else {
        facts.forEach((name, value) -> System.out.printf("  %-16s %s%n", name, value));
        System.out.println(
            "  Compare serial and publicKeySha256 with what you know of the camera.");
      }
      return 0;
    } catch (InvalidEraseCertificateException e) {
      if (asJson) {
        String reason = e.reason().name().toLowerCase(Locale.ROOT);
        System.out.println(json.writeValueAsString(Map.of("genuine", false, "reason", reason)));
      }
      throw new IOException(file + ": " + sentence(e.reason()), e);
    }
  }

  private static Map<String, Object> facts(VerifiedEraseCertificate certificate) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("genuine", true);
    facts.put("id", certificate.id());
    facts.put("sequence", certificate.sequence());
    facts.put("scope", certificate.scope());
    facts.put("clips", certificate.clips());
    facts.put("serial", certificate.device().serial());
    facts.put("publicKeySha256", certificate.device().publicKeySha256());
    facts.put("selfSigned", certificate.selfSigned());
    facts.put("rootOfTrust", certificate.device().rootOfTrust());
    facts.put("method", certificate.sanitization().method());
    facts.put("technique", certificate.sanitization().technique());
    facts.put("module", certificate.sanitization().module());
    facts.put(
        "keys",
        certificate.keys().stream()
            .map(key -> key.name() + " " + key.result() + " (" + key.assurance() + ")")
            .toList());
    facts.put("requestedBy", certificate.role() + " (" + certificate.way() + ")");
    facts.put("completed", certificate.completed().time().toString());
    facts.put("timeQuality", certificate.completed().quality());
    facts.put("postState", certificate.postState());
    facts.put("notCovered", certificate.notCovered().stream().map(NotCovered::word).toList());
    return facts;
  }

  private static String sentence(Reason reason) {
    return switch (reason) {
      case NOT_A_CERTIFICATE -> "not an erase certificate, or damaged";
      case NOT_CANONICAL -> "NOT GENUINE: not the bytes that a camera wrote";
      case BAD_CHAIN -> "NOT GENUINE: its certificates do not stand on each other";
      case BAD_SIGNATURE -> "NOT GENUINE: it was changed after the camera signed it";
      case OTHER_DEVICE -> "NOT GENUINE: signed by another device than it names";
    };
  }
}
