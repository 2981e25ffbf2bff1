// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.refcam.erase.InvalidEraseCertificateException.Reason;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;

/**
 * An erase certificate whose signature, chain and form were checked; nothing else makes one.
 * Immutable.
 *
 * <p>INV-ERASE-5. A file of which any byte was changed does not verify. Holds against everyone
 * without the device key. That the device key belongs to a genuine camera is told by its chain's
 * last certificate, or by the fingerprint on the label, which the reader compares.
 */
public record VerifiedEraseCertificate(
    String id,
    long sequence,
    String scope,
    Device device,
    String medium,
    Sanitization sanitization,
    List<Key> keys,
    long clips,
    String verification,
    String role,
    String way,
    EraseTime requested,
    EraseTime completed,
    String postState,
    List<NotCovered> notCovered,
    boolean selfSigned) {
  /** The longest file that is read. */
  public static final int BYTES_MAX = 64 * 1024;

  private static final int CHAIN_MOST = 5;
  private static final int COUNT_MOST = 1_000_000_000;

  /** The device. */
  public record Device(
      String manufacturer,
      String model,
      String serial,
      String firmware,
      String rootOfTrust,
      String publicKeySha256) {}

  /** How it was done. */
  public record Sanitization(
      String guideline, String method, String technique, String tool, String module) {}

  /** One slot. */
  public record Key(String name, String assurance, String result) {}

  public VerifiedEraseCertificate {
    keys = List.copyOf(keys);
    notCovered = List.copyOf(notCovered);
  }

  /**
   * Checks a file, without a network and without the camera.
   *
   * @throws InvalidEraseCertificateException each reason
   */
  public static VerifiedEraseCertificate verify(byte[] file)
      throws InvalidEraseCertificateException {
    try {
      JsonObject whole = JsonText.parseObject(file, BYTES_MAX);
      if (!Arrays.equals(file, EraseCertificate.canonical(whole.node()))) {
        throw new InvalidEraseCertificateException(
            Reason.NOT_CANONICAL, "not the bytes that a camera writes");
      }
      requireFields(whole.node(), 3);
      List<X509Certificate> chain = chain(whole.texts("certificates"));
      JsonObject signed = whole.object("signed");
      requireSignature(chain.get(0), signed.node(), whole.text("signature"));
      VerifiedEraseCertificate read = read(signed, selfSigned(chain.get(0)));
      requireDevice(read.device, chain.get(0));
      return read;
    } catch (InvalidJsonException | DateTimeException | AssertionError e) {
      throw new InvalidEraseCertificateException(
          Reason.NOT_A_CERTIFICATE, "no erase certificate: " + e.getMessage(), e);
    }
  }

  private static void requireFields(JsonNode whole, int count)
      throws InvalidEraseCertificateException {
    if (whole.size() != count) {
      throw new InvalidEraseCertificateException(
          Reason.NOT_A_CERTIFICATE, "fields that are not a certificate's");
    }
  }

  private static List<X509Certificate> chain(List<String> texts)
      throws InvalidEraseCertificateException {
    if (texts.isEmpty() || texts.size() > CHAIN_MOST) {
      throw new InvalidEraseCertificateException(
          Reason.BAD_CHAIN, texts.size() + " certificates, expected 1 to " + CHAIN_MOST);
    }
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (String text : texts) {
        byte[] der = base64(text);
        X509Certificate certificate =
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        if (!Arrays.equals(der, certificate.getEncoded())) {
          throw new InvalidEraseCertificateException(Reason.BAD_CHAIN, "bytes after a certificate");
        }
        chain.add(certificate);
      }
      for (int i = 0; i < chain.size(); i++) {
        X509Certificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
        if (i + 1 < chain.size() || selfSigned(chain.get(i))) {
          chain.get(i).verify(issuer.getPublicKey());
        } else {
          throw new InvalidEraseCertificateException(
              Reason.BAD_CHAIN, "the last certificate is not a root");
        }
      }
      return chain;
    } catch (GeneralSecurityException | IllegalArgumentException | UncheckedIOException e) {
      throw new InvalidEraseCertificateException(
          Reason.BAD_CHAIN, "the certificates do not stand on each other", e);
    }
  }

  private static boolean selfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static void requireSignature(X509Certificate device, JsonNode signed, String signature)
      throws InvalidEraseCertificateException {
    try {
      Signature check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(device.getPublicKey());
      check.update(EraseCertificate.message(signed));
      if (!check.verify(base64(signature))) {
        throw new InvalidEraseCertificateException(
            Reason.BAD_SIGNATURE, "it was changed after the camera signed it");
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidEraseCertificateException(
          Reason.BAD_SIGNATURE, "the signature cannot be the device's", e);
    }
  }

  /** One text for each value: bits behind the last byte have to be zero. */
  private static byte[] base64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("not the base64 of its bytes");
    }
    return bytes;
  }

  private static void requireDevice(Device device, X509Certificate certificate)
      throws InvalidEraseCertificateException {
    String subject = certificate.getSubjectX500Principal().getName();
    boolean own =
        EraseCertificate.keySha256(certificate).equals(device.publicKeySha256)
            && subject.contains("CN=RefCam " + device.serial + ",")
            && subject.contains("root of trust: " + device.rootOfTrust);
    if (!own) {
      throw new InvalidEraseCertificateException(
          Reason.OTHER_DEVICE, "signed by another device than it names: " + subject);
    }
  }

  private static VerifiedEraseCertificate read(JsonObject signed, boolean selfSigned)
      throws InvalidJsonException {
    if (!signed.text("type").equals(EraseCertificate.TYPE)) {
      throw signed.bad("type", EraseCertificate.TYPE);
    }
    signed.number("version", EraseCertificate.VERSION, EraseCertificate.VERSION);
    List<Key> keys = new ArrayList<>();
    for (JsonObject key : signed.list("keys")) {
      keys.add(new Key(key.text("name"), key.text("assurance"), key.text("result")));
    }
    List<NotCovered> open = new ArrayList<>();
    for (String word : signed.texts("notCovered")) {
      open.add(
          NotCovered.find(word).orElseThrow(() -> signed.bad("notCovered", "known limits only")));
    }
    return new VerifiedEraseCertificate(
        signed.text("id"),
        signed.number("sequence", 1, COUNT_MOST),
        signed.text("scope"),
        device(signed.object("device")),
        signed.object("media").text("type"),
        sanitization(signed.object("sanitization")),
        keys,
        signed.number("clips", 0, COUNT_MOST),
        signed.text("verification"),
        signed.object("requestedBy").text("role"),
        signed.object("requestedBy").text("way"),
        time(signed.object("requested")),
        time(signed.object("completed")),
        signed.text("postState"),
        open,
        selfSigned);
  }

  private static Device device(JsonObject device) throws InvalidJsonException {
    return new Device(
        device.text("manufacturer"),
        device.text("model"),
        device.text("serial"),
        device.text("firmware"),
        device.text("rootOfTrust"),
        device.text("publicKeySha256"));
  }

  private static Sanitization sanitization(JsonObject how) throws InvalidJsonException {
    return new Sanitization(
        how.text("guideline"),
        how.text("method"),
        how.text("technique"),
        how.text("tool"),
        how.text("module"));
  }

  private static EraseTime time(JsonObject time) throws InvalidJsonException {
    return new EraseTime(Instant.parse(time.text("time")), time.text("quality"));
  }
}
