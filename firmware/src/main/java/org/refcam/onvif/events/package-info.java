// SPDX-License-Identifier: Apache-2.0
/** The event service (namespace tev). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/events/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "tev", namespaceURI = "http://www.onvif.org/ver10/events/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.events;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
