// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;
import org.refcam.keys.CorruptStoreException;

/**
 * The two certificate chains as bytes inside {@code identity/device.sealed}; big endian.
 *
 * <pre>
 *   | 1 | count 8 | length 16, DER | ...  the IDevID chain, device first
 *       | count 8 | length 16, DER | ...  the operational chain, device first
 * </pre>
 *
 * Immutable.
 */
record CertificateStore(List<X509Certificate> idevid, List<X509Certificate> operational) {
  private static final int VERSION = 1;

  CertificateStore {
    idevid = List.copyOf(idevid);
    operational = List.copyOf(operational);
  }

  byte[] encode() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(VERSION);
    for (List<X509Certificate> chain : List.of(idevid, operational)) {
      out.write(chain.size());
      for (X509Certificate certificate : chain) {
        byte[] der;
        try {
          der = certificate.getEncoded();
        } catch (CertificateEncodingException e) {
          throw new IOException("certificate", e);
        }
        if (der.length > 0xFFFF) {
          throw new IOException("a certificate of " + der.length + " bytes");
        }
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) der.length).array());
        out.writeBytes(der);
      }
    }
    return out.toByteArray();
  }

  /**
   * @throws CorruptStoreException BAD_CONTENTS
   */
  static CertificateStore parse(byte[] bytes, Path file) throws CorruptStoreException {
    ByteReader in = new ByteReader(bytes);
    try {
      if (in.u8() != VERSION) {
        throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file);
      }
      CertificateStore store = new CertificateStore(chain(in), chain(in));
      if (store.idevid.isEmpty() || store.operational.isEmpty() || in.remaining() > 0) {
        throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file);
      }
      return store;
    } catch (TruncatedException | CertificateException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file, e);
    }
  }

  private static List<X509Certificate> chain(ByteReader in)
      throws TruncatedException, CertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    int count = in.u8();
    for (int i = 0; i < count; i++) {
      byte[] der = in.raw(in.u16());
      chain.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    }
    return chain;
  }
}
