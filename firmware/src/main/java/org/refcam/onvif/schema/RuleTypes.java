// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.NullUnmarked;

/**
 * Which rules a device knows. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class RuleTypes {
  private RuleTypes() {}

  public static class SupportedRules {
    public List<String> RuleContentSchemaLocation = new ArrayList<>();
    public List<ConfigDescription> RuleDescription = new ArrayList<>();
  }

  public static class ConfigDescription {
    public ItemListDescription Parameters;
    public List<RuleMessages> Messages = new ArrayList<>();

    @XmlAttribute(name = "Name")
    public QName Name;

    @XmlAttribute public Boolean fixed;
    @XmlAttribute public Integer maxInstances;
  }

  public static class RuleMessages {
    public ItemListDescription Source;
    public ItemListDescription Data;
    public String ParentTopic;

    @XmlAttribute(name = "IsProperty")
    public Boolean IsProperty;
  }

  public static class ItemListDescription {
    public List<ItemDescription> SimpleItemDescription = new ArrayList<>();
    public List<ItemDescription> ElementItemDescription = new ArrayList<>();
  }

  public static class ItemDescription {
    @XmlAttribute(name = "Name")
    public String Name;

    @XmlAttribute(name = "Type")
    public QName Type;
  }
}
