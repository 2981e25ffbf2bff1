// SPDX-License-Identifier: Apache-2.0
// The npm package "node-onvif", a second client that nobody here wrote, against a running camera. It knows no TLS, so
// its requests are handed to Node's own.
// node second-client.js MODULES HOST HTTPS_PORT USERNAME PASSWORD
// Prints one line of JSON: what it found; exits 1 on the first step that fails.
'use strict';
const [modules, host, port, user, pass] = process.argv.slice(2);
const http = require('http');
const https = require('https');
http.request = (options, answered) =>
  https.request({ ...options, protocol: 'https:', rejectUnauthorized: false }, answered); // the Java tests pin it
const { OnvifDevice } = require(`${modules}/node-onvif`);

async function main() {
  const device = new OnvifDevice({ xaddr: `https://${host}:${port}/onvif/device_service`, user, pass });
  const information = await device.init();
  const profiles = device.getProfileList();
  const scopes = await device.services.device.getScopes();
  const properties = await device.services.events.getEventProperties();
  console.log(
    JSON.stringify({
      information,
      profiles: profiles.map(p => p.token),
      stream: profiles[0].stream.rtsp,
      snapshot: profiles[0].snapshot,
      scopes: JSON.stringify(scopes.data).length,
      topics: Object.keys(properties.data.GetEventPropertiesResponse.TopicSet),
    }),
  );
  process.exit(0);
}

main().catch(error => {
  console.error(error.stack || error);
  process.exit(1);
});
