// SPDX-License-Identifier: Apache-2.0
// An ONVIF device on the SOAP server of the npm package "soap": XML, namespaces and faults are its own.
//   node onvif-server.js MODULES PASSWORD   prints READY PORT; with an empty password it asks for none
'use strict';
const crypto = require('crypto');
const http = require('http');
const path = require('path');

const [modules, password] = process.argv.slice(2);
const soap = require(path.join(modules, 'soap'));
const DEVICE = 'http://www.onvif.org/ver10/device/wsdl';
const MEDIA = 'http://www.onvif.org/ver10/media/wsdl';

const answers = {
  GetSystemDateAndTime: { SystemDateAndTime: { DateTimeType: 'NTP', DaylightSavings: 'false' } },
  GetDeviceInformation: { Manufacturer: 'Lab', Model: 'Node', FirmwareVersion: '1.0', SerialNumber: '7', HardwareId: '1' },
  GetScopes: { Scopes: { ScopeDef: 'Fixed', ScopeItem: 'onvif://www.onvif.org/name/Lab' } },
  GetUsers: { User: { Username: 'admin', UserLevel: 'Administrator' } },
  GetNetworkInterfaces: { NetworkInterfaces: { Enabled: 'true', Info: { HwAddress: '02:1a:4f:00:11:22' } } },
  GetHostname: { HostnameInformation: { FromDHCP: 'false', Name: 'lab' } },
  GetCapabilities: { Capabilities: {} },
  GetServices: {},
  GetProfiles: { Profiles: { Name: 'main' } },
  GetVideoSources: {},
  DeleteUsers: {},
};
const media = ['GetProfiles', 'GetVideoSources'];

const sha1 = (...parts) => parts.reduce((hash, part) => hash.update(part), crypto.createHash('sha1')).digest('base64');

const admitted = (headers) => {
  const token = headers && headers.Security && headers.Security.UsernameToken;
  if (!token) return false;
  const text = (value) => (value && value.$value !== undefined ? value.$value : value) || '';
  const nonce = Buffer.from(text(token.Nonce), 'base64');
  return text(token.Username) === 'admin' && text(token.Password) === sha1(nonce, text(token.Created), password);
};

// The server empties what it sends, so each refusal is a new one.
const refusal = () => ({
  Fault: {
    Code: { Value: 'soap:Sender', Subcode: { value: 'ter:NotAuthorized' } },
    Reason: { Text: 'Sender not authorized' },
    statusCode: 400,
  },
});

const operation = (name) => (args, answer, headers) => {
  const open = name === 'GetSystemDateAndTime' || password === '';
  if (!open && !admitted(headers)) throw refusal();
  return answers[name];
};

const element = (name) =>
  `<xs:element name="${name}"><xs:complexType><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>` +
  '</xs:sequence></xs:complexType></xs:element>';

const wsdl = (namespace, names) => `<?xml version="1.0"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap12/"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${namespace}" targetNamespace="${namespace}">
<wsdl:types><xs:schema targetNamespace="${namespace}" elementFormDefault="qualified">
${names.map((n) => element(n) + element(n + 'Response')).join('\n')}
</xs:schema></wsdl:types>
${names
  .map(
    (n) =>
      `<wsdl:message name="${n}In"><wsdl:part name="parameters" element="t:${n}"/></wsdl:message>` +
      `<wsdl:message name="${n}Out"><wsdl:part name="parameters" element="t:${n}Response"/></wsdl:message>`
  )
  .join('\n')}
<wsdl:portType name="Port">
${names.map((n) => `<wsdl:operation name="${n}"><wsdl:input message="t:${n}In"/><wsdl:output message="t:${n}Out"/></wsdl:operation>`).join('\n')}
</wsdl:portType>
<wsdl:binding name="Binding" type="t:Port"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${names
  .map(
    (n) =>
      `<wsdl:operation name="${n}"><soap:operation soapAction="${namespace}/${n}"/><wsdl:input><soap:body use="literal"/></wsdl:input>` +
      '<wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>'
  )
  .join('\n')}
</wsdl:binding>
<wsdl:service name="Service"><wsdl:port name="Port" binding="t:Binding"><soap:address location="http://127.0.0.1/onvif/device_service"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;

const names = Object.keys(answers);
const server = http.createServer((request, response) => {
  response.statusCode = 404;
  response.end();
});
const serve = (at, namespace, own) =>
  soap.listen(server, {
    path: at,
    services: { Service: { Port: Object.fromEntries(own.map((n) => [n, operation(n)])) } },
    xml: wsdl(namespace, own),
    forceSoap12Headers: true,
  });
server.listen(0, '127.0.0.1', () => {
  serve('/onvif/device_service', DEVICE, names.filter((n) => !media.includes(n)));
  serve('/onvif/media_service', MEDIA, media);
  console.log('READY ' + server.address().port);
});
