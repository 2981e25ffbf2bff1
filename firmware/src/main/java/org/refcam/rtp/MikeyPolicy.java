// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.rtp.InvalidMikeyException.Reason;

/** MIKEY's security policy payload for SRTP (RFC 3830, 6.10.1). Stateless. */
final class MikeyPolicy {
  private static final int ENCRYPTION = 0;
  private static final int ENCRYPTION_KEY_LENGTH = 1;
  private static final int AUTHENTICATION = 2;
  private static final int AUTHENTICATION_KEY_LENGTH = 3;
  private static final int SALT_LENGTH = 4;
  private static final int KEY_DERIVATION_RATE = 6;
  private static final int SRTP_ENCRYPTED = 7;
  private static final int SRTCP_ENCRYPTED = 8;
  private static final int SRTP_AUTHENTICATED = 10;
  private static final int TAG_LENGTH = 11;
  private static final int AES_CM = 1;
  private static final int HMAC_SHA1 = 1;
  private static final int SRTP = 0;

  private MikeyPolicy() {}

  /** The parameters, each as type, length, value. */
  static byte[] encode(SrtpPolicy policy) {
    ByteWriter out = new ByteWriter();
    parameter(out, ENCRYPTION, AES_CM);
    parameter(out, ENCRYPTION_KEY_LENGTH, policy.keyBytes());
    parameter(out, AUTHENTICATION, HMAC_SHA1);
    parameter(out, AUTHENTICATION_KEY_LENGTH, SrtpPolicy.AUTH_KEY_BYTES);
    parameter(out, SALT_LENGTH, SrtpPolicy.SALT_BYTES);
    parameter(out, SRTP_ENCRYPTED, 1);
    parameter(out, SRTCP_ENCRYPTED, 1);
    parameter(out, SRTP_AUTHENTICATED, 1);
    parameter(out, TAG_LENGTH, SrtpPolicy.TAG_BYTES);
    return out.toByteArray();
  }

  private static void parameter(ByteWriter out, int type, int value) {
    out.u8(type).u8(1).u8(value);
  }

  /**
   * Reads the payload after its first byte.
   *
   * @throws InvalidMikeyException UNSUPPORTED for what the camera does not have
   */
  static SrtpPolicy parse(ByteReader in) throws TruncatedException, InvalidMikeyException {
    in.skip(1); // policy number; there is one session
    int protocol = in.u8();
    if (protocol != SRTP) {
      throw new InvalidMikeyException(Reason.UNSUPPORTED, "security protocol " + protocol);
    }
    ByteReader parameters = in.slice(in.u16());
    SrtpPolicy policy = SrtpPolicy.AES_CM_128_HMAC_SHA1_80;
    while (parameters.remaining() > 0) {
      int type = parameters.u8();
      ByteReader field = parameters.slice(parameters.u8());
      long value = 0;
      while (field.remaining() > 0) {
        value = value << 8 & 0xFFFF_FFFFL | field.u8();
      }
      if (type == ENCRYPTION_KEY_LENGTH && value == SrtpPolicy.AES_CM_256_HMAC_SHA1_80.keyBytes()) {
        policy = SrtpPolicy.AES_CM_256_HMAC_SHA1_80;
      } else if (!supported(type, value)) {
        throw new InvalidMikeyException(Reason.UNSUPPORTED, "parameter " + type + " = " + value);
      }
    }
    return policy;
  }

  /**
   * The length of the authentication key is left to the tag's: some players write the tag's length
   * there. Parameters that do not concern RTCP are not looked at.
   */
  private static boolean supported(int type, long value) {
    return switch (type) {
      case ENCRYPTION -> value == AES_CM;
      case ENCRYPTION_KEY_LENGTH -> value == SrtpPolicy.AES_CM_128_HMAC_SHA1_80.keyBytes();
      case AUTHENTICATION -> value == HMAC_SHA1;
      case AUTHENTICATION_KEY_LENGTH ->
          value == SrtpPolicy.AUTH_KEY_BYTES || value == SrtpPolicy.TAG_BYTES;
      case SALT_LENGTH -> value == SrtpPolicy.SALT_BYTES;
      case KEY_DERIVATION_RATE -> value == 0;
      case SRTCP_ENCRYPTED -> value == 1;
      case TAG_LENGTH -> value == SrtpPolicy.TAG_BYTES;
      default -> true;
    };
  }
}
