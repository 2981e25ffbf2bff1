// SPDX-License-Identifier: Apache-2.0
/** The security configuration service (namespace tas): keystore and TLS server. */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/advancedsecurity/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {
      @XmlNs(prefix = "tas", namespaceURI = "http://www.onvif.org/ver10/advancedsecurity/wsdl")
    })
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.advancedsecurity;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
