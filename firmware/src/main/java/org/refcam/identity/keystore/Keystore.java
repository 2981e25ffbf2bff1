// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.refcam.identity.TlsPath;
import org.refcam.identity.keystore.KeystoreContents.Certificate;
import org.refcam.identity.keystore.KeystoreContents.Key;
import org.refcam.identity.keystore.KeystoreContents.Path;
import org.refcam.identity.keystore.KeystoreException.Reason;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;

/**
 * What an operator's authority certified for this camera: keys made here, certificates, paths of
 * them, and the one path that TLS shows. Everything lies in one sealed file that is replaced as a
 * whole; a change takes effect once it is on disk.
 *
 * <pre>
 *   path assigned to TLS -> path -> certificates, the server's first -> key of each
 * </pre>
 *
 * What an arrow points to cannot be deleted.
 *
 * <p>INV-IDENT-2. A private key of the keystore is made on the camera, is written nowhere but in a
 * file sealed under the configuration key, and no method gives it out but to TLS. Holds against
 * whoever has an administrator's client or the medium, and dies in an erase of the device. Does not
 * hold against who reads the memory of the running camera.
 *
 * <p>INV-IDENT-3. TLS is given a path only while each of its certificates is within its time by the
 * camera's clock and the private key of the first is here; otherwise the camera shows its own.
 * Holds against forgotten renewals. Does not hold against who sets the clock.
 *
 * <p>Guarded by its monitor; what TLS asks for takes no lock.
 */
public final class Keystore {
  public static final int MOST_KEYS = 16;
  public static final int MOST_CERTIFICATES = 16;
  public static final int MOST_PATHS = 8;

  /** Certificates of one path. */
  public static final int LONGEST_PATH = 5;

  public static final int MOST_CERTIFICATE_BYTES = 8 * 1024;

  /** Letters of a name that a client gave. */
  public static final int LONGEST_ALIAS = 64;

  /** What a certificate can say (RFC 5280, 4.1.2.5). */
  private static final Instant FIRST_DATE = Instant.parse("1950-01-01T00:00:00Z");

  private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SealedFile file;
  private final CertificateMaker maker;
  private final Clock clock;
  private KeystoreContents contents;
  private volatile Optional<TlsPath> assigned;

  /**
   * @throws CorruptStoreException if the file is there but cannot be trusted
   */
  public Keystore(SealedFile file, SecureRandom random, Clock clock) throws IOException {
    this.file = file;
    this.maker = new CertificateMaker(random);
    this.clock = clock;
    Optional<byte[]> bytes = file.read();
    try {
      contents =
          bytes.isPresent()
              ? JSON.readValue(bytes.get(), KeystoreContents.class)
              : KeystoreContents.EMPTY;
      assigned = tlsPath(contents);
    } catch (JacksonException | KeystoreException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
    }
  }

  /**
   * A key as clients see it.
   *
   * @param alias what its maker calls it; may be empty
   * @param complete whether the private half is here
   */
  public record KeyInfo(String id, String alias, boolean complete) {}

  /** A certificate as clients see it. */
  public record CertificateInfo(
      String id, String key, String alias, X509Certificate certificate, boolean complete) {}

  /** A path as clients see it. */
  public record PathInfo(String id, String alias, List<String> certificates) {
    public PathInfo {
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * What TLS is to show instead of the camera's own certificate; empty if nothing is assigned, or
   * what is assigned is not valid now.
   */
  public Optional<TlsPath> shown() {
    return assigned.filter(path -> path.validAt(clock.instant()));
  }

  /** The id of the path that is assigned to TLS, valid or not. */
  public synchronized Optional<String> assigned() {
    return Optional.of(contents.assigned()).filter(id -> !id.isEmpty());
  }

  public synchronized List<KeyInfo> keys() {
    return contents.keys().stream().map(Keystore::info).toList();
  }

  /**
   * @throws KeystoreException NO_SUCH_KEY
   */
  public synchronized KeyInfo key(String id) throws KeystoreException {
    return info(requireKey(id));
  }

  /** Makes a key pair on P-256; its id. */
  public synchronized String createKey(String alias) throws KeystoreException, IOException {
    refuseIf(contents.keys().size() >= MOST_KEYS, Reason.TOO_MANY_KEYS);
    KeyPair pair = maker.p256();
    Key made =
        new Key(
            "key-" + contents.next(),
            alias(alias),
            KeystoreContents.text(pair.getPublic().getEncoded()),
            KeystoreContents.text(pair.getPrivate().getEncoded()));
    save(contents.with(made));
    return made.id();
  }

  /**
   * @throws KeystoreException NO_SUCH_KEY; REFERENCE_EXISTS if a certificate certifies it
   */
  public synchronized void deleteKey(String id) throws KeystoreException, IOException {
    requireKey(id);
    refuseIf(
        contents.certificates().stream().anyMatch(one -> one.key().equals(id)),
        Reason.REFERENCE_EXISTS);
    save(contents.withoutKey(id));
  }

  /**
   * A request for an authority's signature, PKCS#10 in DER.
   *
   * @throws KeystoreException NO_SUCH_KEY, NO_PRIVATE_KEY
   */
  public synchronized byte[] request(
      String key, X500Name subject, List<Attribute> attributes, SignatureAlgorithm algorithm)
      throws KeystoreException, IOException {
    return maker.request(requireKey(key), subject, attributes, algorithm);
  }

  /**
   * Makes a certificate that the key signs itself.
   *
   * @return its id
   * @throws KeystoreException BAD_DATES outside of the years 1950 to 9999 as well
   */
  public synchronized String selfSign(
      String key,
      String alias,
      X500Name subject,
      Instant from,
      Instant until,
      List<Extension> extensions,
      SignatureAlgorithm algorithm)
      throws KeystoreException, IOException {
    refuseIf(
        !from.isBefore(until) || from.isBefore(FIRST_DATE) || until.isAfter(LAST_DATE),
        Reason.BAD_DATES);
    X509Certificate made =
        maker.selfSigned(requireKey(key), subject, from, until, extensions, algorithm);
    return add(CertificateRules.parse(der(made)), key, alias, contents);
  }

  /**
   * Takes over a certificate. It belongs to the key that it certifies; where that is not here, its
   * public half is from then on.
   *
   * @param keyRequired whether the private half must be here
   * @return its id
   */
  public synchronized String upload(byte[] der, String alias, String keyAlias, boolean keyRequired)
      throws KeystoreException, IOException {
    X509Certificate certificate = CertificateRules.parse(der);
    String publicKey = KeystoreContents.text(certificate.getPublicKey().getEncoded());
    Optional<Key> known =
        contents.keys().stream().filter(key -> key.publicKey().equals(publicKey)).findFirst();
    refuseIf(keyRequired && known.filter(Key::complete).isEmpty(), Reason.NO_MATCHING_PRIVATE_KEY);
    if (known.isPresent()) {
      return add(certificate, known.get().id(), alias, contents);
    }
    refuseIf(contents.keys().size() >= MOST_KEYS, Reason.TOO_MANY_KEYS);
    Key made = new Key("key-" + contents.next(), alias(keyAlias), publicKey, "");
    return add(certificate, made.id(), alias, contents.with(made));
  }

  private String add(X509Certificate certificate, String key, String alias, KeystoreContents beside)
      throws KeystoreException, IOException {
    refuseIf(beside.certificates().size() >= MOST_CERTIFICATES, Reason.TOO_MANY_CERTIFICATES);
    String der = KeystoreContents.text(der(certificate));
    refuseIf(
        beside.certificates().stream().anyMatch(one -> one.der().equals(der)), Reason.DUPLICATE);
    Certificate made = new Certificate("certificate-" + beside.next(), key, alias(alias), der);
    save(beside.with(made));
    return made.id();
  }

  public synchronized List<CertificateInfo> certificates() {
    return contents.certificates().stream().map(this::info).toList();
  }

  /**
   * @throws KeystoreException NO_SUCH_CERTIFICATE
   */
  public synchronized CertificateInfo certificate(String id) throws KeystoreException {
    return info(requireCertificate(id));
  }

  /**
   * The key that it certified stays.
   *
   * @throws KeystoreException NO_SUCH_CERTIFICATE; REFERENCE_EXISTS if it is in a path
   */
  public synchronized void deleteCertificate(String id) throws KeystoreException, IOException {
    requireCertificate(id);
    refuseIf(
        contents.paths().stream().anyMatch(path -> path.certificates().contains(id)),
        Reason.REFERENCE_EXISTS);
    save(contents.withoutCertificate(id));
  }

  /**
   * @param certificates ids, the certified key's first, each signed by the next
   * @return its id
   */
  public synchronized String createPath(List<String> certificates, String alias)
      throws KeystoreException, IOException {
    refuseIf(contents.paths().size() >= MOST_PATHS, Reason.TOO_MANY_PATHS);
    refuseIf(certificates.isEmpty() || certificates.size() > LONGEST_PATH, Reason.BROKEN_PATH);
    List<X509Certificate> chain = new ArrayList<>();
    for (String id : certificates) {
      chain.add(x509(requireCertificate(id)));
    }
    CertificateRules.requirePath(chain);
    Path made = new Path("path-" + contents.next(), alias(alias), certificates);
    save(contents.with(made));
    return made.id();
  }

  public synchronized List<PathInfo> paths() {
    return contents.paths().stream().map(Keystore::info).toList();
  }

  /**
   * @throws KeystoreException NO_SUCH_PATH
   */
  public synchronized PathInfo path(String id) throws KeystoreException {
    return info(requirePath(id));
  }

  /**
   * @throws KeystoreException NO_SUCH_PATH; REFERENCE_EXISTS if TLS is to show it
   */
  public synchronized void deletePath(String id) throws KeystoreException, IOException {
    requirePath(id);
    refuseIf(contents.assigned().equals(id), Reason.REFERENCE_EXISTS);
    save(contents.withoutPath(id));
  }

  /**
   * Has TLS show a path from now on, while it is valid.
   *
   * @throws KeystoreException NO_SUCH_PATH, NO_PRIVATE_KEY; TOO_MANY_ASSIGNED if another one is
   */
  public synchronized void assign(String id) throws KeystoreException, IOException {
    requirePath(id);
    if (!contents.assigned().equals(id)) {
      refuseIf(!contents.assigned().isEmpty(), Reason.TOO_MANY_ASSIGNED);
      save(contents.withAssigned(id));
    }
  }

  /**
   * @throws KeystoreException NOT_ASSIGNED if the old one is not, NO_SUCH_PATH if the new one is
   *     not there, NO_PRIVATE_KEY
   */
  public synchronized void reassign(String old, String id) throws KeystoreException, IOException {
    requireAssigned(old);
    requirePath(id);
    save(contents.withAssigned(id));
  }

  /**
   * Has TLS show the camera's own certificate again.
   *
   * @throws KeystoreException NOT_ASSIGNED
   */
  public synchronized void unassign(String id) throws KeystoreException, IOException {
    requireAssigned(id);
    save(contents.withAssigned(""));
  }

  private void save(KeystoreContents changed) throws KeystoreException, IOException {
    Optional<TlsPath> path = tlsPath(changed);
    file.write(JSON.writeValueAsBytes(changed));
    contents = changed;
    assigned = path;
  }

  /** The assigned path with its key, as TLS takes it. */
  private static Optional<TlsPath> tlsPath(KeystoreContents from)
      throws KeystoreException, IOException {
    if (from.assigned().isEmpty()) {
      return Optional.empty();
    }
    Path path = from.path(from.assigned()).orElseThrow(() -> gone(Reason.NO_SUCH_PATH));
    List<Certificate> certificates = new ArrayList<>();
    for (String id : path.certificates()) {
      certificates.add(from.certificate(id).orElseThrow(() -> gone(Reason.NO_SUCH_CERTIFICATE)));
    }
    Key key = from.key(certificates.get(0).key()).orElseThrow(() -> gone(Reason.NO_SUCH_KEY));
    List<X509Certificate> chain = certificates.stream().map(Keystore::x509).toList();
    try {
      return Optional.of(new TlsPath(path.id(), CertificateMaker.privateKey(key), chain));
    } catch (GeneralSecurityException e) {
      throw new IOException("the key " + key.id() + " cannot be used", e);
    }
  }

  private Key requireKey(String id) throws KeystoreException {
    return contents.key(id).orElseThrow(() -> gone(Reason.NO_SUCH_KEY));
  }

  private Certificate requireCertificate(String id) throws KeystoreException {
    return contents.certificate(id).orElseThrow(() -> gone(Reason.NO_SUCH_CERTIFICATE));
  }

  private Path requirePath(String id) throws KeystoreException {
    return contents.path(id).orElseThrow(() -> gone(Reason.NO_SUCH_PATH));
  }

  private void requireAssigned(String id) throws KeystoreException {
    refuseIf(id.isEmpty() || !contents.assigned().equals(id), Reason.NOT_ASSIGNED);
  }

  private static KeystoreException gone(Reason reason) {
    return new KeystoreException(reason);
  }

  private static void refuseIf(boolean wrong, Reason reason) throws KeystoreException {
    if (wrong) {
      throw new KeystoreException(reason);
    }
  }

  private static String alias(String alias) throws KeystoreException {
    refuseIf(alias.length() > LONGEST_ALIAS, Reason.ALIAS);
    return alias;
  }

  private static KeyInfo info(Key key) {
    return new KeyInfo(key.id(), key.alias(), key.complete());
  }

  private CertificateInfo info(Certificate one) {
    boolean complete = contents.key(one.key()).filter(Key::complete).isPresent();
    return new CertificateInfo(one.id(), one.key(), one.alias(), x509(one), complete);
  }

  private static PathInfo info(Path path) {
    return new PathInfo(path.id(), path.alias(), path.certificates());
  }

  private static X509Certificate x509(Certificate one) {
    try {
      return CertificateRules.parse(KeystoreContents.bytes(one.der()));
    } catch (KeystoreException e) {
      throw new AssertionError("what was taken over is still a certificate", e);
    }
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
  }
}
