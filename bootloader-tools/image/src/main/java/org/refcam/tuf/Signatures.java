// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.util.Arrays;
import org.refcam.tuf.TufException.Reason;

/**
 * Counts good signatures against a role's thresholds.
 *
 * <p>INV-TUF-1. Metadata becomes trusted only with good signatures by as many distinct keys as its
 * role asks for, in all and in each family. Holds against whoever controls network, mirror and
 * storage, and against the holders of fewer keys. Does not hold against the holders of enough keys.
 */
final class Signatures {
  private static final int DIGEST_BYTES = 32;
  private static final byte[] TAP21_PREFIX = "tuf\u0001".getBytes(StandardCharsets.US_ASCII);

  private Signatures() {}

  /**
   * @param keys the keys that the delegating role lists, by key id
   * @throws TufException SIGNATURE_THRESHOLD
   */
  static void require(SignedMetadata file, RoleKeys role, Map<String, TufKey> keys, String name)
      throws TufException {
    Set<String> distinct = new HashSet<>();
    Map<KeyFamily, Integer> families = new HashMap<>();
    for (String keyId : role.keyIds()) {
      TufKey key = keys.get(keyId);
      byte[] signature = file.signature(keyId);
      if (key == null || signature.length == 0) {
        continue;
      }
      Optional<AsymmetricKeyParameter> decoded = key.decode();
      // One key under two ids counts once (TAP 12's warning), whatever the ids say.
      if (decoded.isPresent()
          && !distinct.contains(TufKey.encoding(decoded.get()))
          && isGood(key, decoded.get(), file.canonical(), signature)) {
        distinct.add(TufKey.encoding(decoded.get()));
        families.merge(key.knownScheme().orElseThrow().family(), 1, Integer::sum);
      }
    }
    requireCounts(role, name, distinct.size(), families);
  }

  private static void requireCounts(
      RoleKeys role, String name, int all, Map<KeyFamily, Integer> families) throws TufException {
    if (all < role.threshold()) {
      throw new TufException(
          Reason.SIGNATURE_THRESHOLD, name, all + " good signatures of " + role.threshold());
    }
    for (Map.Entry<KeyFamily, Integer> needed : role.familyThresholds().entrySet()) {
      int found = families.getOrDefault(needed.getKey(), 0);
      if (found < needed.getValue()) {
        throw new TufException(
            Reason.SIGNATURE_THRESHOLD,
            name,
            found + " good " + needed.getKey().label() + " signatures of " + needed.getValue());
      }
    }
  }

  /** What the private key signs for canonical metadata: itself, or TAP 21's short form of it. */
  static byte[] signedBytes(KeyScheme scheme, byte[] canonical) {
    if (scheme != KeyScheme.ML_DSA_65) {
      return canonical;
    }
    try {
      return Arrays.concatenate(
          TAP21_PREFIX, MessageDigest.getInstance("SHA-512").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-512", e);
    }
  }

  /** A fresh signer of the scheme, for either direction. */
  static Signer signer(KeyScheme scheme) {
    return switch (scheme) {
      case ED25519 -> new Ed25519Signer();
      case ECDSA_SHA2_NISTP256 -> new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
      case RSASSA_PSS_SHA256 ->
          new PSSSigner(new RSABlindedEngine(), new SHA256Digest(), DIGEST_BYTES);
      case ML_DSA_65 -> new MLDSASigner();
    };
  }

  private static boolean isGood(
      TufKey key, AsymmetricKeyParameter publicKey, byte[] canonical, byte[] signature) {
    KeyScheme scheme = key.knownScheme().orElseThrow();
    byte[] message = signedBytes(scheme, canonical);
    try {
      Signer signer = signer(scheme);
      signer.init(false, publicKey);
      signer.update(message, 0, message.length);
      return signer.verifySignature(signature);
    } catch (RuntimeException e) {
      // Bouncy Castle answers some malformed signatures with unchecked types: they are not good.
      return false;
    }
  }

  /** Signs canonical metadata. */
  static byte[] sign(KeyScheme scheme, AsymmetricKeyParameter privateKey, byte[] canonical)
      throws CryptoException {
    byte[] message = signedBytes(scheme, canonical);
    Signer signer = signer(scheme);
    signer.init(true, privateKey);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }
}
