// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fdt.InvalidFdtException;

/**
 * Puts public keys into the device tree that U-Boot itself runs by, so that it boots nothing that
 * they did not sign. Stateless.
 *
 * <pre>
 *   /signature/key-NAME
 *     required       "conf": every configuration must be signed with it
 *     algo           "sha256,rsa2048"
 *     key-name-hint  NAME
 *     rsa,num-bits   bits of the modulus n
 *     rsa,n0-inverse -1/n mod 2^32
 *     rsa,exponent   8 bytes
 *     rsa,modulus    n, as long as it is
 *     rsa,r-squared  (2^bits)^2 mod n, as long as n
 *   or, in place of rsa,*
 *     ecdsa,curve "prime256v1", ecdsa,x-point, ecdsa,y-point of 32 bytes
 * </pre>
 */
public final class ControlDeviceTree {
  private static final BigInteger TWO_32 = BigInteger.ONE.shiftLeft(32);

  private ControlDeviceTree() {}

  /** Adds a required key to a control device tree; one of the same name is replaced. */
  public static byte[] withRequiredKey(byte[] tree, FitPublicKey key) throws InvalidFdtException {
    Fdt fdt = Fdt.parse(ByteBuffer.wrap(tree));
    FdtNode.Builder signature =
        fdt.root()
            .findNode("signature")
            .map(FdtNode::toBuilder)
            .orElseGet(() -> FdtNode.builder("signature"));
    FdtNode root = fdt.root().toBuilder().set(signature.set(requiredKey(key)).build()).build();
    return new Fdt(root, fdt.reservations(), fdt.bootCpu()).encode();
  }

  /**
   * Sets the kernel's command line in a device tree: {@code /chosen/bootargs}, which U-Boot leaves
   * alone as long as its own variable {@code bootargs} is not set.
   */
  public static byte[] withBootArguments(byte[] tree, String arguments) throws InvalidFdtException {
    Fdt fdt = Fdt.parse(ByteBuffer.wrap(tree));
    FdtNode.Builder chosen =
        fdt.root()
            .findNode("chosen")
            .map(FdtNode::toBuilder)
            .orElseGet(() -> FdtNode.builder("chosen"));
    FdtNode root = fdt.root().toBuilder().set(chosen.set("bootargs", arguments).build()).build();
    return new Fdt(root, fdt.reservations(), fdt.bootCpu()).encode();
  }

  /** The node {@code key-NAME} of a key that everything must be signed with. */
  public static FdtNode requiredKey(FitPublicKey key) {
    FdtNode.Builder node =
        FdtNode.builder("key-" + key.name())
            .set("required", "conf")
            .set("algo", FitAlgorithm.of(key.key()).fitName())
            .set("key-name-hint", key.name());
    if (key.key() instanceof RSAPublicKey rsa) {
      rsa(node, rsa);
    } else if (key.key() instanceof ECPublicKey ec) {
      node.set("ecdsa,curve", "prime256v1");
      node.set(number("ecdsa,x-point", ec.getW().getAffineX(), 32));
      node.set(number("ecdsa,y-point", ec.getW().getAffineY(), 32));
    } else {
      throw new AssertionError("FitAlgorithm knows RSA and EC only");
    }
    return node.build();
  }

  private static void rsa(FdtNode.Builder node, RSAPublicKey key) {
    BigInteger n = key.getModulus();
    int bits = n.bitLength();
    BigInteger inverse = TWO_32.subtract(n.modInverse(TWO_32)).mod(TWO_32);
    BigInteger squared = BigInteger.ONE.shiftLeft(2 * bits).mod(n);
    node.set(FdtProperty.ofCells("rsa,num-bits", bits))
        .set(FdtProperty.ofCells("rsa,n0-inverse", inverse.intValue()))
        .set(FdtProperty.ofU64("rsa,exponent", key.getPublicExponent().longValueExact()))
        .set(number("rsa,modulus", n, bits / 8))
        .set(number("rsa,r-squared", squared, bits / 8));
  }

  /** A number of so many bytes, big endian. */
  private static FdtProperty number(String name, BigInteger value, int bytes) {
    byte[] minimal = value.toByteArray();
    byte[] padded = new byte[bytes];
    int length = Math.min(minimal.length, bytes);
    System.arraycopy(minimal, minimal.length - length, padded, bytes - length, length);
    return FdtProperty.ofBytes(name, padded);
  }
}
