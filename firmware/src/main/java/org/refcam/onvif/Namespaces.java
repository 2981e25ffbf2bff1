// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

/** Namespaces of the messages, under the prefixes that the specifications use. */
public final class Namespaces {
  public static final String TT = "http://www.onvif.org/ver10/schema";
  public static final String TDS = "http://www.onvif.org/ver10/device/wsdl";
  public static final String TRT = "http://www.onvif.org/ver10/media/wsdl";
  public static final String TR2 = "http://www.onvif.org/ver20/media/wsdl";
  public static final String TEV = "http://www.onvif.org/ver10/events/wsdl";
  public static final String TAN = "http://www.onvif.org/ver20/analytics/wsdl";

  /** Contents of rules. */
  public static final String AXT = "http://www.onvif.org/ver20/analytics";

  public static final String TIMG = "http://www.onvif.org/ver20/imaging/wsdl";
  public static final String TRC = "http://www.onvif.org/ver10/recording/wsdl";
  public static final String TSE = "http://www.onvif.org/ver10/search/wsdl";
  public static final String TRP = "http://www.onvif.org/ver10/replay/wsdl";
  public static final String TAS = "http://www.onvif.org/ver10/advancedsecurity/wsdl";
  public static final String TMD = "http://www.onvif.org/ver10/deviceIO/wsdl";

  /** Topics of ONVIF. */
  public static final String TNS1 = "http://www.onvif.org/ver10/topics";

  /** Topics of our own. */
  public static final String OWN = "urn:refcam:onvif:topics";

  /** Fault subcodes and words of the network interface. */
  public static final String TER = "http://www.onvif.org/ver10/error";

  public static final String WSNT = "http://docs.oasis-open.org/wsn/b-2";
  public static final String WSTOP = "http://docs.oasis-open.org/wsn/t-1";
  public static final String WSA = "http://www.w3.org/2005/08/addressing";
  public static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
  public static final String WSSE =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
  public static final String WSU =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

  private Namespaces() {}
}
