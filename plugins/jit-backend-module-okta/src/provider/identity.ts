import { z } from 'zod';
import { isOnThisMachine } from '../connection/connectionSchema';
import { get, OktaCall } from '../connection/OktaClient';
import { notOkta } from '../connection/failures';

const orgBody = z.object({ id: z.string().min(1) });

const READ = {
  purpose: 'say which org it is',
  right: 'nothing: this is public',
};

/** The org's own id: it stays through renamings and custom domains. An emulator that has none is known by its address. */
export async function identity(call: OktaCall): Promise<string> {
  const { name, config } = call.ctx.connection;
  const org = await get(
    call,
    {
      ...READ,
      path: '/.well-known/okta-organization',
      emulatorsLackIt: true,
      isPublic: true,
    },
    orgBody,
  );
  if (org) {
    return org.id;
  }
  if (isOnThisMachine(config.orgUrl)) {
    return `emulator ${config.orgUrl}`;
  }
  throw notOkta({ ...READ, connection: name, writes: false });
}
