// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.refcam.tools.card.BootKey;
import org.refcam.tools.card.UefiKeys;

/**
 * The keys that boards trust before anything of ours runs: each made once, beside the others of
 * {@code keys init} and encrypted as they are. Stateless.
 */
final class ImageKeys {
  static final String BOOT_FILE = "boot-signing.key";
  static final String PI_FILE = "pi-boot-signing.key";
  static final String UEFI_PLATFORM_FILE = "uefi-platform.key";
  static final String UEFI_EXCHANGE_FILE = "uefi-exchange.key";
  private static final int BOOT_BITS = 3072;

  /** Raspberry Pi's bootloader verifies RSA of this length and no other. */
  private static final int PI_BITS = 2048;

  private static final int PRIME_CERTAINTY = 112;

  private ImageKeys() {}

  /** Signs FITs; U-Boot holds its public half. */
  static BootKey boot(KeyDirectory keys, Output output) throws IOException {
    return of(keys, BOOT_FILE, BOOT_BITS, "boot images", output);
  }

  /** Signs boot.img; the hash of its public half goes into the chip's one-time memory. */
  static BootKey piLoader(KeyDirectory keys, Output output) throws IOException {
    return of(keys, PI_FILE, PI_BITS, "the boot loaders of Raspberry Pi boards", output);
  }

  /** Own a board with UEFI: its platform key and its key exchange key. */
  static UefiKeys uefi(KeyDirectory keys, Output output) throws IOException {
    return new UefiKeys(
        of(keys, UEFI_PLATFORM_FILE, BOOT_BITS, "who may change the keys of UEFI boards", output),
        of(keys, UEFI_EXCHANGE_FILE, BOOT_BITS, "what UEFI boards may start", output));
  }

  private static BootKey of(KeyDirectory keys, String file, int bits, String what, Output output)
      throws IOException {
    if (!Files.exists(keys.path(file))) {
      output.note("making " + keys.path(file) + ", which signs " + what);
      RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
      generator.init(
          new RSAKeyGenerationParameters(
              RSAKeyGenParameterSpec.F4, new SecureRandom(), bits, PRIME_CERTAINTY));
      keys.writeKey(file, generator.generateKeyPair().getPrivate());
    }
    return read(keys, file);
  }

  private static BootKey read(KeyDirectory keys, String file) throws IOException {
    try {
      byte[] encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(keys.readKey(file)).getEncoded();
      KeyFactory factory = KeyFactory.getInstance("RSA");
      PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (!(secret instanceof RSAPrivateCrtKey rsa)) {
        throw new IOException(keys.path(file) + " is not an RSA key with its primes");
      }
      return new BootKey(
          new KeyPair(
              factory.generatePublic(
                  new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())),
              secret));
    } catch (GeneralSecurityException e) {
      throw new IOException(keys.path(file) + " is no RSA key", e);
    }
  }
}
