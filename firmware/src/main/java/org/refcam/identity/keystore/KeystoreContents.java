// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything in the keystore, as its sealed file has it in JSON; bytes are base64. Immutable.
 *
 * @param next number of the next thing's id; none is ever used again
 * @param assigned id of the path that TLS is to show; empty if none
 */
record KeystoreContents(
    int next, List<Key> keys, List<Certificate> certificates, List<Path> paths, String assigned) {
  static final KeystoreContents EMPTY =
      new KeystoreContents(1, List.of(), List.of(), List.of(), "");

  KeystoreContents {
    keys = List.copyOf(keys);
    certificates = List.copyOf(certificates);
    paths = List.copyOf(paths);
  }

  /**
   * @param publicKey SubjectPublicKeyInfo in DER
   * @param privateKey PKCS#8 in DER; empty if only the public half is here
   */
  record Key(String id, String alias, String publicKey, String privateKey) {
    boolean complete() {
      return !privateKey.isEmpty();
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * @param key id of the key that it certifies
   * @param der of the certificate
   */
  record Certificate(String id, String key, String alias, String der) {}

  /**
   * @param certificates ids, the certified key's first
   */
  record Path(String id, String alias, List<String> certificates) {
    Path {
      certificates = List.copyOf(certificates);
    }
  }

  static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }

  Optional<Key> key(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  Optional<Certificate> certificate(String id) {
    return certificates.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  Optional<Path> path(String id) {
    return paths.stream().filter(path -> path.id().equals(id)).findFirst();
  }

  KeystoreContents with(Key made) {
    return new KeystoreContents(next + 1, and(keys, made), certificates, paths, assigned);
  }

  KeystoreContents with(Certificate made) {
    return new KeystoreContents(next + 1, keys, and(certificates, made), paths, assigned);
  }

  KeystoreContents with(Path made) {
    return new KeystoreContents(next + 1, keys, certificates, and(paths, made), assigned);
  }

  KeystoreContents withAssigned(String path) {
    return new KeystoreContents(next, keys, certificates, paths, path);
  }

  KeystoreContents withoutKey(String id) {
    return new KeystoreContents(
        next, but(keys, key -> key.id().equals(id)), certificates, paths, assigned);
  }

  KeystoreContents withoutCertificate(String id) {
    return new KeystoreContents(
        next, keys, but(certificates, one -> one.id().equals(id)), paths, assigned);
  }

  KeystoreContents withoutPath(String id) {
    return new KeystoreContents(
        next, keys, certificates, but(paths, path -> path.id().equals(id)), assigned);
  }

  private static <T> List<T> and(List<T> all, T one) {
    return Stream.concat(all.stream(), Stream.of(one)).toList();
  }

  private static <T> List<T> but(List<T> all, Predicate<T> gone) {
    List<T> left = new ArrayList<>(all);
    left.removeIf(gone);
    return left;
  }
}
