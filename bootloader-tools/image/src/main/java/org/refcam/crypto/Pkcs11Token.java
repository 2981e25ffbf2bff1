// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;

/**
 * One PKCS#11 token, opened through the JDK's own provider. Keys made through {@link #provider}
 * stay inside it: token objects, sensitive, not extractable.
 *
 * <p>The provider joins the JVM's list, last, so that signatures and TLS find it by the key. Safe
 * from any thread, as far as the module is.
 */
public final class Pkcs11Token {
  private static final String SECRET_KEYS = attributes("CKO_SECRET_KEY,*");
  private static final String EC_KEYS = attributes("CKO_PRIVATE_KEY,CKK_EC");

  private final Provider provider;
  private final KeyStore keyStore;

  private Pkcs11Token(Provider provider, KeyStore keyStore) {
    this.provider = provider;
    this.keyStore = keyStore;
  }

  /**
   * Logs in to a token.
   *
   * @throws IOException in one line: no such module, slot, PIN file or PIN
   */
  public static Pkcs11Token open(Pkcs11Uri uri) throws IOException {
    if (!Files.isReadable(uri.module())) {
      throw new IOException("PKCS#11 module " + uri.module() + " cannot be read");
    }
    char[] pin = pin(uri);
    try {
      Provider base = Security.getProvider("SunPKCS11");
      if (base == null) {
        throw new IOException("this Java runtime lacks the module jdk.crypto.cryptoki");
      }
      Provider provider = base.configure(configuration(uri));
      Provider known = Security.getProvider(provider.getName());
      if (known == null) {
        Security.addProvider(provider);
      } else {
        provider = known; // a module is initialised once in a process
      }
      KeyStore keyStore = KeyStore.getInstance("PKCS11", provider);
      keyStore.load(null, pin);
      return new Pkcs11Token(provider, keyStore);
    } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
      throw new IOException("cannot open PKCS#11 token " + uri.module() + ": " + cause(e), e);
    } catch (IOException e) {
      throw new IOException("cannot log in to PKCS#11 token: " + cause(e), e);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  /** For key generators, Macs and signatures with this token's keys. */
  public Provider provider() {
    return provider;
  }

  /** The token's objects by their labels. */
  public KeyStore keyStore() {
    return keyStore;
  }

  private static String configuration(Pkcs11Uri uri) {
    String slot = uri.slotId() < 0 ? "slotListIndex=0" : "slot=" + uri.slotId();
    String name = "refcam" + Integer.toHexString((uri.module() + slot).hashCode());
    return "--name="
        + name
        + "\nlibrary="
        + uri.module()
        + "\n"
        + slot
        + "\n"
        + SECRET_KEYS
        + EC_KEYS;
  }

  private static String attributes(String kind) {
    return "attributes(generate,"
        + kind
        + ")={\nCKA_TOKEN=true\nCKA_PRIVATE=true\nCKA_SENSITIVE=true\n"
        + "CKA_EXTRACTABLE=false\nCKA_SIGN=true\n}\n";
  }

  private static char[] pin(Pkcs11Uri uri) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(uri.pinSource());
    } catch (IOException e) {
      throw new IOException("PIN file " + uri.pinSource() + " cannot be read", e);
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) 0);
    int end = 0;
    while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
      end++;
    }
    char[] pin = Arrays.copyOf(text.array(), end);
    Arrays.fill(text.array(), '\0');
    return pin;
  }

  private static String cause(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
