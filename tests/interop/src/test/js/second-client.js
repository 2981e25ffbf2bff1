// SPDX-License-Identifier: Apache-2.0
// The npm package "node-onvif", a second client that nobody here wrote, against a running camera. It knows no TLS, so a pipe
// of ours carries its bytes to the camera's HTTPS door.
// node second-client.js MODULES HOST HTTPS_PORT USERNAME PASSWORD
// Prints one line of JSON: what it found; exits 1 on the first step that fails.
'use strict';
const [modules, host, port, user, pass] = process.argv.slice(2);
const net = require('net');
const tls = require('tls');
const { OnvifDevice } = require(`${modules}/node-onvif`);

const pipe = net.createServer(plain => {
  const encrypted = tls.connect({ host, port: Number(port), rejectUnauthorized: false }); // the Java tests pin it
  plain.pipe(encrypted).pipe(plain);
  plain.on('error', () => encrypted.destroy());
  encrypted.on('error', () => plain.destroy());
});

async function main() {
  await new Promise(resolve => pipe.listen(0, '127.0.0.1', resolve));
  const device = new OnvifDevice({ xaddr: `http://127.0.0.1:${pipe.address().port}/onvif/device_service`, user, pass });
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
