// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.refcam.image.BundleSigner;
import org.refcam.image.BundleWriter;
import org.refcam.image.PackedImage;
import org.refcam.verity.VerityRoot;

/** A maker of bundles with one signing key of its own. */
final class Bundles implements BundleSigner {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  /** What is put into a bundle: an image, perhaps with the tree that lies behind its data. */
  record Content(String name, byte[] bytes, Optional<VerityRoot> tree) {
    private PackedImage pack() throws IOException {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      return PackedImage.pack(
          name,
          tree.map(VerityRoot::hex),
          tree.isPresent() ? OptionalLong.of(tree.get().hashOffset()) : OptionalLong.empty(),
          new ByteArrayInputStream(bytes),
          compressed,
          () -> new ByteArrayInputStream(compressed.toByteArray()));
    }
  }

  private final KeyPair keys;
  private final X509CertificateHolder certificate;

  private Bundles(KeyPair keys, X509CertificateHolder certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  static Bundles create() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    X500Name name = new X500Name("CN=bundles of a test");
    X509CertificateHolder certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(NOW.minusSeconds(86_400)),
                Date.from(NOW.plusSeconds(86_400)),
                name,
                keys.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    return new Bundles(keys, certificate);
  }

  String pem() throws IOException {
    java.io.StringWriter text = new java.io.StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    }
    return text.toString();
  }

  byte[] bundle(String version, long securityVersion, byte[] rootfs) throws IOException {
    return bundle("generic", version, securityVersion, rootfs);
  }

  byte[] bundle(String board, String version, long securityVersion, byte[] rootfs)
      throws IOException {
    return bundle(
        board, version, securityVersion, List.of(new Content("rootfs", rootfs, Optional.empty())));
  }

  byte[] bundle(String version, long securityVersion, byte[] rootfs, VerityRoot tree)
      throws IOException {
    return bundle(
        "generic",
        version,
        securityVersion,
        List.of(new Content("rootfs", rootfs, Optional.of(tree))));
  }

  byte[] bundle(String board, String version, long securityVersion, List<Content> contents)
      throws IOException {
    List<PackedImage> images = new ArrayList<>();
    for (Content content : contents) {
      images.add(content.pack());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BundleWriter.write(out, version, securityVersion, "", board, List.of("1.0"), images, this);
    return out.toByteArray();
  }

  @Override
  public List<X509CertificateHolder> certificates() {
    return List.of(certificate);
  }

  @Override
  public byte[] sign(byte[] message) throws IOException {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
