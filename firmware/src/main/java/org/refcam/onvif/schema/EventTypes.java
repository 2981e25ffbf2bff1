// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * What an event says. JAXB fills the fields; what a message lacks is null, or an empty list. Names
 * and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class EventTypes {
  private EventTypes() {}

  public static class Message {
    public Items Source;
    public Items Key;
    public Items Data;

    @XmlAttribute(name = "UtcTime")
    public String UtcTime;

    @XmlAttribute(name = "PropertyOperation")
    public String PropertyOperation;
  }

  public static class Items {
    public List<SimpleItem> SimpleItem = new ArrayList<>();
  }

  public static class SimpleItem {
    @XmlAttribute(name = "Name")
    public String Name;

    @XmlAttribute(name = "Value")
    public String Value;
  }
}
