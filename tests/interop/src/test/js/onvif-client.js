// SPDX-License-Identifier: Apache-2.0
// The npm package "onvif", a client that nobody here wrote, against a running camera.
// node onvif-client.js MODULES HOST HTTPS_PORT DISCOVERY_PORT USERNAME PASSWORD
// Prints one line of JSON: what it found, by step; exits 1 on the first step that fails.
'use strict';
const [modules, host, port, discoveryPort, username, password] = process.argv.slice(2);
const dgram = require('dgram');
const { Cam } = require(`${modules}/onvif`);
const found = {};

function fail(step, error) {
  console.error(`${step}: ${error && (error.stack || error)}`);
  process.exit(1);
}

const call = (cam, name, ...args) =>
  new Promise((resolve, reject) => {
    cam[name](...args, (error, result) => (error ? reject(new Error(`${name}: ${error.message || error}`)) : resolve(result)));
  });

/** A unicast probe: the package's own probe is bound to port 3702. */
function probe() {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    const timer = setTimeout(() => reject(new Error('no ProbeMatch')), 5000);
    socket.on('message', message => {
      clearTimeout(timer);
      socket.close();
      resolve(message.toString());
    });
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing">
<s:Header><a:Action s:mustUnderstand="1">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>
<a:MessageID>uuid:5a9ad4f6-0000-4000-8000-000000000001</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>
<s:Body><d:Probe xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>`;
    socket.send(text, Number(discoveryPort), host);
  });
}

const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

/** An operation that the package has no method for, by its own transport and reader. */
const ask = (cam, service, body) =>
  new Promise((resolve, reject) =>
    cam._request({ service, body: cam._envelopeHeader() + body + cam._envelopeFooter() }, (error, data) =>
      error ? reject(new Error(`${body}: ${error.message || error}`)) : resolve(require(`${modules}/onvif/lib/utils`).linerase(data)),
    ),
  );

/** Switches recording on, waits for pictures, searches what happened, and asks where to replay. */
async function recordAndSearch(cam) {
  const recordings = [].concat(await call(cam, 'getRecordings'));
  found.recordings = recordings.map(r => r.recordingToken);
  const jobs = [].concat((await call(cam, 'getRecordingJobs')).jobItem || cam.recordingJobs || []);
  found.jobs = jobs.map(j => j.jobToken);
  await call(cam, 'setRecordingJobMode', { JobToken: 'job-main', Mode: 'Active' });
  const seconds = summary => (new Date(summary.dataUntil) - new Date(summary.dataFrom)) / 1000;
  for (const end = Date.now() + 60000; Date.now() < end && !(found.recorded >= 6); await pause(1000)) {
    found.recorded = seconds(await call(cam, 'getRecordingSummary'));
  }
  const summary = await call(cam, 'getRecordingSummary');
  found.from = new Date(summary.dataFrom).toISOString();
  const search = 'xmlns="http://www.onvif.org/ver10/search/wsdl"';
  const session = await ask(
    cam,
    'search',
    `<FindEvents ${search}><StartPoint>${found.from}</StartPoint><Scope/><SearchFilter/>` +
      '<IncludeStartState>false</IncludeStartState><KeepAliveTime>PT30S</KeepAliveTime></FindEvents>',
  );
  const results = await ask(
    cam,
    'search',
    `<GetEventSearchResults ${search}><SearchToken>${session.findEventsResponse.searchToken}</SearchToken></GetEventSearchResults>`,
  );
  const list = results.getEventSearchResultsResponse.resultList;
  found.searchState = list.searchState;
  found.events = [].concat(list.result || []).map(r => String(r.event.topic._ || r.event.topic));
  found.replay = await call(cam, 'getReplayUri', { recordingToken: found.recordings[0] });
}

async function main() {
  found.discovered = /<d:XAddrs>([^<]*)</.exec(await probe())[1];
  const secureOpts = {
    rejectUnauthorized: false, // self-signed; the Java tests pin it
    checkServerIdentity: () => undefined,
  };
  require('https').globalAgent.options.rejectUnauthorized = false;
  const cam = await new Promise((resolve, reject) => {
    const made = new Cam(
      { hostname: host, port: Number(port), username, password, useSecure: true, secureOpts, timeout: 30000, preserveAddress: true },
      error => (error ? reject(error) : resolve(made)),
    );
  });
  found.time = String(await call(cam, 'getSystemDateAndTime'));
  found.information = await call(cam, 'getDeviceInformation');
  found.hostname = await call(cam, 'getHostname');
  found.services = (await call(cam, 'getServices', true)).map(s => s.namespace);
  found.capabilities = Object.keys(await call(cam, 'getCapabilities'));
  found.scopes = await call(cam, 'getScopes');
  found.users = (await call(cam, 'getUsers')).length;
  found.interfaces = [].concat(await call(cam, 'getNetworkInterfaces')).length;
  found.profiles = (await call(cam, 'getProfiles')).map(p => p.$.token);
  found.sources = await call(cam, 'getVideoSources');
  const encoders = await call(cam, 'getVideoEncoderConfigurations');
  found.encoders = encoders.map(e => e.$.token);
  found.options = await call(cam, 'getVideoEncoderConfigurationOptions', encoders[1].$.token);
  found.osds = await call(cam, 'getOSDs');
  const changed = {
    $: { token: 'sub' },
    name: 'sub',
    encoding: 'H264',
    resolution: { width: 256, height: 192 }, // one of the options for the footage's shape
    quality: 1,
    rateControl: { frameRateLimit: 5, encodingInterval: 1, bitrateLimit: 300 },
  };
  await call(cam, 'setVideoEncoderConfiguration', changed);
  found.changed = await call(cam, 'getVideoEncoderConfiguration', 'sub');
  found.stream = (await call(cam, 'getStreamUri', { protocol: 'RTSP', profileToken: 'sub' })).uri;
  found.snapshot = (await call(cam, 'getSnapshotUri', { profileToken: 'sub' })).uri;
  const subscription = await call(cam, 'createPullPointSubscription');
  found.subscription = String(subscription.subscriptionReference.address);
  const states = [];
  for (const end = Date.now() + 60000; Date.now() < end && !found.moved; ) {
    const pulled = await call(cam, 'pullMessages', { messageLimit: 10, timeout: 'PT5S' });
    for (const one of [].concat(pulled.notificationMessage || [])) {
      const item = one.message.message.data.simpleItem.$;
      states.push(`${one.topic._ || one.topic}=${item.Value}`);
      found.moved = found.moved || (/MotionAlarm/.test(states[states.length - 1]) && String(item.Value) === 'true');
    }
  }
  found.states = states;
  await call(cam, 'unsubscribe');
  await recordAndSearch(cam);
  console.log(JSON.stringify(found));
  process.exit(0);
}

process.on('uncaughtException', error => fail('uncaught', error));
main().catch(error => fail('client', error));
