// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What {@code PK}, {@code KEK} and {@code db} hold: for each certificate one EFI_SIGNATURE_LIST.
 *
 * <pre>
 *   | a5c059a1-94e4-4aa7-87b5-ab155c2bf072 | length of all 4 | 0, 4 | 16 + n, 4 | owner 16 | X.509 in DER, n |
 * </pre>
 *
 * <p>Source: UEFI 2.10, 32.4.1. Stateless.
 */
public final class SignatureList {
  private static final UUID X509 = UUID.fromString("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");
  private static final int HEADER = 28;
  private static final int OWNER = 16;

  private SignatureList() {}

  /**
   * @param owner who put them there; says nothing to firmware
   */
  public static byte[] encode(UUID owner, List<X509CertificateHolder> certificates)
      throws IOException {
    byte[] all = new byte[0];
    for (X509CertificateHolder certificate : certificates) {
      byte[] der = certificate.getEncoded();
      int length = HEADER + OWNER + der.length;
      all =
          ByteBuffer.allocate(all.length + length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(all)
              .put(EfiVariable.guid(X509))
              .putInt(length)
              .putInt(0)
              .putInt(OWNER + der.length)
              .put(EfiVariable.guid(owner))
              .put(der)
              .array();
    }
    return all;
  }
}
