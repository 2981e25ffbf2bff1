// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Objects;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;
import org.refcam.crypto.Pkcs11Token;
import org.refcam.crypto.Pkcs11Uri;
import org.refcam.fit.FitAlgorithm;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;
import org.refcam.fit.KeyPairFitSigner;
import picocli.CommandLine.Option;

/** The key that signs boot images: a picocli mixin. */
final class BootKeyOptions {
  private static final JcaPEMKeyConverter CONVERTER = new JcaPEMKeyConverter();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "A PEM file, or pkcs11:... of a token that has the key and its certificate")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  String key;

  @Option(
      names = "--key-name",
      required = true,
      paramLabel = "NAME",
      description = "The key's name in the boot loader, and its label in a token")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  String name;

  @Option(
      names = "--padding",
      defaultValue = "PSS",
      description = "Of RSA: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  FitPadding padding;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Opens an encrypted PEM file; otherwise REFCAM_PASSPHRASE, or asked for")
  @Nullable Path passphraseFile;

  FitSigner signer() throws IOException {
    try {
      return key.startsWith("pkcs11:") ? token() : file(Path.of(key));
    } catch (GeneralSecurityException e) {
      throw new IOException("the key cannot be used: " + e.getMessage(), e);
    }
  }

  private FitSigner token() throws IOException, GeneralSecurityException {
    Pkcs11Token token = Pkcs11Token.open(Pkcs11Uri.parse(key));
    Certificate certificate = token.keyStore().getCertificate(name);
    if (!(token.keyStore().getKey(name, null) instanceof PrivateKey privateKey)
        || certificate == null) {
      throw new IOException("the token has no key with a certificate labelled " + name);
    }
    return new KeyPairFitSigner(name, certificate.getPublicKey(), privateKey, padding);
  }

  private FitSigner file(Path file) throws IOException {
    AsymmetricKeyParameter parameters = parameters(file);
    PublicKey publicKey =
        CONVERTER.getPublicKey(
            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicHalf(file, parameters)));
    PrivateKey privateKey =
        CONVERTER.getPrivateKey(PrivateKeyInfoFactory.createPrivateKeyInfo(parameters));
    return new KeyPairFitSigner(name, publicKey, privateKey, padding);
  }

  private AsymmetricKeyParameter parameters(Path file) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      Object object = parser.readObject();
      if (object instanceof PKCS8EncryptedPrivateKeyInfo) {
        Path directory = file.toAbsolutePath().getParent();
        return PrivateKeyFile.read(
            file, KeyOptions.passphrase(directory == null ? file : directory, passphraseFile));
      } else if (object instanceof PrivateKeyInfo info) {
        return PrivateKeyFactory.createKey(info);
      } else if (object instanceof PEMKeyPair pair) {
        return PrivateKeyFactory.createKey(pair.getPrivateKeyInfo());
      }
      throw new IOException(file + " is no private key in PEM");
    }
  }

  private static AsymmetricKeyParameter publicHalf(Path file, AsymmetricKeyParameter key)
      throws IOException {
    if (key instanceof RSAPrivateCrtKeyParameters rsa) {
      return new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
    } else if (key instanceof ECPrivateKeyParameters ec) {
      return new ECPublicKeyParameters(
          ec.getParameters().getG().multiply(ec.getD()).normalize(), ec.getParameters());
    }
    throw new IOException(file + " is neither RSA nor EC");
  }

  /** A public key or a certificate in PEM. */
  static PublicKey publicKey(Path file) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      Object object = parser.readObject();
      SubjectPublicKeyInfo info =
          object instanceof SubjectPublicKeyInfo key
              ? key
              : object instanceof X509CertificateHolder certificate
                  ? certificate.getSubjectPublicKeyInfo()
                  : null;
      if (info == null) {
        throw new IOException(file + " is no public key or certificate in PEM");
      }
      PublicKey key = CONVERTER.getPublicKey(info);
      Objects.requireNonNull(FitAlgorithm.of(key)); // throws unless a FIT can be signed by it
      return key;
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
