// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.refcam.crypto.Pkcs11Token;
import org.refcam.crypto.Pkcs11Uri;

/**
 * ECDSA keys on P-256 in a PKCS#11 token, by their labels: made there, and never out of it. Java
 * keeps a token's key only beside a certificate, so each has one of its own that nobody reads. A
 * token's signatures differ each time. Confined to one thread.
 */
final class TokenKeys {
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(365L * 30);

  private final Pkcs11Token token;

  private TokenKeys(Pkcs11Token token) {
    this.token = token;
  }

  /**
   * @param uri as {@link Pkcs11Uri} reads it
   * @throws IOException in one line: no such module, slot, PIN file or PIN
   */
  static TokenKeys open(String uri) throws IOException {
    try {
      return new TokenKeys(Pkcs11Token.open(Pkcs11Uri.parse(uri)));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Makes a key under a label that is free. */
  EcdsaKey make(String label, SecureRandom random) throws IOException {
    try {
      KeyStore store = token.keyStore();
      if (store.containsAlias(label)) {
        throw new IOException("the token has a key " + label + " already");
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", token.provider());
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=" + label);
      Instant now = Instant.now();
      Certificate[] chain = {
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(100, random).add(BigInteger.ONE),
                        Date.from(now),
                        Date.from(now.plus(CERTIFICATE_LIFE)),
                        name,
                        pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())))
      };
      store.setKeyEntry(label, pair.getPrivate(), null, chain);
      return find(label).orElseThrow(() -> new IOException("the token did not keep " + label));
    } catch (GeneralSecurityException | OperatorCreationException | ProviderException e) {
      throw new IOException("the token does not make a key: " + e.getMessage(), e);
    }
  }

  /** The key of that label, if this token has it. */
  Optional<EcdsaKey> find(String label) throws IOException {
    try {
      return token.keyStore().getKey(label, null) instanceof PrivateKey key
              && token.keyStore().getCertificate(label) instanceof X509Certificate certificate
          ? Optional.of(
              new TokenKey(
                  key, SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())))
          : Optional.empty();
    } catch (GeneralSecurityException | ProviderException e) {
      throw new IOException("the token does not show " + label + ": " + e.getMessage(), e);
    }
  }

  private record TokenKey(PrivateKey key, SubjectPublicKeyInfo publicKey) implements EcdsaKey {
    @Override
    public byte[] sign(byte[] message) throws IOException {
      try {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException | ProviderException e) {
        throw new IOException("the token does not sign: " + e.getMessage(), e);
      }
    }
  }
}
