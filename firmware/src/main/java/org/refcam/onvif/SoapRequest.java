// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * A guarded request as CXF sees it: the bytes that were checked, the service of the request's
 * namespace, and no SOAP action, so that nothing but the checked body chooses the operation.
 */
final class SoapRequest extends HttpServletRequestWrapper {
  private static final String TYPE = "application/soap+xml; charset=UTF-8";

  private final byte[] message;
  private final String path;

  SoapRequest(HttpServletRequest request, byte[] message, String path) {
    super(request);
    this.message = message;
    this.path = path;
  }

  @Override
  public String getPathInfo() {
    return path;
  }

  @Override
  public String getRequestURI() {
    return getContextPath() + path;
  }

  @Override
  public String getContentType() {
    return TYPE;
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (name.equalsIgnoreCase("Content-Type")) {
      return TYPE;
    }
    return name.equalsIgnoreCase("SOAPAction") ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (name.equalsIgnoreCase("Content-Type")) {
      return Collections.enumeration(Collections.singleton(TYPE));
    }
    return name.equalsIgnoreCase("SOAPAction")
        ? Collections.emptyEnumeration()
        : super.getHeaders(name);
  }

  @Override
  public int getContentLength() {
    return message.length;
  }

  @Override
  public ServletInputStream getInputStream() {
    ByteArrayInputStream bytes = new ByteArrayInputStream(message);
    return new ServletInputStream() {
      @Override
      public int read() {
        return bytes.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        return bytes.read(into, offset, length);
      }

      @Override
      public boolean isFinished() {
        return bytes.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("the message is here already");
      }
    };
  }
}
