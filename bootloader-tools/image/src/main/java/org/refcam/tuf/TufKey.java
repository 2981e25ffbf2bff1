// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.refcam.crypto.Sha256;
import org.refcam.json.CanonicalJson;
import org.refcam.json.InvalidJsonException;

/**
 * One public key as metadata lists it (4.2). A key of a scheme that we do not know, or whose value
 * does not decode, is kept and simply verifies nothing: a newer repository may have such keys
 * beside ours.
 *
 * @param keyType the field {@code keytype}
 * @param scheme the field {@code scheme}
 * @param publicValue the field {@code keyval.public}
 */
public record TufKey(String keyType, String scheme, String publicValue) {
  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 8192;
  private static final String PRIME256V1 = "1.2.840.10045.3.1.7";

  /**
   * The key as our repositories list it.
   *
   * @throws IllegalArgumentException if the key is not of that scheme
   */
  public static TufKey of(KeyScheme scheme, AsymmetricKeyParameter publicKey) {
    if (!fits(scheme, publicKey)) {
      throw new IllegalArgumentException("not a key of " + scheme.scheme());
    }
    String value =
        publicKey instanceof Ed25519PublicKeyParameters ed25519
            ? HexFormat.of().formatHex(ed25519.getEncoded())
            : pem(publicKey);
    return new TufKey(scheme.keyType(), scheme.scheme(), value);
  }

  /** The scheme if we know it. */
  public Optional<KeyScheme> knownScheme() {
    return KeyScheme.find(keyType, scheme);
  }

  /** SHA-256 of the canonical form of the key, in hexadecimal: the key id that we write (4.2). */
  public String keyId() {
    try {
      return Sha256.hex(CanonicalJson.encode(toJson()));
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("a key whose text is not Unicode", e);
    }
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("keytype", keyType);
    json.putObject("keyval").put("public", publicValue);
    json.put("scheme", scheme);
    return json;
  }

  /**
   * The decoded key; empty for an unknown scheme and for a value that is no key of its scheme. Two
   * ids with one key decode to equal {@link #encoding}s, and count once.
   */
  Optional<AsymmetricKeyParameter> decode() {
    Optional<KeyScheme> known = knownScheme();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try {
      AsymmetricKeyParameter key =
          known.get() == KeyScheme.ED25519
              ? new Ed25519PublicKeyParameters(HexFormat.of().parseHex(publicValue))
              : PublicKeyFactory.createKey(pemBytes());
      return fits(known.get(), key) ? Optional.of(key) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle answers bad points and lengths with many unchecked types: all mean "no key".
      return Optional.empty();
    }
  }

  /** The key itself without its id and spelling, for counting distinct keys. */
  static String encoding(AsymmetricKeyParameter key) {
    return Sha256.hex(der(key));
  }

  private static boolean fits(KeyScheme scheme, AsymmetricKeyParameter key) {
    return switch (scheme) {
      case ED25519 -> key instanceof Ed25519PublicKeyParameters;
      case ECDSA_SHA2_NISTP256 ->
          key instanceof ECPublicKeyParameters ec
              && ec.getParameters() instanceof ECNamedDomainParameters named
              && named.getName().getId().equals(PRIME256V1);
      case RSASSA_PSS_SHA256 ->
          key instanceof RSAKeyParameters rsa
              && !rsa.isPrivate()
              && rsa.getModulus().bitLength() >= RSA_BITS_MIN
              && rsa.getModulus().bitLength() <= RSA_BITS_MAX;
      case ML_DSA_65 ->
          key instanceof MLDSAPublicKeyParameters lattice
              && lattice.getParameters() == MLDSAParameters.ml_dsa_65;
    };
  }

  private byte[] pemBytes() throws IOException {
    byte[] text = publicValue.getBytes(StandardCharsets.UTF_8);
    try (PemReader reader =
        new PemReader(
            new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8))) {
      PemObject pem = reader.readPemObject();
      if (pem == null || !pem.getType().equals("PUBLIC KEY")) {
        throw new IOException("no PEM public key");
      }
      return pem.getContent();
    }
  }

  private static String pem(AsymmetricKeyParameter key) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(key));
    return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
  }

  private static byte[] der(AsymmetricKeyParameter key) {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key);
      return info.getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalArgumentException("a key without an encoding", e);
    }
  }
}
