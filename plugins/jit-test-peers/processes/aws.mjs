/*
 * The AWS emulator on this machine, for one test file: it is an ES module that Jest cannot load. Ends when its input is closed.
 */
import { createEmulator } from 'emulate';

const ACCOUNT = '123456789012';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    },
  ],
});
const ROLES = [
  { role_name: 'invoices-reader' },
  { role_name: 'invoices-writer' },
  { role_name: 'invoices-admin' },
  { role_name: 'nobody', assume_role_policy: '{"Statement":[]}' },
  {
    role_name: 'AWSReservedSSO_Invoices_0123456789abcdef',
    path: '/aws-reserved/sso.amazonaws.com/',
  },
];

const emulator = await createEmulator({
  service: 'aws',
  port: 0,
  hostname: '127.0.0.1',
  seed: {
    aws: {
      iam: {
        roles: ROLES.map(role => ({ assume_role_policy: trust, ...role })),
      },
    },
  },
});
process.stdout.write(`${emulator.url}\n`);
process.stdin.resume();
process.stdin.once('end', () => emulator.close());
