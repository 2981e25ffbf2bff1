// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

/** A request is no SOAP envelope that this camera reads. */
public final class InvalidEnvelopeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  InvalidEnvelopeException(Reason reason) {
    super(reason.text());
    this.reason = reason;
  }

  InvalidEnvelopeException(Reason reason, Throwable cause) {
    super(reason.text(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What is wrong with it. */
  public enum Reason {
    /** Not UTF-8, or declared to be something else. */
    NOT_UTF8("the message is not UTF-8"),
    NOT_WELL_FORMED("the message is not well-formed XML"),
    /** A document type, an entity or a processing instruction, which SOAP forbids. */
    FORBIDDEN("the message holds a document type or a processing instruction"),
    /** Deeper, longer or with more parts than any ONVIF message. */
    TOO_COMPLEX("the message is too complex"),
    /** SOAP 1.1, no envelope, or not exactly one element in its body. */
    NOT_SOAP("the message is no SOAP 1.2 envelope with one request"),
    /** A security header with a token that cannot be read. */
    BAD_TOKEN("the security token is malformed");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** For the peer: constant, without anything of the message. */
    String text() {
      return text;
    }
  }
}
