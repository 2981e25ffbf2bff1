// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.refcam.crypto.SecretBytes;
import org.refcam.crypto.Sha256;
import org.refcam.identity.CertificateRefusedException.Reason;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.SealedFile;
import org.refcam.label.DeviceSerial;
import org.refcam.storage.FileWrites;

/**
 * Who the camera is: serial, device key, IDevID, and the operational certificate that TLS shows.
 *
 * <p>Serial and key follow from the root of trust; the two certificate chains are kept sealed in
 * {@code DIR/identity/device.sealed}, replaced as a whole, so that an interrupted first boot starts
 * over with the same key and serial. An erase keeps all of it: the camera stays the same device.
 *
 * <p>The IDevID says which device this is and never expires; a factory may replace its own
 * signature by the factory's. The operational certificate carries the names of the moment and is
 * renewed when an address is not among them. Both certify the same key, so whoever has to outlive
 * renewals pins {@link #publicKeySha256}. Guarded by its monitor.
 */
public final class DeviceIdentity {
  /** Names the device key in a handshake. */
  private static final String OWN = "device";

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  private final KeyPair key;
  private final String serial;
  private final AssuranceLevel level;
  private final DeviceCertificates maker;
  private final CertificateCheck check;
  private final SealedFile file;
  private volatile CertificateStore store;
  private volatile Supplier<Optional<TlsPath>> instead = Optional::empty;

  private DeviceIdentity(KeyPair key, AssuranceLevel level, SealedFile file, SecureRandom random)
      throws IOException {
    this.key = key;
    this.serial = DeviceSerial.of(key.getPublic());
    this.level = level;
    this.file = file;
    this.maker = new DeviceCertificates(key, serial, level, random);
    this.check = new CertificateCheck(key.getPublic(), serial, level);
    Optional<byte[]> bytes = file.read();
    if (bytes.isPresent()) {
      store = CertificateStore.parse(bytes.get(), file.path());
      requireOwn();
    } else {
      store =
          new CertificateStore(
              List.of(maker.idevid()),
              List.of(maker.operational(CertificateNames.of(serial, List.of()))));
      file.write(store.encode());
    }
  }

  /**
   * Opens the identity, or makes it at first boot.
   *
   * @throws CorruptStoreException if the file is there but is not this device's
   */
  public static DeviceIdentity openOrCreate(
      Path dataDirectory, KeyHierarchy keys, FileWrites writes, SecureRandom random)
      throws IOException {
    Path path = dataDirectory.resolve("identity").resolve("device.sealed");
    SecretBytes sealingKey = keys.identityKey();
    return new DeviceIdentity(
        keys.deviceKey(),
        keys.assuranceLevel(),
        new SealedFile(path, sealingKey, "identity/device", writes, random),
        random);
  }

  /** Ten letters and digits that follow from the device key. */
  public String serial() {
    return serial;
  }

  public AssuranceLevel assuranceLevel() {
    return level;
  }

  /** The IDevID, self-signed or signed by a factory; its issuers follow. */
  public List<X509Certificate> idevid() {
    return store.idevid();
  }

  /** The operational certificate, which TLS shows unless an operator assigned another. */
  public X509Certificate certificate() {
    return store.operational().get(0);
  }

  /** Lower-case hexadecimal, of the operational certificate's DER encoding. */
  public String certificateSha256() {
    return own().sha256();
  }

  /** The certificate's encoding. */
  public byte[] certificateDer() {
    try {
      return certificate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
  }

  /**
   * ECDSA with SHA-256 by the device key, in DER.
   *
   * @throws IOException if the key cannot be used now
   */
  public byte[] sign(byte[] message) throws IOException {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException("the device key cannot sign", e);
    }
  }

  /**
   * Lower-case hexadecimal, of the device key's SubjectPublicKeyInfo: renewals do not change it.
   */
  public String publicKeySha256() {
    return Sha256.hex(key.getPublic().getEncoded());
  }

  /** Signs erase certificates, audit checkpoints and video; may be inside hardware. */
  public PrivateKey privateKey() {
    return key.getPrivate();
  }

  /** The request for a factory's signature on the IDevID: PKCS#10 in DER. */
  public byte[] idevidRequest() throws IOException {
    return maker.idevidRequest();
  }

  /** The request for an operational certificate. */
  public PKCS10CertificationRequest operationalRequest(CertificateNames names) throws IOException {
    return maker.operationalRequest(names);
  }

  /**
   * Replaces the IDevID by one that a factory signed.
   *
   * @param certificates PEM or DER, the device's first
   */
  public synchronized void installIdevid(byte[] certificates)
      throws CertificateRefusedException, IOException {
    List<X509Certificate> chain = CertificateCheck.parse(certificates);
    check.requireIdevid(chain);
    replace(new CertificateStore(chain, store.operational()));
  }

  /** Replaces the operational certificate by one that an operator's authority signed. */
  public synchronized void installOperational(
      byte[] certificates, CertificateNames names, Instant now)
      throws CertificateRefusedException, IOException {
    List<X509Certificate> chain = CertificateCheck.parse(certificates);
    check.requireOperational(chain, names, now);
    replace(new CertificateStore(store.idevid(), chain));
  }

  /**
   * Makes a new self-signed operational certificate if a name is missing in the present one or its
   * time is over. A name that is no longer used is no reason: clients may have pinned it.
   *
   * @return whether there is a new one
   */
  public synchronized boolean renewIfNeeded(CertificateNames names, Instant now)
      throws IOException {
    boolean expired = now.isAfter(certificate().getNotAfter().toInstant());
    if (names.coveredBy(certificate()) && !expired) {
      return false;
    }
    replace(new CertificateStore(store.idevid(), List.of(maker.operational(names))));
    return true;
  }

  /** Whether an authority's certificate has less than a third of its time left. */
  public boolean nearsExpiry(Instant now) {
    Instant from = certificate().getNotBefore().toInstant();
    Instant to = certificate().getNotAfter().toInstant();
    return now.isAfter(to.minusSeconds((to.getEpochSecond() - from.getEpochSecond()) / 3));
  }

  /** Whether the operational certificate is the camera's own. */
  public boolean selfSigned() {
    return own().selfSigned();
  }

  /**
   * Names who may have something for TLS to show in place of the operational certificate. It is
   * asked at each handshake, by many threads, and answers at once.
   */
  public void showInstead(Supplier<Optional<TlsPath>> other) {
    instead = other;
  }

  /** What TLS shows now. */
  public TlsPath shown() {
    return instead.get().orElseGet(this::own);
  }

  /** Lower-case hexadecimal, of the DER encoding of the certificate that TLS shows now. */
  public String shownSha256() {
    return shown().sha256();
  }

  private TlsPath own() {
    return path(store.operational());
  }

  private TlsPath path(List<X509Certificate> chain) {
    return new TlsPath(OWN, key.getPrivate(), chain);
  }

  /** Shows the IDevID, to an operator's authority or fleet server. */
  public KeyManager idevidKeyManager() {
    Supplier<TlsPath> idevid = () -> path(store.idevid());
    return new ShownCertificate(idevid, idevid);
  }

  /** A server context that shows the certificate of the moment. */
  public SSLContext tlsContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ShownCertificate(this::shown, this::own)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS with the device certificate", e);
    }
  }

  /** TLS versions offered, best first. */
  public static String[] protocols() {
    return PROTOCOLS.clone();
  }

  /** TLS cipher suites offered: forward secrecy and AEAD only. */
  public static String[] cipherSuites() {
    return CIPHER_SUITES.clone();
  }

  private void replace(CertificateStore next) throws IOException {
    file.write(next.encode());
    store = next;
  }

  private void requireOwn() throws CorruptStoreException {
    try {
      check.requireIdevid(store.idevid());
      if (!certificate().getPublicKey().equals(key.getPublic())) {
        throw new CertificateRefusedException(Reason.WRONG_KEY, "operational certificate");
      }
    } catch (CertificateRefusedException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
    }
  }
}
