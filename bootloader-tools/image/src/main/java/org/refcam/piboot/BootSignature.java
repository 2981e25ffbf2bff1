// SPDX-License-Identifier: Apache-2.0
package org.refcam.piboot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.crypto.Sha256;
import org.refcam.fit.FitAlgorithm;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;
import org.refcam.piboot.InvalidBootSignatureException.Reason;

/**
 * The file beside {@code boot.img} (and beside the EEPROM's configuration), three lines of text:
 *
 * <pre>
 *   SHA-256 of the image, 64 hexadecimal digits
 *   ts: SECONDS since 1970
 *   rsa2048: RSASSA-PKCS1-v1_5 with SHA-256 over the image, 512 hexadecimal digits
 * </pre>
 *
 * <p>INV-PI-1. An image is called verified only if the given RSA-2048 key signed exactly its bytes.
 * Holds against whoever writes the boot partition. The time is not signed.
 *
 * @param timestamp whole seconds
 */
public record BootSignature(String sha256, Instant timestamp, String rsa2048) {
  /** More than the three lines ever have. */
  public static final int BYTES_MAX = 4096;

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{64})\nts: ([0-9]{1,12})\nrsa2048: ([0-9a-f]{512})\n?");

  /**
   * Signs an image.
   *
   * @param signer RSA-2048 with PKCS#1 v1.5: the bootloader knows nothing else
   * @param timestamp given, so that the same image gives the same bytes
   */
  public static BootSignature sign(byte[] image, Instant timestamp, FitSigner signer)
      throws IOException {
    if (FitAlgorithm.of(signer.publicKey()) != FitAlgorithm.RSA2048
        || signer.padding() != FitPadding.PKCS1_1_5) {
      throw new IllegalArgumentException("the Raspberry Pi verifies RSA-2048 with PKCS#1 v1.5");
    }
    String signature = HexFormat.of().formatHex(signer.sign(image));
    return new BootSignature(
        Sha256.hex(image), Instant.ofEpochSecond(timestamp.getEpochSecond()), signature);
  }

  /** The file's bytes. */
  public byte[] encode() {
    String text = sha256 + "\nts: " + timestamp.getEpochSecond() + "\nrsa2048: " + rsa2048 + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @throws InvalidBootSignatureException FORMAT
   */
  public static BootSignature parse(byte[] file) throws InvalidBootSignatureException {
    Matcher matcher =
        FORM.matcher(file.length <= BYTES_MAX ? new String(file, StandardCharsets.ISO_8859_1) : "");
    if (!matcher.matches()) {
      throw new InvalidBootSignatureException(Reason.FORMAT, "not hash, time and signature");
    }
    return new BootSignature(
        matcher.group(1),
        Instant.ofEpochSecond(Long.parseLong(matcher.group(2))),
        matcher.group(3));
  }

  /**
   * Whether this file is of that image at all; says nothing of who signed.
   *
   * @throws InvalidBootSignatureException HASH_MISMATCH
   */
  public void requireHashOf(byte[] image) throws InvalidBootSignatureException {
    if (!Sha256.hex(image).equals(sha256)) {
      throw new InvalidBootSignatureException(Reason.HASH_MISMATCH, "the image has another hash");
    }
  }

  /**
   * Verifies an image.
   *
   * @throws InvalidBootSignatureException HASH_MISMATCH or SIGNATURE
   */
  public void verify(byte[] image, PublicKey key) throws InvalidBootSignatureException {
    requireHashOf(image);
    try {
      Signature engine = Signature.getInstance("SHA256withRSA");
      engine.initVerify(key);
      engine.update(image);
      boolean long2048 = key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() == 2048;
      if (long2048 && engine.verify(HexFormat.of().parseHex(rsa2048))) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidBootSignatureException(
          Reason.SIGNATURE, "not a signature of the given key: " + e.getMessage());
    }
    throw new InvalidBootSignatureException(Reason.SIGNATURE, "the given key did not sign it");
  }
}
