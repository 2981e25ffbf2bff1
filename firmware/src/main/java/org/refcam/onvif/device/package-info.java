// SPDX-License-Identifier: Apache-2.0
/** The device management service (namespace tds). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/device/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "tds", namespaceURI = "http://www.onvif.org/ver10/device/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.device;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
