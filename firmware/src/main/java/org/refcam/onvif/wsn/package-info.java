// SPDX-License-Identifier: Apache-2.0
/** WS-BaseNotification, WS-Topics and WS-Addressing as far as ONVIF uses them (namespace wsnt). */
@NullMarked
@XmlSchema(
    namespace = "http://docs.oasis-open.org/wsn/b-2",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {
      @XmlNs(prefix = "wsnt", namespaceURI = "http://docs.oasis-open.org/wsn/b-2"),
      @XmlNs(prefix = "wsa5", namespaceURI = "http://www.w3.org/2005/08/addressing"),
      @XmlNs(prefix = "tns1", namespaceURI = "http://www.onvif.org/ver10/topics"),
      @XmlNs(prefix = "refcam", namespaceURI = "urn:refcam:onvif:topics"),
      @XmlNs(prefix = "tt", namespaceURI = "http://www.onvif.org/ver10/schema")
    })
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.wsn;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
