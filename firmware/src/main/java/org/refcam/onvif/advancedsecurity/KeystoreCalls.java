// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import java.io.IOException;
import java.util.Map;
import org.refcam.identity.keystore.KeystoreException;
import org.refcam.identity.keystore.KeystoreException.Reason;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;

/** Asks the keystore, and says its no in the words of the service's specification. Stateless. */
final class KeystoreCalls {
  private KeystoreCalls() {}

  /** Something that the keystore does. */
  @FunctionalInterface
  interface Deed<T> {
    T run() throws KeystoreException, IOException;
  }

  /** As above, with nothing to tell. */
  @FunctionalInterface
  interface Change {
    void run() throws KeystoreException, IOException;
  }

  /**
   * @throws OnvifFault what was asked cannot be
   */
  static <T> T ask(Deed<T> deed) {
    return ask(Map.of(), deed);
  }

  static void change(Change change) {
    change(Map.of(), change);
  }

  static void change(Map<Reason, String> words, Change change) {
    ask(
        words,
        () -> {
          change.run();
          return true;
        });
  }

  /**
   * @param words subcodes that this operation has for a reason, where they are not the usual ones
   */
  static <T> T ask(Map<Reason, String> words, Deed<T> deed) {
    try {
      return deed.run();
    } catch (KeystoreException e) {
      OnvifFault fault = fault(e.reason(), words.getOrDefault(e.reason(), word(e.reason())));
      fault.initCause(e);
      throw fault;
    } catch (IOException e) {
      OnvifFault fault = OnvifFault.of(Code.ACTION, "the change could not be made");
      fault.initCause(e);
      throw fault;
    }
  }

  private static OnvifFault fault(Reason reason, String word) {
    boolean ours =
        switch (reason) {
          case TOO_MANY_KEYS,
              TOO_MANY_CERTIFICATES,
              TOO_MANY_PATHS,
              TOO_MANY_ASSIGNED,
              NO_MATCHING_PRIVATE_KEY ->
              true;
          default -> false;
        };
    return OnvifFault.of(ours ? Code.ACTION : Code.INVALID_ARG_VAL, word, text(reason));
  }

  private static String word(Reason reason) {
    return switch (reason) {
      case ALIAS -> "Alias";
      case NO_SUCH_KEY -> "KeyID";
      case NO_SUCH_CERTIFICATE -> "CertificateID";
      case NO_SUCH_PATH -> "CertificationPathID";
      case NOT_ASSIGNED -> "OldCertificationPathID";
      case REFERENCE_EXISTS -> "ReferenceExists";
      case TOO_MANY_KEYS -> "MaximumNumberOfKeysReached";
      case TOO_MANY_CERTIFICATES -> "MaximumNumberOfCertificatesReached";
      case TOO_MANY_PATHS -> "MaximumNumberOfCertificationPathsReached";
      case TOO_MANY_ASSIGNED -> "MaximumNumberOfTLSCertificationPathsReached";
      case NO_PRIVATE_KEY -> "NoPrivateKey";
      case NO_MATCHING_PRIVATE_KEY -> "NoMatchingPrivateKey";
      case BAD_CERTIFICATE -> "BadCertificate";
      case DUPLICATE -> "Duplicate";
      case PUBLIC_KEY_ALGORITHM -> "UnsupportedPublicKeyAlgorithm";
      case SIGNATURE_ALGORITHM -> "UnsupportedSignatureAlgorithm";
      case KEY_MISMATCH -> "KeySignatureAlgorithmMismatch";
      case BROKEN_PATH -> "InvalidCertificationPath";
      case BAD_ATTRIBUTE -> "InvalidAttribute";
      case BAD_DATES -> "InvalidDateTime";
    };
  }

  private static String text(Reason reason) {
    return switch (reason) {
      case ALIAS -> "the alias is too long";
      case NO_SUCH_KEY, NO_SUCH_CERTIFICATE, NO_SUCH_PATH -> "there is none with this id";
      case NOT_ASSIGNED -> "this path is not assigned";
      case REFERENCE_EXISTS -> "something still refers to it";
      case TOO_MANY_KEYS, TOO_MANY_CERTIFICATES, TOO_MANY_PATHS -> "the keystore is full";
      case TOO_MANY_ASSIGNED -> "another path is assigned: replace it";
      case NO_PRIVATE_KEY -> "only the public half of the key is here";
      case NO_MATCHING_PRIVATE_KEY -> "no private key here fits the certificate";
      case BAD_CERTIFICATE -> "not one X.509 version 3 certificate in DER, or too long";
      case DUPLICATE -> "the certificate is here already";
      case PUBLIC_KEY_ALGORITHM -> "keys are elliptic, or RSA of 2048 bits or more";
      case SIGNATURE_ALGORITHM -> "signatures are ECDSA or RSA with SHA-256 or more";
      case KEY_MISMATCH -> "the key signs with ECDSA";
      case BROKEN_PATH -> "each certificate must be signed by the next, which is an authority";
      case BAD_ATTRIBUTE -> "no attribute or extension in DER";
      case BAD_DATES -> "it would end before it begins";
    };
  }
}
