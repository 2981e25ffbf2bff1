// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Fingerprint;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.TlsHello;
import org.refcam.assess.reach.Wire;

/** TLS of every open port. */
final class TlsChecks {
  private static final int RSA_MIN = 2048;
  private static final int EC_MIN = 256;
  private static final Map<Integer, String> OLD =
      Map.of(TlsHello.SSL3, "SSL 3.0", TlsHello.TLS10, "TLS 1.0", TlsHello.TLS11, "TLS 1.1");

  private TlsChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "tls.versions",
            "No SSL 3.0, TLS 1.0, TLS 1.1",
            "Không nhận SSL 3.0, TLS 1.0, TLS 1.1",
            onTls(TlsChecks::versions)),
        Check.of(
            "tls.suites",
            "No broken TLS suite",
            "Không nhận bộ mật mã TLS đã bị phá",
            onTls(TlsChecks::suites)),
        Check.of(
            "tls.key",
            "TLS key and signature are strong",
            "Khóa và chữ ký TLS đủ mạnh",
            onTls(TlsChecks::key)),
        Check.of(
            "tls.validity",
            "Certificate is valid today",
            "Chứng thư còn hạn",
            onTls(TlsChecks::validity)),
        Check.of(
            "tls.label",
            "Certificate is the label's",
            "Chứng thư đúng với nhãn",
            onTls(TlsChecks::label)),
        Check.of(
            "tls.unique",
            "Key differs from another unit's",
            "Khóa khác với thiết bị khác",
            onTls(TlsChecks::unique)));
  }

  private static Check.Work onTls(Check.Work work) {
    return (subject, notes) ->
        subject.tls().isEmpty()
            ? notes.notApplicable(
                "no TLS among the " + subject.endpoints().size() + " open ports that were found",
                "không có TLS trong " + subject.endpoints().size() + " cổng mở đã thấy")
            : work.look(subject, notes);
  }

  private static Finding versions(Subject subject, Notes notes) throws IOException {
    for (Endpoint at : subject.tls()) {
      for (int version : List.of(TlsHello.SSL3, TlsHello.TLS10, TlsHello.TLS11)) {
        Optional<TlsHello.Chosen> chosen =
            offer(subject.talk().reach(), at, version, TlsHello.COMMON);
        notes.say(
            at.name()
                + " offered "
                + OLD.get(version)
                + ": "
                + chosen.map(Object::toString).orElse("refused"));
        if (chosen.isPresent()) {
          notes.fault(at.name() + " accepts " + OLD.get(version));
        }
      }
    }
    return notes.passUnlessFaulty(
        "refused on " + subject.tls().size() + " TLS ports",
        "bị từ chối ở " + subject.tls().size() + " cổng TLS");
  }

  private static Finding suites(Subject subject, Notes notes) throws IOException {
    for (Endpoint at : subject.tls()) {
      for (int version : List.of(TlsHello.TLS12, TlsHello.TLS10)) {
        Optional<TlsHello.Chosen> chosen =
            offer(subject.talk().reach(), at, version, TlsHello.BROKEN);
        notes.say(
            at.name()
                + " offered broken suites: "
                + chosen.map(Object::toString).orElse("refused"));
        if (chosen.isPresent()) {
          notes.fault(
              at.name()
                  + String.format(
                      Locale.ROOT, " accepts broken suite 0x%04x", chosen.get().suite()));
        }
      }
      notes.say(at.name() + " chooses " + facts(subject, at));
    }
    return notes.passUnlessFaulty(
        "NULL, anonymous, export, RC4, DES and 3DES suites are refused on "
            + subject.tls().size()
            + " TLS ports",
        "các bộ NULL, ẩn danh, export, RC4, DES, 3DES bị từ chối ở "
            + subject.tls().size()
            + " cổng TLS");
  }

  private static Optional<TlsHello.Chosen> offer(
      Reach reach, Endpoint at, int version, List<Integer> suites) throws IOException {
    try {
      return TlsHello.offer(reach, at.port(), version, suites);
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      // Closing without a word refuses as well as an alert does.
      return Optional.empty();
    }
  }

  private static String facts(Subject subject, Endpoint at) throws IOException {
    try (Wire wire = Wire.open(subject.talk().reach(), at)) {
      return wire.tlsFacts();
    }
  }

  private static Optional<X509Certificate> certificate(Subject subject, Endpoint at)
      throws IOException {
    try (Wire wire = Wire.open(subject.talk().reach(), at)) {
      return wire.certificates().stream().findFirst();
    }
  }

  /** SHA-256 of each TLS port's public key, for comparing units. */
  static Map<String, String> keys(Subject subject) throws IOException {
    Map<String, String> keys = new java.util.TreeMap<>();
    for (Endpoint at : subject.tls()) {
      try {
        certificate(subject, at)
            .ifPresent(c -> keys.put(at.name(), Fingerprint.of(c.getPublicKey().getEncoded())));
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        keys.put(at.name(), "");
      }
    }
    return keys;
  }

  private static Finding key(Subject subject, Notes notes) throws IOException {
    for (Endpoint at : subject.tls()) {
      X509Certificate one = required(subject, at);
      notes.say(
          at.name()
              + ": subject "
              + one.getSubjectX500Principal()
              + ", issuer "
              + one.getIssuerX500Principal());
      notes.say("signature " + one.getSigAlgName() + ", key " + describe(one.getPublicKey()));
      if (bits(one.getPublicKey())
          < (one.getPublicKey() instanceof RSAPublicKey ? RSA_MIN : EC_MIN)) {
        notes.fault(at.name() + " has a weak key: " + describe(one.getPublicKey()));
      }
      if (one.getSigAlgName().matches("(?i)(md5|md2|sha1)with.*")) {
        notes.fault(at.name() + " has a certificate signed by " + one.getSigAlgName());
      }
    }
    return notes.passUnlessFaulty(
        "at least RSA 2048 or EC 256, signed with SHA-2, on " + subject.tls().size() + " TLS ports",
        "ít nhất RSA 2048 hoặc EC 256, ký bằng SHA-2, ở " + subject.tls().size() + " cổng TLS");
  }

  private static X509Certificate required(Subject subject, Endpoint at) throws IOException {
    return certificate(subject, at)
        .orElseThrow(() -> new IOException(at.name() + " shows no certificate"));
  }

  private static int bits(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength();
    }
    // Edwards keys have one size; it counts as 256.
    return key instanceof ECPublicKey ec
        ? ec.getParams().getCurve().getField().getFieldSize()
        : EC_MIN;
  }

  private static String describe(PublicKey key) {
    return key.getAlgorithm() + " " + bits(key);
  }

  private static Finding validity(Subject subject, Notes notes) throws IOException {
    Instant now = Instant.now();
    for (Endpoint at : subject.tls()) {
      X509Certificate one = required(subject, at);
      notes.say(
          at.name()
              + ": "
              + one.getNotBefore().toInstant()
              + " to "
              + one.getNotAfter().toInstant());
      if (now.isAfter(one.getNotAfter().toInstant())
          || now.isBefore(one.getNotBefore().toInstant())) {
        notes.fault(
            at.name()
                + " is valid "
                + one.getNotBefore().toInstant()
                + " to "
                + one.getNotAfter().toInstant()
                + " only");
      }
    }
    return notes.passUnlessFaulty("by the clock of the assessor", "theo đồng hồ của máy đánh giá");
  }

  private static Finding label(Subject subject, Notes notes) throws IOException {
    String wanted =
        subject
            .given()
            .label()
            .map(Given.Label::certificateSha256)
            .orElse("")
            .replace(":", "")
            .toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return notes.unknown("no label was given (--label)", "chưa có nhãn của camera (--label)");
    }
    for (Endpoint at : subject.tls()) {
      String seen = Fingerprint.of(encoded(required(subject, at)));
      notes.say(at.name() + " shows " + seen);
      if (!seen.equals(wanted)) {
        notes.fault(at.name() + " shows another certificate than the label's");
      }
    }
    return notes.passUnlessFaulty(
        "the certificate's SHA-256 is on the label", "SHA-256 của chứng thư có trên nhãn");
  }

  /** Why the user's account must not be shown to this subject; empty if it may. */
  static Optional<String> distrust(Subject subject) throws IOException {
    Optional<RestDoor> rest = subject.rest();
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    if (!rest.get().at().tls()) {
      return Optional.of("the sign-in has no TLS");
    }
    String wanted =
        subject
            .given()
            .label()
            .map(Given.Label::certificateSha256)
            .orElse("")
            .replace(":", "")
            .toLowerCase(Locale.ROOT);
    boolean other =
        !wanted.isEmpty()
            && !Fingerprint.of(encoded(required(subject, rest.get().at()))).equals(wanted);
    return other ? Optional.of("the certificate is not the label's") : Optional.empty();
  }

  private static Finding unique(Subject subject, Notes notes) throws IOException {
    Map<String, String> own = keys(subject);
    own.forEach((name, key) -> notes.say(name + " key " + key));
    Optional<JsonNode> other = subject.given().otherUnit();
    if (other.isEmpty()) {
      return notes.unknown(
          "one unit alone cannot show it: assess a second unit and give its report (--other-unit)",
          "một thiết bị không đủ: hãy đánh giá thiết bị thứ hai và đưa báo cáo của nó (--other-unit)");
    }
    other
        .get()
        .path("keys")
        .fields()
        .forEachRemaining(
            one -> {
              if (own.containsValue(one.getValue().asText("-"))) {
                notes.fault("the other unit's " + one.getKey() + " has the same private key");
              }
            });
    return notes.passUnlessFaulty(
        "no TLS key is equal on the two units", "hai thiết bị không có khóa TLS nào giống nhau");
  }

  private static byte[] encoded(X509Certificate one) throws IOException {
    try {
      return one.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate that cannot be written again", e);
    }
  }
}
