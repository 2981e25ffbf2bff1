// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.namespace.QName;
import org.apache.cxf.helpers.DOMUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Turns values into elements, for messages that hold any element. Safe from any thread. */
public final class XmlElements {
  private static final Map<Class<?>, JAXBContext> CONTEXTS = new ConcurrentHashMap<>();

  private XmlElements() {}

  public static Element of(QName name, Object value) {
    return typed(name, value);
  }

  private static <T> Element typed(QName name, T value) {
    @SuppressWarnings("unchecked") // getClass() of a T makes a Class of T
    Class<T> type = (Class<T>) value.getClass();
    Document document = DOMUtils.createDocument();
    try {
      context(type).createMarshaller().marshal(new JAXBElement<>(name, type, value), document);
    } catch (JAXBException e) {
      throw new AssertionError("our own message types can be written", e);
    }
    return document.getDocumentElement();
  }

  private static JAXBContext context(Class<?> type) throws JAXBException {
    JAXBContext known = CONTEXTS.get(type);
    if (known == null) {
      known = JAXBContext.newInstance(type);
      CONTEXTS.put(type, known);
    }
    return known;
  }
}
