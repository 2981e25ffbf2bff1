// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;

/**
 * Says that the headers which clients mark as mustUnderstand are understood: the security header,
 * which admission has dealt with, and addressing.
 */
final class UnderstoodHeaders extends AbstractSoapInterceptor {
  private static final Set<QName> HEADERS =
      Set.of(
          new QName(Namespaces.WSSE, "Security"),
          new QName(Namespaces.WSA, "Action"),
          new QName(Namespaces.WSA, "To"),
          new QName(Namespaces.WSA, "MessageID"),
          new QName(Namespaces.WSA, "ReplyTo"));

  UnderstoodHeaders() {
    super(Phase.PRE_PROTOCOL);
  }

  @Override
  public Set<QName> getUnderstoodHeaders() {
    return HEADERS;
  }

  @Override
  public void handleMessage(SoapMessage message) {
    // being there is all it has to do
  }
}
