// SPDX-License-Identifier: Apache-2.0
/** The media service of Profile S (namespace trt). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/media/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "trt", namespaceURI = "http://www.onvif.org/ver10/media/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.media;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
