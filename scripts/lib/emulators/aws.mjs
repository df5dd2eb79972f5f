// The demonstration's AWS account, in a process of its own. It begins anew with each start: nothing of a lease is kept in it.
import { createEmulator } from 'emulate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../checkout.mjs';

await createEmulator({
  service: 'aws',
  port: Number(process.env.JIT_AWS_PORT),
  hostname: '127.0.0.1',
  seed: {
    aws: JSON.parse(
      readFileSync(join(CHECKOUT, 'examples', 'aws.json'), 'utf8'),
    ),
  },
});
