// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.DigestAuthenticator;
import org.refcam.access.Door;
import org.refcam.access.Role;
import org.refcam.onvif.OnvifFault.Code;

/**
 * Decides who may call what: HTTP Digest or a UsernameToken of a client made for this purpose, then
 * the table.
 *
 * <p>INV-ONVIF-3. Without proof only the operations of class PRE_AUTH are answered, before set-up
 * only four of them, and with proof only what the table gives the client's role; a person's
 * password opens nothing here. Holds against anyone on the network, for each operation, because the
 * table is asked with the name of the very element that is dispatched.
 *
 * <p>Safe from any thread.
 */
final class Admission {
  private final BooleanSupplier ready;
  private final DigestAuthenticator digest;
  private final UsernameTokenVerifier tokens;

  Admission(BooleanSupplier ready, DigestAuthenticator digest, UsernameTokenVerifier tokens) {
    this.ready = ready;
    this.digest = digest;
    this.tokens = tokens;
  }

  /**
   * What proves who asks.
   *
   * @param authorization the header's value, if any
   * @param uri as the request line has it
   */
  record Proof(
      Optional<String> authorization,
      Optional<UsernameToken> token,
      String method,
      String uri,
      InetAddress peer) {}

  /**
   * Who was let in.
   *
   * @throws OnvifFault if the caller may not do this
   */
  Optional<ClientCredential> admit(Envelope envelope, Proof proof) {
    Optional<AccessClass> accessClass = OperationTable.find(envelope.request());
    boolean open = accessClass.isPresent() && accessClass.get() == AccessClass.PRE_AUTH;
    if (!ready.getAsBoolean() && !OperationTable.BEFORE_SET_UP.contains(envelope.request())) {
      throw OnvifFault.of(Code.FORBIDDEN, "the camera has no owner yet: set it up first");
    }
    if (open) {
      return Optional.empty(); // a wrong clock or password must not keep the time from a client
    }
    ClientCredential client = prove(proof);
    if (accessClass.isEmpty()) {
      throw OnvifFault.of(Code.ACTION_NOT_SUPPORTED, "this camera has no such operation");
    }
    Role role = client.role();
    if (!accessClass.get().admits(Optional.of(role))) {
      throw OnvifFault.of(Code.FORBIDDEN, "the client's role does not allow this");
    }
    return Optional.of(client);
  }

  private ClientCredential prove(Proof proof) {
    if (proof.authorization().isPresent()) {
      return byDigest(proof, proof.authorization().get());
    }
    UsernameToken token =
        proof
            .token()
            .orElseThrow(() -> OnvifFault.of(Code.NOT_AUTHORIZED, "sign in as a client first"));
    UsernameTokenVerifier.Result result = tokens.verify(token, proof.peer());
    return result.client().orElseThrow(() -> refused(result.outcome()));
  }

  private ClientCredential byDigest(Proof proof, String authorization) {
    DigestAuthenticator.Result result =
        digest.verify(authorization, proof.method(), proof.uri(), Door.ONVIF, proof.peer());
    return switch (result.outcome()) {
      case OK -> result.client().orElseThrow();
      case STALE -> throw OnvifFault.of(Code.STALE_NONCE, "sign again with the new nonce");
      case LOCKED -> throw locked();
      case REJECTED -> throw OnvifFault.of(Code.NOT_AUTHORIZED, "name or password is wrong");
    };
  }

  private static OnvifFault refused(UsernameTokenVerifier.Outcome outcome) {
    return switch (outcome) {
      case STALE ->
          OnvifFault.of(
              Code.TOKEN_REFUSED,
              "the clock of the client is behind the camera's: ask GetSystemDateAndTime");
      case FUTURE ->
          OnvifFault.of(
              Code.TOKEN_REFUSED,
              "the clock of the client is ahead of the camera's: ask GetSystemDateAndTime");
      case REPLAYED -> OnvifFault.of(Code.TOKEN_REFUSED, "the token was used before");
      case LOCKED -> locked();
      case OK, REJECTED -> OnvifFault.of(Code.TOKEN_REFUSED, "name or password is wrong");
    };
  }

  private static OnvifFault locked() {
    return OnvifFault.of(Code.LOCKED, "too many wrong attempts: wait");
  }
}
