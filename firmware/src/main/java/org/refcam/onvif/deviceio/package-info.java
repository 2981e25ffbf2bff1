// SPDX-License-Identifier: Apache-2.0
/** The device input and output service (namespace tmd). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/deviceIO/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "tmd", namespaceURI = "http://www.onvif.org/ver10/deviceIO/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.deviceio;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
