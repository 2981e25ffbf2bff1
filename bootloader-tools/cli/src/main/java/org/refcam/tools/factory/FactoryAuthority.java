// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.refcam.crypto.Pkcs11Token;
import org.refcam.crypto.Pkcs11Uri;

/**
 * The factory's certificate authority: a P-256 key in a PKCS#11 token, or in a PKCS#12 file under a
 * passphrase. Confined to one thread.
 */
final class FactoryAuthority {
  static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  private static final String ALIAS = "refcam-factory-ca";

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final SecureRandom random;
  private final Clock clock;

  private FactoryAuthority(KeyStore store, char[] passphrase, SecureRandom random, Clock clock)
      throws GeneralSecurityException, IOException {
    if (!(store.getKey(ALIAS, passphrase) instanceof PrivateKey found)
        || !(store.getCertificate(ALIAS) instanceof X509Certificate own)) {
      throw new IOException("there is no factory authority; make one with factory init");
    }
    this.key = found;
    this.certificate = own;
    this.random = random;
    this.clock = clock;
  }

  /**
   * @param place a PKCS#12 file, or a PKCS#11 URI
   * @param passphrase of the file; a token has its own PIN
   */
  static FactoryAuthority open(String place, char[] passphrase, SecureRandom random, Clock clock)
      throws IOException {
    try {
      if (place.startsWith("pkcs11:")) {
        KeyStore token = Pkcs11Token.open(Pkcs11Uri.parse(place)).keyStore();
        return new FactoryAuthority(token, new char[0], random, clock);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(Path.of(place))) {
        store.load(in, passphrase);
      }
      return new FactoryAuthority(store, passphrase, random, clock);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes the authority's key and certificate.
   *
   * @throws IOException if there is one already
   */
  static FactoryAuthority create(
      String place, char[] passphrase, String name, SecureRandom random, Clock clock)
      throws IOException {
    try {
      boolean inToken = place.startsWith("pkcs11:");
      KeyStore store;
      KeyPairGenerator generator;
      if (inToken) {
        Pkcs11Token token = Pkcs11Token.open(Pkcs11Uri.parse(place));
        store = token.keyStore();
        if (store.containsAlias(ALIAS)) {
          throw new IOException("the token has a factory authority already");
        }
        generator = KeyPairGenerator.getInstance("EC", token.provider());
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        store = KeyStore.getInstance("PKCS12");
        store.load(null, passphrase);
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      }
      KeyPair pair = generator.generateKeyPair();
      Certificate[] chain = {selfSigned(pair, name, random, clock)};
      store.setKeyEntry(ALIAS, pair.getPrivate(), inToken ? null : passphrase, chain);
      if (!inToken) {
        Set<StandardOpenOption> fresh =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (OutputStream out =
            java.nio.channels.Channels.newOutputStream(
                Files.newByteChannel(Path.of(place), fresh, mode))) {
          store.store(out, passphrase);
        }
      }
      return new FactoryAuthority(store, passphrase, random, clock);
    } catch (GeneralSecurityException | ProviderException | OperatorCreationException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** The IDevID of a request: its subject and hardware name, no expiry (IEEE 802.1AR-2018, 8). */
  X509Certificate sign(DeviceRequest device) throws IOException {
    try {
      JcaX509ExtensionUtils utilities = new JcaX509ExtensionUtils();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
              new BigInteger(127, random).setBit(126),
              Date.from(clock.instant()),
              Date.from(NO_EXPIRY),
              device.request().getSubject(),
              device.key());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          utilities.createSubjectKeyIdentifier(device.key()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          utilities.createAuthorityKeyIdentifier(certificate.getPublicKey()));
      builder.addExtension(Extension.subjectAlternativeName, false, device.names());
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the factory's key did not sign: " + e.getMessage(), e);
    }
  }

  private static X509Certificate selfSigned(
      KeyPair pair, String name, SecureRandom random, Clock clock)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name subject =
        new org.bouncycastle.asn1.x500.X500NameBuilder()
            .addRDN(org.bouncycastle.asn1.x500.style.BCStyle.CN, name)
            .build();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(127, random).setBit(126),
            Date.from(clock.instant()),
            Date.from(NO_EXPIRY),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  /** The first line of a passphrase file. */
  static char[] passphrase(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    char[] passphrase =
        StandardCharsets.UTF_8
            .decode(java.nio.ByteBuffer.wrap(bytes, 0, end))
            .toString()
            .toCharArray();
    Arrays.fill(bytes, (byte) 0);
    if (passphrase.length < 12) {
      throw new IOException(file + ": a passphrase needs 12 characters at least");
    }
    return passphrase;
  }
}
