// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * What an Authenticode signature is over: the structure SpcIndirectDataContent, with the program's
 * hash in it.
 *
 * <pre>
 *   SEQUENCE {
 *     SEQUENCE { 1.3.6.1.4.1.311.2.1.15, SEQUENCE { BIT STRING, [0] [2] [0] "&lt;&lt;&lt;Obsolete&gt;&gt;&gt;" } }
 *     SEQUENCE { SEQUENCE { sha-256, NULL }, OCTET STRING hash } }
 * </pre>
 *
 * <p>Source: Microsoft, "Windows Authenticode Portable Executable Signature Format", version 1.0.
 * Stateless.
 */
final class Authenticode {
  static final ASN1ObjectIdentifier INDIRECT_DATA =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.4");
  static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);

  private static final ASN1ObjectIdentifier PE_IMAGE_DATA =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.15");
  private static final String NO_FILE_NAME = "<<<Obsolete>>>";

  private Authenticode() {}

  /** The structure for a program with this hash. */
  static ASN1Sequence indirectData(byte[] hash) {
    ASN1Encodable file =
        new DERTaggedObject(
            true,
            0,
            new DERTaggedObject(
                true, 2, new DERTaggedObject(false, 0, new DERBMPString(NO_FILE_NAME))));
    ASN1Encodable image =
        new DERSequence(new ASN1Encodable[] {new DERBitString(new byte[0], 0), file});
    return new DERSequence(
        new ASN1Encodable[] {
          new DERSequence(new ASN1Encodable[] {PE_IMAGE_DATA, image}),
          new DERSequence(new ASN1Encodable[] {SHA256, new DEROctetString(hash)})
        });
  }

  /**
   * The SHA-256 that a structure holds.
   *
   * @throws IllegalArgumentException if it is another structure, or has another kind of hash
   */
  static byte[] hashOf(ASN1Sequence content) {
    Asn1.require(
        PE_IMAGE_DATA.equals(Asn1.sequence(content.getObjectAt(0), 1).getObjectAt(0)),
        "not over a PE program");
    ASN1Sequence digest = Asn1.sequence(content.getObjectAt(1), 2);
    ProgramSignature.requireSha256(digest.getObjectAt(0));
    return ASN1OctetString.getInstance(digest.getObjectAt(1)).getOctets();
  }

  /** What is digested: the structure without its own tag and length (PKCS #7 1.5, 9.3). */
  static byte[] digested(ASN1Sequence content) throws IOException {
    byte[] der = content.getEncoded(ASN1Encoding.DER);
    int lengthBytes = (der[1] & 0x80) == 0 ? 1 : 1 + (der[1] & 0x7F);
    return Arrays.copyOfRange(der, 1 + lengthBytes, der.length);
  }
}
