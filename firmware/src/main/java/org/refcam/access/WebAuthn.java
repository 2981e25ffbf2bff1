// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.refcam.access.PasskeyException.Reason;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Sha256;

/**
 * The server's part of Web Authentication, level 2, as small as a camera needs it: ES256 alone, no
 * attestation (the camera does not care who made the authenticator), user verification required.
 *
 * <pre>
 *   authenticator data (6.1):
 *   0            32      33              37
 *   | rpIdHash   | flags | signCount u32 | at registration: aaguid 16, length u16, id, COSE key |
 * </pre>
 *
 * <p>The COSE key is compared with the one encoding that CTAP2's canonical CBOR allows for a P-256
 * key, so no CBOR parser is needed. Stateless.
 */
final class WebAuthn {
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final int MOST_BYTES = 4096;
  private static final int MOST_ID_BYTES = 1023; // level 2, 6.5.1
  private static final int COORDINATE_BYTES = 32;
  private static final byte[] COSE_BEFORE_X = HexFormat.of().parseHex("a5010203262001215820");
  private static final byte[] COSE_BEFORE_Y = HexFormat.of().parseHex("225820");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a page may answer to. */
  record Expected(String challenge, String origin, String host) {}

  /** What registration yields. */
  record Registered(String id, String publicKey, long signatureCount) {}

  private WebAuthn() {}

  /** Level 2, 7.1: the new credential in what the browser sent. */
  static Registered register(byte[] clientData, byte[] authenticatorData, Expected expected)
      throws PasskeyException {
    requireClientData(clientData, "webauthn.create", expected);
    try {
      ByteReader in = reader(authenticatorData);
      int flags = requireHead(in, expected.host());
      long count = in.u32();
      if ((flags & ATTESTED) == 0) {
        throw new PasskeyException(Reason.MALFORMED);
      }
      in.skip(16);
      int length = in.u16();
      if (length == 0 || length > MOST_ID_BYTES) {
        throw new PasskeyException(Reason.MALFORMED);
      }
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(in.raw(length));
      PublicKey key = coseKey(in);
      return new Registered(id, Base64.getEncoder().encodeToString(key.getEncoded()), count);
    } catch (TruncatedException e) {
      throw new PasskeyException(Reason.MALFORMED, e);
    }
  }

  /** Level 2, 7.2: the passkey with its new count, if the signature is its. */
  static Passkey verify(
      Passkey passkey,
      byte[] clientData,
      byte[] authenticatorData,
      byte[] signature,
      Expected expected)
      throws PasskeyException {
    requireClientData(clientData, "webauthn.get", expected);
    long count;
    try {
      ByteReader in = reader(authenticatorData);
      requireHead(in, expected.host());
      count = in.u32();
    } catch (TruncatedException e) {
      throw new PasskeyException(Reason.MALFORMED, e);
    }
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSA");
      byte[] encoded = Base64.getDecoder().decode(passkey.publicKey());
      ecdsa.initVerify(
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded)));
      ecdsa.update(authenticatorData);
      ecdsa.update(Sha256.of(clientData));
      if (!ecdsa.verify(signature)) {
        throw new PasskeyException(Reason.BAD_SIGNATURE);
      }
    } catch (GeneralSecurityException e) {
      throw new PasskeyException(Reason.BAD_SIGNATURE, e);
    }
    boolean counts = count != 0 || passkey.signatureCount() != 0;
    if (counts && count <= passkey.signatureCount()) {
      throw new PasskeyException(Reason.COPIED);
    }
    return passkey.counted(count);
  }

  private static void requireClientData(byte[] bytes, String type, Expected expected)
      throws PasskeyException {
    JsonNode data;
    try {
      data = JSON.readTree(bytes.length > MOST_BYTES ? new byte[0] : bytes);
    } catch (JacksonException e) {
      throw new PasskeyException(Reason.MALFORMED, e);
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be read", e);
    }
    if (!data.path("type").asText().equals(type)) {
      throw new PasskeyException(Reason.MALFORMED);
    }
    if (!data.path("challenge").asText().equals(expected.challenge())) {
      throw new PasskeyException(Reason.WRONG_CHALLENGE);
    }
    if (!data.path("origin").asText().equals(expected.origin())
        || data.path("crossOrigin").asBoolean()) {
      throw new PasskeyException(Reason.WRONG_ORIGIN);
    }
  }

  private static ByteReader reader(byte[] authenticatorData) throws PasskeyException {
    if (authenticatorData.length > MOST_BYTES) {
      throw new PasskeyException(Reason.MALFORMED);
    }
    return new ByteReader(authenticatorData);
  }

  private static int requireHead(ByteReader in, String host)
      throws TruncatedException, PasskeyException {
    if (!Arrays.equals(in.raw(32), Sha256.of(host.getBytes(StandardCharsets.UTF_8)))) {
      throw new PasskeyException(Reason.WRONG_ORIGIN);
    }
    int flags = in.u8();
    int needed = USER_PRESENT | USER_VERIFIED;
    if ((flags & needed) != needed) {
      throw new PasskeyException(Reason.NOT_VERIFIED);
    }
    return flags;
  }

  private static PublicKey coseKey(ByteReader in) throws TruncatedException, PasskeyException {
    if (in.remaining() < COSE_BEFORE_X.length
        || !Arrays.equals(in.raw(COSE_BEFORE_X.length), COSE_BEFORE_X)) {
      throw new PasskeyException(Reason.UNSUPPORTED_KEY);
    }
    BigInteger x = new BigInteger(1, in.raw(COORDINATE_BYTES));
    if (!Arrays.equals(in.raw(COSE_BEFORE_Y.length), COSE_BEFORE_Y)) {
      throw new PasskeyException(Reason.UNSUPPORTED_KEY);
    }
    BigInteger y = new BigInteger(1, in.raw(COORDINATE_BYTES));
    try {
      AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
      p256.init(new ECGenParameterSpec("secp256r1"));
      ECParameterSpec curve = p256.getParameterSpec(ECParameterSpec.class);
      if (!onCurve(curve, x, y)) {
        throw new PasskeyException(Reason.UNSUPPORTED_KEY);
      }
      return KeyFactory.getInstance("EC")
          .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    } catch (GeneralSecurityException e) {
      throw new PasskeyException(Reason.UNSUPPORTED_KEY, e);
    }
  }

  private static boolean onCurve(ECParameterSpec curve, BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }
}
