// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.net.InetAddress;
import java.util.List;

/** What RTSP asks of the rest of the camera before it lets anyone in. Called on event loops. */
public interface RtspGate {

  /** How a credential was found. */
  enum Outcome {
    OK,
    /** The nonce is too old; a new challenge follows. */
    STALE,
    REJECTED,
    /** Too many wrong guesses; not even the right credential is let in. */
    LOCKED
  }

  /**
   * What came of a credential.
   *
   * @param client who it is, if OK; else empty
   */
  record Verdict(Outcome outcome, String client) {
    static final Verdict REJECTED = new Verdict(Outcome.REJECTED, "");
  }

  /** Whether set-up is finished; before that nothing streams. */
  boolean open();

  /**
   * Values of WWW-Authenticate, the strongest first.
   *
   * @param stale whether the client's nonce was right but old
   */
  List<String> challenges(boolean stale);

  /**
   * @param authorization the header's value
   * @param method of the request
   * @param uri of the request, as sent
   */
  Verdict verify(String authorization, String method, String uri, InetAddress peer);

  /** Whether a client that was let in has not been revoked since. */
  boolean known(String client);
}
