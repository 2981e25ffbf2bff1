// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.namespace.QName;

/** Writes a fault without CXF: for requests that are refused before it sees them. Stateless. */
final class FaultWriter {
  private FaultWriter() {}

  static void write(OnvifFault fault, HttpServletResponse response) throws IOException {
    byte[] bytes = xml(fault).getBytes(StandardCharsets.UTF_8);
    response.setStatus(fault.code().status());
    response.setContentType("application/soap+xml; charset=utf-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  static String xml(OnvifFault fault) {
    StringBuilder codes = new StringBuilder();
    List<QName> subCodes = fault.getSubCodes();
    for (QName code : subCodes) {
      codes
          .append("<env:Subcode><env:Value>ter:")
          .append(code.getLocalPart())
          .append("</env:Value>");
    }
    codes.append("</env:Subcode>".repeat(subCodes.size()));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        + "<env:Envelope xmlns:env=\"%s\" xmlns:ter=\"%s\"><env:Body><env:Fault>"
            .formatted(Namespaces.SOAP, Namespaces.TER)
        + "<env:Code><env:Value>env:%s</env:Value>%s</env:Code>"
            .formatted(fault.code().sender() ? "Sender" : "Receiver", codes)
        + "<env:Reason><env:Text xml:lang=\"en\">%s</env:Text></env:Reason>"
            .formatted(escaped(String.valueOf(fault.getMessage())))
        + "</env:Fault></env:Body></env:Envelope>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
