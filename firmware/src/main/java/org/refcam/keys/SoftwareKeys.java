// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.refcam.crypto.Hkdf;
import org.refcam.crypto.SecretBytes;

/**
 * Keys computed from one root secret in this process's memory.
 *
 * <p>HKDF-SHA-256 with salt {@code refcam root v1} and the purpose as info. The device key is
 * computed too (FIPS 186-5, A.2.1: 384 derived bits modulo n-1, plus 1), so that no second secret
 * lies on the medium. Immutable.
 */
final class SoftwareKeys implements AutoCloseable {
  /** Bytes of a root secret. */
  static final int ROOT_BYTES = 32;

  private static final byte[] SALT = "refcam root v1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DEVICE_KEY = "device-key".getBytes(StandardCharsets.US_ASCII);
  private static final int SCALAR_BYTES = 48;
  private static final int PURPOSE_BYTES = 32;

  private final SecretBytes root;

  /** Takes over the secret. */
  SoftwareKeys(SecretBytes root) {
    this.root = root;
  }

  SecretBytes derive(String purpose) {
    return Hkdf.derive(root, SALT, purpose.getBytes(StandardCharsets.UTF_8), PURPOSE_BYTES);
  }

  KeyPair deviceKey() {
    try (SecretBytes wide = Hkdf.derive(root, SALT, DEVICE_KEY, SCALAR_BYTES)) {
      byte[] bytes = wide.exposeSecretBytes();
      X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
      BigInteger scalar =
          new BigInteger(1, bytes).mod(curve.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
      Arrays.fill(bytes, (byte) 0);
      var point = curve.getG().multiply(scalar).normalize();
      return pair(
          scalar,
          new ECPoint(
              point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger()));
    }
  }

  private static KeyPair pair(BigInteger scalar, ECPoint point) {
    try {
      ECParameterSpec parameters = P256.parameters();
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new KeyPair(
          factory.generatePublic(new ECPublicKeySpec(point, parameters)),
          factory.generatePrivate(new ECPrivateKeySpec(scalar, parameters)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has P-256, and the scalar is in range", e);
    }
  }

  @Override
  public void close() {
    root.close();
  }
}
