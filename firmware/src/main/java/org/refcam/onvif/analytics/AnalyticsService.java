// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.analytics;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.util.List;
import javax.xml.namespace.QName;
import org.refcam.motion.MotionSettings;
import org.refcam.onvif.AnalyticsText;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.analytics.AnalyticsMessages.Capabilities;
import org.refcam.onvif.analytics.AnalyticsMessages.ConfigOptions;
import org.refcam.onvif.analytics.AnalyticsMessages.CreateRules;
import org.refcam.onvif.analytics.AnalyticsMessages.CreateRulesResponse;
import org.refcam.onvif.analytics.AnalyticsMessages.DeleteRules;
import org.refcam.onvif.analytics.AnalyticsMessages.DeleteRulesResponse;
import org.refcam.onvif.analytics.AnalyticsMessages.GetRuleOptions;
import org.refcam.onvif.analytics.AnalyticsMessages.GetRuleOptionsResponse;
import org.refcam.onvif.analytics.AnalyticsMessages.GetRules;
import org.refcam.onvif.analytics.AnalyticsMessages.GetRulesResponse;
import org.refcam.onvif.analytics.AnalyticsMessages.GetServiceCapabilities;
import org.refcam.onvif.analytics.AnalyticsMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.analytics.AnalyticsMessages.GetSupportedRules;
import org.refcam.onvif.analytics.AnalyticsMessages.GetSupportedRulesResponse;
import org.refcam.onvif.analytics.AnalyticsMessages.ModifyRules;
import org.refcam.onvif.analytics.AnalyticsMessages.ModifyRulesResponse;
import org.refcam.onvif.events.Topic;
import org.refcam.onvif.schema.RuleTypes.ConfigDescription;
import org.refcam.onvif.schema.RuleTypes.ItemDescription;
import org.refcam.onvif.schema.RuleTypes.ItemListDescription;
import org.refcam.onvif.schema.RuleTypes.RuleMessages;
import org.refcam.onvif.schema.RuleTypes.SupportedRules;

/**
 * The analytics service (analytics.wsdl): the owner's motion zones as rules. There are no analytics
 * modules. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TAN)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class AnalyticsService {
  private static final String XS = "http://www.w3.org/2001/XMLSchema";

  private final RuleDesk rules;

  public AnalyticsService(Rooms rooms) {
    rules = new RuleDesk(rooms.parts().motion());
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.RuleSupport = true;
    made.AnalyticsModuleSupport = false;
    made.CellBasedSceneDescriptionSupported = false;
    made.RuleOptionsSupported = true;
    made.AnalyticsModuleOptionsSupported = false;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetSupportedRulesResponse GetSupportedRules(GetSupportedRules request) {
    AnalyticsText.require(request.ConfigurationToken);
    ConfigDescription region = new ConfigDescription();
    region.Name = MotionRegions.TYPE;
    region.fixed = false;
    region.maxInstances = MotionSettings.MOST_ZONES;
    region.Parameters = new ItemListDescription();
    region.Parameters.ElementItemDescription.add(
        item(MotionRegions.REGION, new QName(Namespaces.AXT, "MotionRegionConfig", "axt")));
    RuleMessages told = new RuleMessages();
    told.IsProperty = true;
    told.Source = new ItemListDescription();
    told.Source.SimpleItemDescription.add(
        item("VideoSource", new QName(Namespaces.TT, "ReferenceToken", "tt")));
    told.Source.SimpleItemDescription.add(item("RuleName", new QName(XS, "string", "xs")));
    told.Data = new ItemListDescription();
    told.Data.SimpleItemDescription.add(item("State", new QName(XS, "boolean", "xs")));
    told.ParentTopic = Topic.MOTION_REGION.expression();
    region.Messages.add(told);
    GetSupportedRulesResponse response = new GetSupportedRulesResponse();
    response.SupportedRules = new SupportedRules();
    response.SupportedRules.RuleDescription.add(region);
    return response;
  }

  private static ItemDescription item(String name, QName type) {
    ItemDescription made = new ItemDescription();
    made.Name = name;
    made.Type = type;
    return made;
  }

  public GetRulesResponse GetRules(GetRules request) {
    AnalyticsText.require(request.ConfigurationToken);
    GetRulesResponse response = new GetRulesResponse();
    response.Rule.addAll(rules.list());
    return response;
  }

  public GetRuleOptionsResponse GetRuleOptions(GetRuleOptions request) {
    AnalyticsText.require(request.ConfigurationToken);
    GetRuleOptionsResponse response = new GetRuleOptionsResponse();
    if (request.RuleType == null || request.RuleType.equals(MotionRegions.TYPE)) {
      ConfigOptions options = new ConfigOptions();
      options.RuleType = MotionRegions.TYPE;
      options.Name = MotionRegions.REGION;
      options.any = MotionRegions.options(MotionSettings.MOST_ZONES);
      response.RuleOptions = List.of(options);
    }
    return response;
  }

  public CreateRulesResponse CreateRules(CreateRules request) {
    AnalyticsText.require(request.ConfigurationToken);
    rules.create(request.Rule);
    return new CreateRulesResponse();
  }

  public ModifyRulesResponse ModifyRules(ModifyRules request) {
    AnalyticsText.require(request.ConfigurationToken);
    rules.modify(request.Rule);
    return new ModifyRulesResponse();
  }

  public DeleteRulesResponse DeleteRules(DeleteRules request) {
    AnalyticsText.require(request.ConfigurationToken);
    rules.delete(request.RuleName);
    return new DeleteRulesResponse();
  }
}
