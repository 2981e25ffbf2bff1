// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;
import org.refcam.crypto.Sha256;
import org.refcam.tpm.Tpm;

/**
 * The JCA provider through which {@link TpmPrivateKey} signs: {@code SHA256withECDSA} alone, for
 * this key class alone. It stands last in the list; the JCA passes over providers that refuse a
 * key, so TLS and certificate builders reach the TPM without knowing of it.
 */
public final class TpmSignatures extends Provider {
  @Serial private static final long serialVersionUID = 1L;
  private static final String NAME = "RefCamTpm";

  private TpmSignatures() {
    super(NAME, "1.0", "ECDSA with keys inside a TPM 2.0");
    putService(
        new Service(
            this,
            "Signature",
            "SHA256withECDSA",
            Ecdsa.class.getName(),
            List.of(),
            Map.of("SupportedKeyClasses", TpmPrivateKey.class.getName())) {
          @Override
          public Object newInstance(@Nullable Object parameter) {
            return new Ecdsa();
          }

          @Override
          public boolean supportsParameter(@Nullable Object key) {
            return key instanceof TpmPrivateKey;
          }
        });
  }

  /** Adds the provider to the JVM's list, once. */
  static synchronized void install() {
    if (Security.getProvider(NAME) == null) {
      Security.addProvider(new TpmSignatures());
    }
  }

  /** Hashes here, signs there. Confined to one thread, as every Signature. */
  private static final class Ecdsa extends SignatureSpi {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable TpmPrivateKey key;

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
      if (!(privateKey instanceof TpmPrivateKey tpmKey)) {
        throw new InvalidKeyException("not a key of a TPM");
      }
      key = tpmKey;
      message.reset();
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
      throw new InvalidKeyException("other providers verify");
    }

    @Override
    protected void engineUpdate(byte b) {
      message.write(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
      message.write(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      TpmPrivateKey signer = key;
      if (signer == null) {
        throw new SignatureException("not initialised");
      }
      try {
        byte[] digest = Sha256.of(message.toByteArray());
        message.reset();
        Tpm.EcdsaSignature signature = signer.tpm().sign(signer.handle(), digest);
        return new DERSequence(
                new ASN1Integer[] {new ASN1Integer(signature.r()), new ASN1Integer(signature.s())})
            .getEncoded();
      } catch (IOException e) {
        throw new SignatureException("the TPM did not sign", e);
      }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      throw new SignatureException("other providers verify");
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters) {
      if (parameters != null) {
        throw new InvalidParameterException("takes none");
      }
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new InvalidParameterException("takes none");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new InvalidParameterException("has none");
    }
  }
}
