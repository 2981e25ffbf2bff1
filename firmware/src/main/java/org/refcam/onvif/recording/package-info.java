// SPDX-License-Identifier: Apache-2.0
/** The recording control service (namespace trc). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/recording/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "trc", namespaceURI = "http://www.onvif.org/ver10/recording/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.recording;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
