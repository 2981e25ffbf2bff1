// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.refcam.crypto.Sha256;

/**
 * One Authenticode signature, taken apart: what it says was signed, and what the signature is over.
 * Certificates in it are not looked at.
 *
 * @param programHash the SHA-256 that it says the program has
 * @param message what the signature is over: the signed attributes in DER, which hold the digest of
 *     the structure that holds the program's hash
 * @param signature RSA's
 */
record ProgramSignature(byte[] programHash, byte[] message, byte[] signature) {
  /**
   * @param der SignedData as ContentInfo; zeros may follow, fewer than 8
   * @throws IOException if it is no DER
   * @throws IllegalArgumentException if it is another structure, or its parts do not fit
   */
  static ProgramSignature parse(byte[] der) throws IOException {
    // Some writers count the padding as part of the signature.
    byte[] exact = Arrays.copyOf(der, Der.requireLength(der));
    ASN1Sequence outer = Asn1.sequence(ASN1Primitive.fromByteArray(exact), 2);
    Asn1.require(PKCSObjectIdentifiers.signedData.equals(outer.getObjectAt(0)), "not SignedData");
    ASN1Sequence signed = Asn1.sequence(Asn1.explicit(outer.getObjectAt(1), 0), 4);
    ASN1Sequence content = Asn1.sequence(signed.getObjectAt(2), 2);
    Asn1.require(
        Authenticode.INDIRECT_DATA.equals(content.getObjectAt(0)),
        "signed is something else than a program");
    ASN1Sequence indirect = Asn1.sequence(Asn1.explicit(content.getObjectAt(1), 0), 2);
    ASN1Set signers = ASN1Set.getInstance(signed.getObjectAt(signed.size() - 1));
    Asn1.require(signers.size() == 1, signers.size() + " signers");
    ASN1Sequence signer = Asn1.sequence(signers.getObjectAt(0), 6);
    requireSha256(signer.getObjectAt(2));
    ASN1Set attributes = ASN1Set.getInstance(Asn1.tagged(signer.getObjectAt(3), 0), false);
    requireAttributes(attributes, Sha256.of(Authenticode.digested(indirect)));
    return new ProgramSignature(
        Authenticode.hashOf(indirect),
        attributes.getEncoded(ASN1Encoding.DER),
        ASN1OctetString.getInstance(signer.getObjectAt(5)).getOctets());
  }

  private static void requireAttributes(ASN1Set attributes, byte[] digest) {
    Asn1.require(
        Authenticode.INDIRECT_DATA.equals(only(attributes, CMSAttributes.contentType)),
        "signed attributes of another content");
    byte[] said =
        ASN1OctetString.getInstance(only(attributes, CMSAttributes.messageDigest)).getOctets();
    Asn1.require(Arrays.equals(said, digest), "signed attributes with another digest");
  }

  private static ASN1Encodable only(ASN1Set attributes, ASN1ObjectIdentifier type) {
    List<ASN1Set> values =
        StreamSupport.stream(attributes.spliterator(), false)
            .map(attribute -> Asn1.sequence(attribute, 2))
            .filter(attribute -> type.equals(attribute.getObjectAt(0)))
            .map(attribute -> ASN1Set.getInstance(attribute.getObjectAt(1)))
            .toList();
    Asn1.require(
        values.size() == 1 && values.get(0).size() == 1, "not one signed attribute " + type);
    return values.get(0).getObjectAt(0);
  }

  static void requireSha256(ASN1Encodable algorithm) {
    Asn1.require(
        NISTObjectIdentifiers.id_sha256.equals(Asn1.sequence(algorithm, 1).getObjectAt(0)),
        "another hash than SHA-256");
  }
}
