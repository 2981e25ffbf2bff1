// SPDX-License-Identifier: Apache-2.0
/** The media service of Profile T (namespace tr2). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver20/media/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "tr2", namespaceURI = "http://www.onvif.org/ver20/media/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.media2;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
