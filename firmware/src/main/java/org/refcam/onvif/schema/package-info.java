// SPDX-License-Identifier: Apache-2.0
/** Types that several ONVIF services share (namespace tt). */
@NullMarked
@XmlSchema(
    namespace = "http://www.onvif.org/ver10/schema",
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {@XmlNs(prefix = "tt", namespaceURI = "http://www.onvif.org/ver10/schema")})
@XmlAccessorType(XmlAccessType.FIELD)
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
