// SPDX-License-Identifier: Apache-2.0
/** The imaging service (namespace timg). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver20/imaging/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "timg", namespaceURI = "http://www.onvif.org/ver20/imaging/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.imaging;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
