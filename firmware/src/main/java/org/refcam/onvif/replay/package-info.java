// SPDX-License-Identifier: Apache-2.0
/** The replay control service (namespace trp). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/replay/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "trp", namespaceURI = "http://www.onvif.org/ver10/replay/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.replay;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
