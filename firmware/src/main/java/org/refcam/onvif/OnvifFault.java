// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.Serial;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapFault;

/**
 * The camera says no, in the words of ONVIF: a SOAP 1.2 code, a subcode that every client knows and
 * one that is closer. Unchecked, because CXF takes faults so.
 */
public final class OnvifFault extends SoapFault {
  @Serial private static final long serialVersionUID = 1L;

  private final Code code;

  private OnvifFault(Code code, QName second, String text) {
    super(
        text, code.sender ? Soap12.getInstance().getSender() : Soap12.getInstance().getReceiver());
    this.code = code;
    addSubCode(ter(code.word));
    if (!second.getLocalPart().isEmpty()) {
      addSubCode(second);
    }
    setStatusCode(code.status);
  }

  public static OnvifFault of(Code code, String text) {
    return new OnvifFault(code, new QName(""), text);
  }

  /**
   * @param detail the subcode below, such as NoProfile
   * @param text for a person; constant
   */
  public static OnvifFault of(Code code, String detail, String text) {
    return new OnvifFault(code, ter(detail), text);
  }

  /** With a subcode of another specification, such as WS-BaseNotification. */
  public static OnvifFault of(Code code, QName detail, String text) {
    return new OnvifFault(code, detail, text);
  }

  /** InvalidArgVal: a value that the camera does not take. */
  public static OnvifFault invalid(String detail, String text) {
    return of(Code.INVALID_ARG_VAL, detail, text);
  }

  public Code code() {
    return code;
  }

  private static QName ter(String word) {
    return new QName(Namespaces.TER, word, "ter");
  }

  /** Subcodes of ONVIF's core specification, 5.8.2.3, with who is at fault and the HTTP status. */
  public enum Code {
    WELL_FORMED(true, "WellFormed", 400),
    TAG_MISMATCH(true, "TagMismatch", 400),
    NOT_AUTHORIZED(true, "NotAuthorized", 401),
    STALE_NONCE(true, "NotAuthorized", 401),
    /** A UsernameToken; with 401 a client would answer by Digest. */
    TOKEN_REFUSED(true, "NotAuthorized", 400),
    LOCKED(true, "NotAuthorized", 429),
    FORBIDDEN(true, "NotAuthorized", 403),
    OPERATION_PROHIBITED(true, "OperationProhibited", 400),
    INVALID_ARGS(true, "InvalidArgs", 400),
    INVALID_ARG_VAL(true, "InvalidArgVal", 400),
    ACTION_NOT_SUPPORTED(false, "ActionNotSupported", 500),
    ACTION(false, "Action", 500),
    OUT_OF_MEMORY(false, "OutofMemory", 500);

    private final boolean sender;
    private final String word;
    private final int status;

    Code(boolean sender, String word, int status) {
      this.sender = sender;
      this.word = word;
      this.status = status;
    }

    boolean sender() {
      return sender;
    }

    String word() {
      return word;
    }

    int status() {
      return status;
    }
  }
}
