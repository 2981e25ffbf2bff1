// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.refcam.crypto.Pkcs11Token;
import org.refcam.crypto.Pkcs11Uri;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * A PKCS#11 token as root of trust: assurance level {@code pkcs11}.
 *
 * <p>Derived keys are HMAC-SHA-256 over the purpose under the token's secret key {@code
 * refcam-root}; the device key is {@code refcam-device}, whose certificate object only carries the
 * public half. Both are made in the token at first use; a token object that was made but not yet
 * named when the power failed is never used. The PIN lies on this camera: the token protects keys
 * from being taken along, not from privileged software here. Guarded by its monitor.
 */
public final class Pkcs11Root implements RootOfTrust {
  private static final String ROOT = "refcam-root";
  private static final String DEVICE = "refcam-device";

  private final Pkcs11Token token;
  private final Path directory;
  private final FileWrites writes;
  private final SecureRandom random;

  private Pkcs11Root(Pkcs11Token token, Path directory, FileWrites writes, SecureRandom random) {
    this.token = token;
    this.directory = directory;
    this.writes = writes;
    this.random = random;
  }

  /**
   * Logs in and makes the root key if the token has none.
   *
   * @throws CorruptStoreException KEY_MISSING if sealed data is there and the token has no root key
   */
  public static Pkcs11Root openOrCreate(
      Pkcs11Uri uri, Path dataDirectory, FileWrites writes, SecureRandom random)
      throws IOException {
    Pkcs11Token token = Pkcs11Token.open(uri);
    Pkcs11Root root = new Pkcs11Root(token, dataDirectory.resolve("keys"), writes, random);
    try {
      if (token.keyStore().getKey(ROOT, null) == null) {
        if (SealedData.underRoot(dataDirectory)) {
          throw new CorruptStoreException(
              CorruptStoreException.Reason.KEY_MISSING, dataDirectory.resolve("keys"));
        }
        makeSecretKey(token, ROOT);
      }
      return root;
    } catch (GeneralSecurityException | ProviderException e) {
      throw failed("making the root key", e);
    }
  }

  @Override
  public synchronized SecretBytes deriveKey(String purpose) throws IOException {
    return derive(token, ROOT, purpose);
  }

  @Override
  public synchronized KeyPair deviceKey() throws IOException {
    try {
      KeyStore store = token.keyStore();
      if (store.getKey(DEVICE, null) == null) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", token.provider());
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        store.setKeyEntry(
            DEVICE, pair.getPrivate(), null, new Certificate[] {PublicKeyCarrier.of(pair)});
      }
      return new KeyPair(
          store.getCertificate(DEVICE).getPublicKey(), (PrivateKey) store.getKey(DEVICE, null));
    } catch (GeneralSecurityException | ProviderException e) {
      throw failed("the device key", e);
    }
  }

  @Override
  public KeySlot slot(String name) {
    return new Pkcs11Slot(token, FileSlots.requireName(name), directory, writes, random);
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.PKCS11;
  }

  /** The token stays logged in: other users of the module in this process may need it. */
  @Override
  public void close() {}

  /** Makes a secret key in the token and gives it its label, by which alone it is found. */
  static void makeSecretKey(Pkcs11Token token, String label) throws GeneralSecurityException {
    KeyGenerator generator = KeyGenerator.getInstance("HmacSHA256", token.provider());
    generator.init(256);
    SecretKey key = generator.generateKey();
    try {
      token.keyStore().setKeyEntry(label, key, null, null);
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException("naming " + label, e);
    }
  }

  /** HMAC-SHA-256 inside the token. */
  static SecretBytes derive(Pkcs11Token token, String label, String purpose) throws IOException {
    try {
      if (!(token.keyStore().getKey(label, null) instanceof SecretKey key)) {
        throw new IOException("the token has no secret key " + label);
      }
      Mac mac = Mac.getInstance("HmacSHA256", token.provider());
      mac.init(key);
      byte[] raw = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
      try {
        return SecretBytes.copyOf(raw);
      } finally {
        Arrays.fill(raw, (byte) 0);
      }
    } catch (GeneralSecurityException | ProviderException e) {
      throw failed("deriving a key", e);
    }
  }

  static IOException failed(String what, Exception e) {
    return new IOException("PKCS#11 token: " + what + ": " + e.getMessage(), e);
  }
}
