// SPDX-License-Identifier: Apache-2.0
package org.refcam.tpm;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.spec.ECPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One TPM 2.0, by the commands of part 3 that the camera needs. Objects are primaries of the owner
 * hierarchy: the same template gives the same key until TPM2_Clear, and nothing is stored outside.
 *
 * <p>Authorizations are empty passwords: whoever may open the device node may use the keys, and
 * none may read them. Answers cross the bus in the clear. Guarded by its monitor.
 */
public final class Tpm implements AutoCloseable {
  private static final int OWNER = 0x40000001;
  private static final int NULL_HIERARCHY = 0x40000007;
  private static final int TAG_HASHCHECK = 0x8024;
  private static final int ALG_HMAC = 0x0005;
  private static final int ALG_KEYEDHASH = 0x0008;
  private static final int ALG_SHA256 = 0x000B;
  private static final int ALG_NULL = 0x0010;
  private static final int ALG_ECDSA = 0x0018;
  private static final int ALG_ECC = 0x0023;
  private static final int ECC_NIST_P256 = 0x0003;

  /** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, sign (part 2, 8.3). */
  private static final int SIGNING_KEY = 0x00040472;

  /** OWNERWRITE, OWNERREAD, NO_DA (part 2, 13.4). */
  private static final int NV_ATTRIBUTES = 0x02020002;

  private static final int TRANSIENT_FIRST = 0x80000000;
  private static final int CAP_HANDLES = 1;
  private static final int TRIES = 20;

  private final TpmTransport transport;

  private Tpm(TpmTransport transport) {
    this.transport = transport;
  }

  /**
   * Opens a TPM, starts it if nothing has, and gives up objects that an earlier process left.
   *
   * @param address a device's path such as {@code /dev/tpmrm0}, {@code unix:PATH} or {@code
   *     tcp:HOST:PORT}
   */
  public static Tpm open(String address) throws IOException {
    Tpm tpm = new Tpm(TpmTransport.open(address));
    try {
      tpm.startUnlessStarted();
      for (int handle : tpm.transientHandles()) {
        tpm.flush(handle);
      }
      return tpm;
    } catch (IOException | RuntimeException e) {
      tpm.close();
      throw e;
    }
  }

  /** A loaded signing key. */
  public record SigningKey(int handle, ECPoint point) {}

  /** An ECDSA signature. */
  public record EcdsaSignature(BigInteger r, BigInteger s) {}

  /** Loads the P-256 ECDSA key of a label: always the same for the same label. */
  public SigningKey loadSigningKey(String label) throws IOException {
    TpmCommand area =
        publicArea(ALG_ECC)
            .u16(ALG_NULL) // no symmetric algorithm: it is not a storage key
            .u16(ALG_ECDSA)
            .u16(ALG_SHA256)
            .u16(ECC_NIST_P256)
            .u16(ALG_NULL) // no KDF
            .sized(unique(label))
            .sized();
    TpmAnswer answer = createPrimary(area);
    int handle = answer.handle();
    answer.parameters().u16();
    TpmAnswer area2 = skipPublicHead(answer);
    for (int i = 0; i < 5; i++) { // symmetric, scheme, its hash, curve, KDF
      area2.u16();
    }
    BigInteger x = new BigInteger(1, area2.sized());
    BigInteger y = new BigInteger(1, area2.sized());
    return new SigningKey(handle, new ECPoint(x, y));
  }

  /** Loads the HMAC-SHA-256 key of a label, and returns its handle. */
  public int loadHmacKey(String label) throws IOException {
    return createPrimary(
            publicArea(ALG_KEYEDHASH).u16(ALG_HMAC).u16(ALG_SHA256).sized(unique(label)))
        .handle();
  }

  /** TPM2_Sign with ECDSA over a SHA-256 digest. */
  public EcdsaSignature sign(int key, byte[] digest) throws IOException {
    TpmAnswer answer =
        run(
            TpmCommand.authorized("TPM2_Sign", 0x15D, key)
                .sized(digest)
                .u16(ALG_NULL) // the key's own scheme
                .u16(TAG_HASHCHECK)
                .u32(NULL_HIERARCHY)
                .sized());
    answer.parameters();
    answer.u16(); // ECDSA
    answer.u16(); // SHA-256
    return new EcdsaSignature(new BigInteger(1, answer.sized()), new BigInteger(1, answer.sized()));
  }

  /** TPM2_HMAC: 32 bytes. */
  public byte[] hmac(int key, byte[] data) throws IOException {
    return run(TpmCommand.authorized("TPM2_HMAC", 0x155, key).sized(data).u16(ALG_SHA256))
        .parameters()
        .sized();
  }

  /** TPM2_FlushContext. */
  public void flush(int handle) throws IOException {
    run(TpmCommand.plain("TPM2_FlushContext", 0x165).u32(handle));
  }

  /** TPM2_NV_DefineSpace of an index that the owner hierarchy writes and reads. */
  public void defineIndex(int index, int size) throws IOException {
    TpmCommand area =
        TpmCommand.plain("", 0).u32(index).u16(ALG_SHA256).u32(NV_ATTRIBUTES).sized().u16(size);
    run(
        TpmCommand.authorized("TPM2_NV_DefineSpace", 0x12A, OWNER)
            .sized() // no password
            .sized(body(area)));
  }

  /** TPM2_NV_UndefineSpace. */
  public void undefineIndex(int index) throws IOException {
    run(TpmCommand.authorized("TPM2_NV_UndefineSpace", 0x122, OWNER, index));
  }

  /** TPM2_NV_Write from offset 0. */
  public void writeIndex(int index, byte[] data) throws IOException {
    run(TpmCommand.authorized("TPM2_NV_Write", 0x137, OWNER, index).sized(data).u16(0));
  }

  /** TPM2_NV_Read from offset 0; empty while the index was never written. */
  public Optional<byte[]> readIndex(int index, int size) throws IOException {
    try {
      return Optional.of(
          run(TpmCommand.authorized("TPM2_NV_Read", 0x14E, OWNER, index).u16(size).u16(0))
              .parameters()
              .sized());
    } catch (TpmException e) {
      if (e.reason() == TpmException.Reason.UNWRITTEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** TPM2_NV_ReadPublic: the size of an index; empty if there is none. */
  public Optional<Integer> indexSize(int index) throws IOException {
    try {
      TpmAnswer answer = run(TpmCommand.plain("TPM2_NV_ReadPublic", 0x169, index)).parameters();
      answer.u16(); // size of the area
      answer.u32(); // index
      answer.u16(); // hash of its name
      answer.u32(); // attributes
      answer.sized(); // policy
      return Optional.of(answer.u16());
    } catch (TpmException e) {
      if (e.reason() == TpmException.Reason.ABSENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }

  private void startUnlessStarted() throws IOException {
    try {
      transientHandles();
    } catch (TpmException e) {
      if (e.reason() != TpmException.Reason.NOT_STARTED) {
        throw e;
      }
      run(TpmCommand.plain("TPM2_Startup", 0x144).u16(0)); // TPM_SU_CLEAR
    }
  }

  private List<Integer> transientHandles() throws IOException {
    TpmAnswer answer =
        run(
            TpmCommand.plain("TPM2_GetCapability", 0x17A)
                .u32(CAP_HANDLES)
                .u32(TRANSIENT_FIRST)
                .u32(16));
    answer.parameters().u8(); // more data
    answer.u32(); // capability
    int count = answer.u32();
    List<Integer> handles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      handles.add(answer.u32());
    }
    return handles;
  }

  /** TPMT_PUBLIC up to its parameters (part 2, 12.2.4). */
  private static TpmCommand publicArea(int type) {
    return TpmCommand.plain("", 0).u16(type).u16(ALG_SHA256).u32(SIGNING_KEY).sized();
  }

  private static TpmAnswer skipPublicHead(TpmAnswer answer) throws TpmException {
    answer.u16(); // type
    answer.u16(); // hash of its name
    answer.u32(); // attributes
    answer.sized(); // policy
    return answer;
  }

  private TpmAnswer createPrimary(TpmCommand area) throws IOException {
    return run(
        TpmCommand.authorized("TPM2_CreatePrimary", 0x131, OWNER)
            .sized(new byte[4]) // no password, no data: TPM2B_SENSITIVE_CREATE
            .sized(body(area))
            .sized()
            .u32(0)); // no PCR
  }

  /** Tells keys of one template apart: part of what the TPM derives a primary from. */
  private static byte[] unique(String label) {
    byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > 32) {
      throw new IllegalArgumentException("label of more than 32 bytes: " + label);
    }
    return bytes;
  }

  /** What was put after a header. */
  private static byte[] body(TpmCommand area) {
    byte[] all = area.encode();
    return java.util.Arrays.copyOfRange(all, 10, all.length);
  }

  private synchronized TpmAnswer run(TpmCommand command) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return TpmAnswer.parse(command.name(), transport.transmit(command.encode()));
      } catch (TpmException e) {
        if (e.reason() != TpmException.Reason.BUSY || attempt == TRIES) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
