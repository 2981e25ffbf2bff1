// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Provider;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * A private key as an encrypted PKCS#8 file (RFC 5958): scrypt (N 2^15, r 8) and AES-256-CBC, which
 * {@code openssl pkey} reads. The file is readable by its owner only. Stateless.
 */
final class PrivateKeyFile {
  private static final Provider PROVIDER = new BouncyCastleProvider();
  private static final int SCRYPT_COST = 1 << 15;
  private static final int SCRYPT_BLOCK = 8;
  private static final int SALT_BYTES = 16;

  private PrivateKeyFile() {}

  static void write(Path file, AsymmetricKeyParameter key, char[] passphrase) throws IOException {
    try {
      PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(key);
      ScryptConfig scrypt =
          new ScryptConfig.Builder(SCRYPT_COST, SCRYPT_BLOCK, 1).withSaltLength(SALT_BYTES).build();
      PKCS8EncryptedPrivateKeyInfo sealed =
          new PKCS8EncryptedPrivateKeyInfoBuilder(info)
              .build(
                  new JcePKCSPBEOutputEncryptorBuilder(scrypt, NISTObjectIdentifiers.id_aes256_CBC)
                      .setProvider(PROVIDER)
                      .build(passphrase));
      StringWriter text = new StringWriter();
      try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
        pem.writeObject(sealed);
      }
      writePrivate(file, text.toString());
    } catch (OperatorCreationException e) {
      throw new IOException("cannot encrypt " + file, e);
    }
  }

  /** Writes a file that only its owner may read, from its first byte on. */
  static void writePrivate(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }

  /**
   * @throws IOException if the file is no encrypted key or the passphrase is not its own
   */
  static AsymmetricKeyParameter read(Path file, char[] passphrase) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      if (!(parser.readObject() instanceof PKCS8EncryptedPrivateKeyInfo sealed)) {
        throw new IOException(file + " is not an encrypted private key");
      }
      return PrivateKeyFactory.createKey(
          sealed.decryptPrivateKeyInfo(
              new JcePKCSPBEInputDecryptorProviderBuilder()
                  .setProvider(PROVIDER)
                  .build(passphrase)));
    } catch (PKCSException e) {
      throw new IOException(file + ": the passphrase does not open it", e);
    }
  }
}
