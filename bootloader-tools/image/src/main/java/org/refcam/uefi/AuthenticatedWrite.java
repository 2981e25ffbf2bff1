// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.fit.FitSigner;

/**
 * A signed write of an authenticated variable, as files {@code .auth} hold it and firmware takes
 * it:
 *
 * <pre>
 *   | EFI_TIME 16 | 24 + n, 4 | 0x0200 | 0x0EF1 | 4aafd29d-68df-49ee-8aa9-347d375665a7 | SignedData in DER, n | data |
 * </pre>
 *
 * <p>The signature is over name (UTF-16, no end), vendor, attributes, time and data; the SignedData
 * has neither attributes nor the message. Source: UEFI 2.10, 8.2.2 and 8.2.6. Stateless.
 */
public final class AuthenticatedWrite {
  private static final UUID PKCS7 = UUID.fromString("4aafd29d-68df-49ee-8aa9-347d375665a7");
  private static final int GUID_CERTIFICATE = 0x0EF1;
  private static final int CERTIFICATE_HEADER = 24;

  private AuthenticatedWrite() {}

  /**
   * @param data the variable's new value, such as a {@link SignatureList}
   * @param time later than that of the write before, or firmware refuses it
   * @param signer for PK and KEK the platform's key, for db one of KEK or the platform's
   */
  public static byte[] sign(
      EfiVariable variable,
      byte[] data,
      Instant time,
      FitSigner signer,
      X509CertificateHolder certificate)
      throws IOException {
    byte[] signedData =
        new Pkcs7(signer, certificate)
            .detached(message(variable, data, time))
            .getEncoded(ASN1Encoding.DER);
    int length = CERTIFICATE_HEADER + signedData.length;
    return ByteBuffer.allocate(EfiTime.BYTES + length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(EfiTime.encode(time))
        .putInt(length)
        .putShort((short) ProgramSigner.REVISION_2)
        .putShort((short) GUID_CERTIFICATE)
        .put(EfiVariable.guid(PKCS7))
        .put(signedData)
        .put(data)
        .array();
  }

  static byte[] message(EfiVariable variable, byte[] data, Instant time) {
    byte[] name = variable.nameBytes();
    return ByteBuffer.allocate(name.length + 16 + 4 + EfiTime.BYTES + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name)
        .put(EfiVariable.guid(variable.vendor()))
        .putInt(variable.attributes())
        .put(EfiTime.encode(time))
        .put(data)
        .array();
  }
}
