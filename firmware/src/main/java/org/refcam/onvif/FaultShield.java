// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.phase.Phase;
import org.refcam.onvif.OnvifFault.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets out only faults that we worded.
 *
 * <p>INV-ONVIF-4. A fault holds one of our constant texts: no exception's message, class or stack.
 * Holds for every fault that CXF or a service raises.
 */
final class FaultShield extends AbstractSoapInterceptor {
  private static final Logger log = LoggerFactory.getLogger(FaultShield.class);

  FaultShield() {
    super(Phase.SETUP);
  }

  @Override
  public void handleMessage(SoapMessage message) {
    Exception raised = message.getContent(Exception.class);
    OnvifFault fault = worded(raised);
    message.setContent(Exception.class, fault);
    message.getExchange().getOutFaultMessage().put(Fault.class.getName(), fault);
    message.put(org.apache.cxf.message.Message.RESPONSE_CODE, fault.code().status());
  }

  private static OnvifFault worded(Exception raised) {
    for (Throwable cause = raised; cause != null; cause = cause.getCause()) {
      if (cause instanceof OnvifFault ours) {
        return ours;
      }
      if (cause instanceof jakarta.xml.bind.JAXBException) {
        return OnvifFault.of(Code.INVALID_ARGS, "a value of the request cannot be read");
      }
    }
    if (!HangUps.clientGone(raised)) {
      log.warn("onvif: a request failed", raised);
    }
    return OnvifFault.of(Code.ACTION, "the camera made an error");
  }
}
