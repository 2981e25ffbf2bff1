// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.refcam.crypto.Hkdf;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * Which key comes from where. Safe from any thread.
 *
 * <pre>
 *   root of trust
 *     |- device key, P-256                    lives as long as the root: identity survives an erase
 *     |- slot "vault-root": vault root, 32 random bytes
 *     |    |- config key                      configuration, accounts, client credentials
 *     |    |- audit key                       audit log
 *     |    '- wrapping key                    seals what lies in slot "recordings"
 *     '- slot "recordings": replaced whenever single recordings are destroyed
 * </pre>
 *
 * <p>INV-KEYS-6. Config and audit keys, and the key that seals the recordings slot, follow from the
 * vault root, which is nowhere but in its slot: destroying the slot kills them all. Holds against
 * whoever has the medium and everything else that the device still knows, as far as the slot's
 * assurance level goes. Does not hold for copies that the running process or its swap still has.
 */
public final class KeyHierarchy {
  private static final byte[] SALT = "refcam vault v1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;

  private final RootOfTrust root;
  private final KeySlot vaultRoot;
  private final SecureRandom random;

  private KeyHierarchy(RootOfTrust root, KeySlot vaultRoot, SecureRandom random) {
    this.root = root;
    this.vaultRoot = vaultRoot;
    this.random = random;
  }

  /**
   * Binds the data directory to the root and opens the vault root, or makes it at first boot and
   * after an erase that has finished.
   *
   * @throws CorruptStoreException OTHER_ROOT if the directory is another device's; KEY_MISSING if
   *     the vault root is gone although configuration sealed under it is there: an erase has to
   *     finish first, or the slot lost it
   */
  public static KeyHierarchy open(
      RootOfTrust root, Path dataDirectory, FileWrites writes, SecureRandom random)
      throws IOException {
    RootBinding.require(root, dataDirectory, writes);
    KeySlot slot = root.slot(RootOfTrust.VAULT_ROOT);
    Optional<SecretBytes> present = slot.read();
    present.ifPresent(SecretBytes::close);
    if (present.isEmpty()) {
      if (SealedData.underVaultRoot(dataDirectory)) {
        throw new CorruptStoreException(
            CorruptStoreException.Reason.KEY_MISSING, dataDirectory.resolve("config"));
      }
      try (SecretBytes fresh = SecretBytes.random(KEY_BYTES, random)) {
        slot.write(fresh);
      }
    }
    return new KeyHierarchy(root, slot, random);
  }

  /**
   * The slots and the identity of a device that is being erased: binds the directory to the root,
   * makes nothing, and does not ask what the slots hold.
   *
   * @throws CorruptStoreException OTHER_ROOT if the directory is another device's
   */
  public static KeyHierarchy toErase(
      RootOfTrust root, Path dataDirectory, FileWrites writes, SecureRandom random)
      throws IOException {
    RootBinding.require(root, dataDirectory, writes);
    return new KeyHierarchy(root, root.slot(RootOfTrust.VAULT_ROOT), random);
  }

  /** Seals configuration, accounts and client credentials. Caller closes. */
  public SecretBytes configKey() throws IOException {
    return derive("config");
  }

  /** Seals the audit log. Caller closes. */
  public SecretBytes auditKey() throws IOException {
    return derive("audit");
  }

  /**
   * The slot that is replaced when single recordings are destroyed. Its secret opens only while the
   * vault root is there.
   */
  public KeySlot recordings() throws IOException {
    return new WrappedSlot(root.slot(RootOfTrust.RECORDINGS), () -> derive("recordings"), random);
  }

  /** The slot of the vault root: what a whole-device erase destroys, after {@link #recordings}. */
  public KeySlot vaultRoot() {
    return vaultRoot;
  }

  /** The device identity key, which an erase keeps. */
  public KeyPair deviceKey() throws IOException {
    return root.deviceKey();
  }

  /** Seals the device's certificates, which an erase keeps. Caller closes. */
  public SecretBytes identityKey() throws IOException {
    return root.deriveKey("identity");
  }

  /** What the machine id is made of, which an erase keeps. Caller closes. */
  public SecretBytes machineIdKey() throws IOException {
    return root.deriveKey("machine-id");
  }

  /** The keys and where each rests, in order of descent. */
  public List<KeyFacts> facts() throws IOException {
    AssuranceLevel base = root.assuranceLevel();
    int identityBits =
        ((ECPublicKey) root.deviceKey().getPublic()).getParams().getOrder().bitLength();
    int bits = KEY_BYTES * 8;
    String vault = RootOfTrust.VAULT_ROOT;
    String wrapped = RootOfTrust.RECORDINGS;
    AssuranceLevel slot = vaultRoot.assuranceLevel();
    return List.of(
        new KeyFacts("device", "ECDSA P-256", identityBits, "root", "root", base, true),
        new KeyFacts("identity", Hkdf.NAME, bits, "root", "derived", base, true),
        new KeyFacts("machine-id", Hkdf.NAME, bits, "root", "derived", base, true),
        new KeyFacts(vault, "random", bits, "root", "slot", slot, false),
        new KeyFacts("config", Hkdf.NAME, bits, vault, "derived", slot, false),
        new KeyFacts("audit", Hkdf.NAME, bits, vault, "derived", slot, false),
        new KeyFacts("wrapping", Hkdf.NAME, bits, vault, "derived", slot, false),
        new KeyFacts(
            wrapped, "random", bits, "wrapping", "slot", recordings().assuranceLevel(), false));
  }

  /** What the root promises. */
  public AssuranceLevel assuranceLevel() {
    return root.assuranceLevel();
  }

  private SecretBytes derive(String purpose) throws IOException {
    try (SecretBytes secret =
        vaultRoot.read().orElseThrow(() -> new IOException("the vault root was destroyed"))) {
      return Hkdf.derive(secret, SALT, purpose.getBytes(StandardCharsets.US_ASCII), KEY_BYTES);
    }
  }
}
