// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.util.CollectionStore;

/**
 * Writes bundles. The same manifest, images and signer give the same bytes: no time, user or
 * machine is in them. Stateless.
 */
public final class BundleWriter {
  private static final int BLOCK_BYTES = 512;

  private BundleWriter() {}

  /**
   * Writes a bundle for one board.
   *
   * @param out receives the archive; the caller closes it
   * @return what the bundle says of itself
   * @throws IOException if an image cannot be read, the key refuses or the output fails
   */
  public static BundleManifest write(
      OutputStream out,
      String version,
      long securityVersion,
      String description,
      String board,
      List<String> revisions,
      List<PackedImage> images,
      BundleSigner signer)
      throws IOException {
    List<BundleImage> listed = images.stream().map(PackedImage::image).toList();
    BundleManifest manifest =
        new BundleManifest(
            version,
            securityVersion,
            description,
            true,
            List.of(new BoardSoftware(board, revisions, listed)));
    byte[] text = Description.encode(manifest);
    requireReadable(text, manifest);
    Archive archive = new Archive(out);
    archive.file(Description.FILE, text);
    archive.file(Description.SIGNATURE_FILE, sign(text, signer));
    for (PackedImage image : images) {
      archive.header(image.image().fileName(), image.size(), image.check());
      try (InputStream in = image.stored().open()) {
        archive.data(in, image.size());
      }
    }
    archive.end();
    return manifest;
  }

  /** Nobody should sign what no camera reads. */
  private static void requireReadable(byte[] text, BundleManifest manifest) {
    try {
      if (!Description.parse(text, BundleLimits.DEFAULT).equals(manifest)) {
        throw new IllegalArgumentException("a manifest that reads back differently");
      }
    } catch (InvalidBundleException e) {
      throw new IllegalArgumentException("a manifest that no camera reads", e);
    }
  }

  private static byte[] sign(byte[] content, BundleSigner signer) throws IOException {
    List<X509CertificateHolder> certificates = signer.certificates();
    try {
      SignerInfoGeneratorBuilder builder =
          new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider());
      builder.setSignedAttributeGenerator(new TimelessAttributes());
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(builder.build(new EcdsaSigner(signer), certificates.get(0)));
      generator.addCertificates(new CollectionStore<>(certificates));
      return generator
          .generate(new CMSProcessableByteArray(content), false)
          .toASN1Structure()
          .getEncoded("DER");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CMSException | OperatorCreationException e) {
      throw new IOException("cannot sign: " + e.getMessage(), e);
    }
  }

  /** Content type and digest; no signing time, which would differ every time. */
  private static final class TimelessAttributes extends DefaultSignedAttributeTableGenerator {
    @Override
    @SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the superclass's own types
    protected Hashtable createStandardAttributeTable(java.util.Map parameters) {
      Hashtable table = super.createStandardAttributeTable(parameters);
      table.remove(CMSAttributes.signingTime);
      return new AttributeTable(table).toHashtable();
    }
  }

  /** Bouncy Castle's view of our signer. */
  private static final class EcdsaSigner implements ContentSigner {
    private final BundleSigner signer;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    EcdsaSigner(BundleSigner signer) {
      this.signer = signer;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
      return message;
    }

    @Override
    public byte[] getSignature() {
      try {
        return signer.sign(message.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The cpio archive, in the order of its bytes. */
  private static final class Archive {
    private final OutputStream out;
    private final List<String> names = new ArrayList<>();
    private long written;

    Archive(OutputStream out) {
      this.out = out;
    }

    void file(String name, byte[] bytes) throws IOException {
      header(name, bytes.length, CpioSum.of(bytes, 0, bytes.length));
      raw(bytes);
      raw(new byte[CpioHeader.padding(bytes.length)]);
    }

    void header(String name, long size, long check) throws IOException {
      if (names.contains(name) || size > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException(name + " twice or too large for cpio");
      }
      names.add(name);
      raw(CpioHeader.encode(names.size(), name, size, check));
    }

    void data(InputStream in, long size) throws IOException {
      long copied = in.transferTo(out);
      if (copied != size) {
        throw new IOException("an image changed while it was written");
      }
      written += copied;
      raw(new byte[CpioHeader.padding(size)]);
    }

    /** The trailer, and zeros to a whole block as cpio writes them. */
    void end() throws IOException {
      raw(CpioHeader.encode(0, CpioHeader.TRAILER, 0, 0));
      raw(new byte[(int) (-written & (BLOCK_BYTES - 1))]);
      out.flush();
    }

    private void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      written += bytes.length;
    }
  }
}
