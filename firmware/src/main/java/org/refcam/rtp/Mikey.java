// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.SecretBytes;
import org.refcam.rtp.InvalidMikeyException.Reason;

/**
 * MIKEY messages that carry an SRTP key in the clear inside RTSP over TLS (RFC 3830, 6; RFC 4567):
 * a pre-shared key message with the NULL cipher and MAC, whose secrecy and authenticity are those
 * of the TLS connection.
 *
 * <pre>
 *   | HDR: version 1, PSK | T: NTP time | RAND, 16 | SP: SRTP policy | KEMAC: key and salt |
 * </pre>
 *
 * <p>A client's message is read within bounds: 16 payloads, one SRTP policy, one TEK with or
 * without salt and identifier. Its time is not looked at, because TLS lets nobody replay it. A TGK,
 * from which keys would be derived, is refused: players send TEKs. Stateless.
 */
public final class Mikey {
  private static final int PSK_INITIATOR = 0;
  private static final int KEMAC = 1;
  private static final int TIMESTAMP = 5;
  private static final int SECURITY_POLICY = 10;
  private static final int RAND = 11;
  private static final int GENERAL_EXTENSION = 21;
  private static final int LAST = 0;
  private static final int SRTP_MAP_ENTRY = 9;
  private static final int TEK = 2;
  private static final int TEK_AND_SALT = 3;
  private static final int PAYLOADS_MAX = 16;
  private static final long NTP_EPOCH_OFFSET_SECONDS = 2_208_988_800L;

  private Mikey() {}

  /**
   * The camera's message for a source that starts with roll-over counter 0.
   *
   * @param random for the session bundle's number and RAND
   */
  public static byte[] encode(SrtpKey key, int ssrc, Instant now, SecureRandom random) {
    byte[] rand = new byte[16];
    random.nextBytes(rand);
    ByteWriter out = new ByteWriter();
    out.u8(1).u8(PSK_INITIATOR).u8(TIMESTAMP).u8(0).u32(random.nextInt()).u8(1).u8(0);
    out.u8(0).u32(ssrc).u32(0);
    out.u8(RAND).u8(0).u32(now.getEpochSecond() + NTP_EPOCH_OFFSET_SECONDS);
    out.u32(((long) now.getNano() << 32) / 1_000_000_000L);
    out.u8(SECURITY_POLICY).u8(rand.length).raw(rand);
    byte[] policy = MikeyPolicy.encode(key.policy());
    out.u8(KEMAC).u8(0).u8(0).u16(policy.length).raw(policy);
    byte[] secret = key.keyAndSalt().exposeSecretBytes();
    out.u8(LAST).u8(0).u16(4 + secret.length);
    out.u8(LAST).u8(TEK << 4).u16(secret.length).raw(secret).u8(0);
    Arrays.fill(secret, (byte) 0);
    return out.toByteArray();
  }

  /**
   * Reads a client's message.
   *
   * @return its key, which the caller closes
   * @throws InvalidMikeyException with the reason
   */
  public static SrtpKey parse(byte[] message) throws InvalidMikeyException {
    ByteReader in = new ByteReader(message);
    try {
      int next = header(in);
      SrtpPolicy policy = SrtpPolicy.AES_CM_128_HMAC_SHA1_80; // RFC 3830, 6.10.1: the defaults
      for (int count = 0; next != LAST; count++) {
        if (count == PAYLOADS_MAX) {
          throw new InvalidMikeyException(Reason.BAD_PAYLOAD, "over " + PAYLOADS_MAX);
        }
        int type = next;
        next = in.u8();
        switch (type) {
          case TIMESTAMP -> in.skip(in.u8() == 2 ? 4 : 8);
          case RAND -> in.skip(in.u8());
          case GENERAL_EXTENSION -> {
            in.skip(1);
            in.skip(in.u16());
          }
          case SECURITY_POLICY -> policy = MikeyPolicy.parse(in);
          case KEMAC -> {
            return key(in, policy);
          }
          default -> throw new InvalidMikeyException(Reason.BAD_PAYLOAD, "type " + type);
        }
      }
      throw new InvalidMikeyException(Reason.BAD_PAYLOAD, "no key");
    } catch (TruncatedException e) {
      throw new InvalidMikeyException(Reason.TRUNCATED, e);
    }
  }

  /** The common header (6.1); returns the first payload's type. */
  private static int header(ByteReader in) throws TruncatedException, InvalidMikeyException {
    int version = in.u8();
    int dataType = in.u8();
    int next = in.u8();
    in.skip(1 + 4); // whether an answer is wanted, PRF, session bundle
    int sessions = in.u8();
    int mapType = in.u8();
    if (version != 1 || dataType != PSK_INITIATOR || mapType != 0) {
      throw new InvalidMikeyException(
          Reason.BAD_HEADER, "version " + version + ", type " + dataType + ", map " + mapType);
    }
    in.skip(sessions * SRTP_MAP_ENTRY);
    return next;
  }

  /** Key data transport (6.2) with one key data sub-payload (6.13). */
  private static SrtpKey key(ByteReader in, SrtpPolicy policy)
      throws TruncatedException, InvalidMikeyException {
    if (in.u8() != 0) {
      throw new InvalidMikeyException(Reason.UNSUPPORTED, "an encrypted key");
    }
    ByteReader data = in.slice(in.u16());
    if (in.u8() != 0) {
      throw new InvalidMikeyException(Reason.UNSUPPORTED, "a MAC");
    }
    data.skip(1);
    int kinds = data.u8();
    int type = kinds >> 4;
    if (type != TEK && type != TEK_AND_SALT) {
      throw new InvalidMikeyException(Reason.UNSUPPORTED, "key type " + type);
    }
    byte[] key = data.raw(data.u16());
    byte[] salt = type == TEK_AND_SALT ? data.raw(data.u16()) : new byte[0];
    byte[] secret = Arrays.copyOf(key, key.length + salt.length);
    System.arraycopy(salt, 0, secret, key.length, salt.length);
    try {
      byte[] mki = (kinds & 0x0F) == 1 ? data.raw(data.u8()) : new byte[0];
      return new SrtpKey(policy, SecretBytes.copyOf(secret), mki);
    } catch (IllegalArgumentException e) {
      throw new InvalidMikeyException(Reason.BAD_KEY, e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(salt, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }
}
