// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import org.refcam.crypto.SecretBytes;
import org.refcam.tpm.Tpm;

/**
 * A TPM 2.0 as root of trust: assurance level {@code tpm2}.
 *
 * <p>Derived keys are TPM2_HMAC over the purpose, the device key signs inside the TPM, slots are NV
 * indices. Nothing is stored outside; TPM2_Clear ends everything. What is not kept out: privileged
 * software on this camera, which may use the keys but not take them along; and whoever probes the
 * bus between processor and TPM while the camera starts. Safe from any thread.
 */
public final class TpmRoot implements RootOfTrust {
  private static final String DERIVATION_KEY = "refcam derivation v1";
  private static final String DEVICE_KEY = "refcam device v1";

  private final Tpm tpm;
  private final int derivationKey;
  private final KeyPair deviceKey;
  private final int deviceHandle;

  private TpmRoot(Tpm tpm) throws IOException {
    this.tpm = tpm;
    this.derivationKey = tpm.loadHmacKey(DERIVATION_KEY);
    Tpm.SigningKey key = tpm.loadSigningKey(DEVICE_KEY);
    this.deviceHandle = key.handle();
    TpmSignatures.install();
    try {
      this.deviceKey =
          new KeyPair(
              KeyFactory.getInstance("EC")
                  .generatePublic(new ECPublicKeySpec(key.point(), P256.parameters())),
              new TpmPrivateKey(tpm, key.handle()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the TPM gave a key that is not on its curve", e);
    }
  }

  /**
   * @param address as of {@link Tpm#open}
   */
  public static TpmRoot open(String address) throws IOException {
    Tpm tpm = Tpm.open(address);
    try {
      return new TpmRoot(tpm);
    } catch (IOException | RuntimeException e) {
      tpm.close();
      throw e;
    }
  }

  @Override
  public SecretBytes deriveKey(String purpose) throws IOException {
    byte[] raw = tpm.hmac(derivationKey, purpose.getBytes(StandardCharsets.UTF_8));
    try {
      return SecretBytes.copyOf(raw);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  @Override
  public KeyPair deviceKey() {
    return deviceKey;
  }

  @Override
  public KeySlot slot(String name) {
    return new TpmSlot(tpm, FileSlots.requireName(name));
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.TPM;
  }

  @Override
  public void close() {
    try (tpm) {
      tpm.flush(deviceHandle);
      tpm.flush(derivationKey);
    } catch (IOException e) {
      // What stays loaded is flushed by the next open, or by the kernel's resource manager.
      org.slf4j.LoggerFactory.getLogger(TpmRoot.class).warn("closing the TPM: {}", e.getMessage());
    }
  }
}
