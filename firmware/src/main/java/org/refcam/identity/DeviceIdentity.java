// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;

/**
 * The camera's serial, P-256 device key and self-signed certificate, made at first boot and kept
 * sealed in {@code DIR/identity/device.sealed}. Immutable.
 *
 * <p>The certificate holds from the year 2020 without end (RFC 5280, 4.1.2.5: 99991231235959Z, as
 * IEEE 802.1AR asks of a device), because a camera's clock may be wrong when it starts. Clients
 * know the camera by the fingerprint on its label, not by a name.
 */
public final class DeviceIdentity {
  private static final String STORE_NAME = "identity/device";
  private static final String ALIAS = "device";
  private static final char[] NO_PASSWORD = new char[0]; // the sealed file around it protects
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
  private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  private DeviceIdentity(X509Certificate certificate, PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /**
   * Opens the identity, or makes it at first boot.
   *
   * @param sealingKey seals the file; from the root of trust
   * @throws IOException if the file is there but cannot be trusted, or cannot be written
   */
  public static DeviceIdentity openOrCreate(
      Path dataDirectory, SecretBytes sealingKey, FileWrites writes, SecureRandom random)
      throws IOException {
    Path path = dataDirectory.resolve("identity").resolve("device.sealed");
    SealedFile file = new SealedFile(path, sealingKey, STORE_NAME, writes, random);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      Optional<byte[]> bytes = file.read();
      if (bytes.isPresent()) {
        store.load(new ByteArrayInputStream(bytes.get()), NO_PASSWORD);
      } else {
        create(store, random);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, NO_PASSWORD);
        file.write(out.toByteArray());
      }
      return new DeviceIdentity(
          (X509Certificate) store.getCertificate(ALIAS),
          (PrivateKey) store.getKey(ALIAS, NO_PASSWORD));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("device identity in " + path, e);
    }
  }

  /** Ten letters and digits, random, so that nothing follows from it. */
  public String serial() {
    String name = certificate.getSubjectX500Principal().getName();
    int at = name.indexOf("CN=RefCam ") + "CN=RefCam ".length();
    return name.substring(at, at + 10);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** Lower-case hexadecimal, of the certificate's DER encoding. */
  public String certificateSha256() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificateDer()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
  }

  /** The certificate's encoding. */
  public byte[] certificateDer() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
  }

  /**
   * ECDSA with SHA-256 by the device key, in DER.
   *
   * @throws IOException if the key cannot be used now
   */
  public byte[] sign(byte[] message) throws IOException {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException("the device key cannot sign", e);
    }
  }

  /** A server context that shows the certificate. */
  public SSLContext tlsContext() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(ALIAS, privateKey, NO_PASSWORD, new X509Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform cannot serve TLS", e);
    }
  }

  /** Protocol versions that the doors offer. */
  public static String[] protocols() {
    return PROTOCOLS.clone();
  }

  /** Cipher suites that the doors offer: authenticated, with forward secrecy. */
  public static String[] cipherSuites() {
    return CIPHER_SUITES.clone();
  }

  private static void create(KeyStore store, SecureRandom random)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    String serial = serial(random);
    var name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.CN, "RefCam " + serial)
            .addRDN(BCStyle.SERIALNUMBER, serial)
            .build();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(127, random).setBit(126),
            NOT_BEFORE,
            NOT_AFTER,
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "refcam-" + serial.toLowerCase(Locale.ROOT) + ".local"),
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.iPAddress, "::1")
    };
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(ALIAS, pair.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate});
  }

  private static String serial(SecureRandom random) {
    String alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    StringBuilder serial = new StringBuilder(10);
    for (int i = 0; i < 10; i++) {
      serial.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return serial.toString();
  }
}
