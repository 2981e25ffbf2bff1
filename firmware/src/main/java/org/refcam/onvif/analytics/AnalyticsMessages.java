// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.analytics;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.MediaTypes;
import org.refcam.onvif.schema.RuleTypes;
import org.w3c.dom.Element;

/**
 * All messages of the service. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class AnalyticsMessages {
  private AnalyticsMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetSupportedRules")
  public static class GetSupportedRules {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetSupportedRulesResponse")
  public static class GetSupportedRulesResponse {
    public RuleTypes.SupportedRules SupportedRules;
  }

  @XmlRootElement(name = "GetRules")
  public static class GetRules {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetRulesResponse")
  public static class GetRulesResponse {
    public List<MediaTypes.Config> Rule = new ArrayList<>();
  }

  @XmlRootElement(name = "GetRuleOptions")
  public static class GetRuleOptions {
    public QName RuleType;
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetRuleOptionsResponse")
  public static class GetRuleOptionsResponse {
    public List<ConfigOptions> RuleOptions = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateRules")
  public static class CreateRules {
    public String ConfigurationToken;
    public List<MediaTypes.Config> Rule = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateRulesResponse")
  public static class CreateRulesResponse {}

  @XmlRootElement(name = "ModifyRules")
  public static class ModifyRules {
    public String ConfigurationToken;
    public List<MediaTypes.Config> Rule = new ArrayList<>();
  }

  @XmlRootElement(name = "ModifyRulesResponse")
  public static class ModifyRulesResponse {}

  @XmlRootElement(name = "DeleteRules")
  public static class DeleteRules {
    public String ConfigurationToken;
    public List<String> RuleName = new ArrayList<>();
  }

  @XmlRootElement(name = "DeleteRulesResponse")
  public static class DeleteRulesResponse {}

  public static class ConfigOptions {
    @XmlAnyElement public Element any;

    @XmlAttribute(name = "RuleType")
    public QName RuleType;

    @XmlAttribute(name = "Name")
    public String Name;
  }

  public static class Capabilities {
    @XmlAttribute(name = "RuleSupport")
    public Boolean RuleSupport;

    @XmlAttribute(name = "AnalyticsModuleSupport")
    public Boolean AnalyticsModuleSupport;

    @XmlAttribute(name = "CellBasedSceneDescriptionSupported")
    public Boolean CellBasedSceneDescriptionSupported;

    @XmlAttribute(name = "RuleOptionsSupported")
    public Boolean RuleOptionsSupported;

    @XmlAttribute(name = "AnalyticsModuleOptionsSupported")
    public Boolean AnalyticsModuleOptionsSupported;
  }
}
