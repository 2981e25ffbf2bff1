// SPDX-License-Identifier: Apache-2.0
/** The analytics service (namespace tan). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver20/analytics/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {
      @XmlNs(prefix = "tan", namespaceURI = "http://www.onvif.org/ver20/analytics/wsdl"),
      @XmlNs(prefix = "axt", namespaceURI = "http://www.onvif.org/ver20/analytics")
    })
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.analytics;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
