// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Optional;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.headers.Header;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.phase.Phase;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The answer's WS-Addressing headers, for a request that had a MessageID. Answers go back on the
 * connection of the request and nowhere else: ReplyTo is read by nobody, so that no client can make
 * the camera call a third party.
 */
final class AddressingAnswer extends AbstractSoapInterceptor {
  AddressingAnswer() {
    super(Phase.USER_LOGICAL);
  }

  @Override
  public void handleMessage(SoapMessage message) {
    Optional<Call> call = Call.of(message.getExchange().getInMessage());
    call.flatMap(Call::messageId).ifPresent(id -> message.getHeaders().add(header(id)));
  }

  private static Header header(String messageId) {
    Document document = DOMUtils.createDocument();
    Element relatesTo = document.createElementNS(Namespaces.WSA, "wsa:RelatesTo");
    relatesTo.setTextContent(messageId);
    return new SoapHeader(new QName(Namespaces.WSA, "RelatesTo"), relatesTo);
  }
}
