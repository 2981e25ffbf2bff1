// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS shows: at each handshake the certificate of that moment, so that a renewal or another
 * assignment needs no restart and ends no connection. The private key may be inside hardware.
 *
 * <p>A handshake chooses an alias first and asks for key and chain by it, so they always belong
 * together; an assignment that is taken back in between fails that one handshake. Immutable.
 */
final class ShownCertificate extends X509ExtendedKeyManager {
  private final Supplier<TlsPath> shown;
  private final Supplier<TlsPath> own;

  /**
   * @param shown what to show in a new handshake
   * @param own what a handshake may still have begun with
   */
  ShownCertificate(Supplier<TlsPath> shown, Supplier<TlsPath> own) {
    this.shown = shown;
    this.own = own;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return keyType.startsWith("EC") ? shown.get().alias() : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    for (String keyType : keyTypes) {
      if (keyType.startsWith("EC")) {
        return shown.get().alias();
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return keyType.startsWith("EC") ? new String[] {shown.get().alias()} : new String[0];
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return find(alias).map(path -> path.chain().toArray(new X509Certificate[0])).orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return find(alias).map(TlsPath::privateKey).orElse(null);
  }

  private Optional<TlsPath> find(String alias) {
    return Stream.of(shown, own)
        .map(Supplier::get)
        .filter(path -> path.alias().equals(alias))
        .findFirst();
  }
}
