// SPDX-License-Identifier: Apache-2.0
/** The recording search service (namespace tse). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/search/wsdl",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "tse", namespaceURI = "http://www.onvif.org/ver10/search/wsdl")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.search;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
