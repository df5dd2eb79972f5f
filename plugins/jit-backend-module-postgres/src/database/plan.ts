import { Plan } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { findTemplate } from './findTemplate';
import { findGivers } from './givers';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { DatabaseCall } from './types';

/** What a copy would have in it, and what of that its holder would not own. */
async function contents(
  session: Session,
  options: { template?: string; connection: PostgresConnection },
): Promise<{ what: string; lines: string[] }> {
  const { template, connection } = options;
  const found =
    template === undefined ? undefined : await findTemplate(session, template);
  if (!found) {
    return { what: 'empty', lines: [] };
  }
  const givers = await findGivers(session, { database: found.oid, connection });
  const keep = givers.filter(({ gives }) => !gives).map(({ name }) => name);
  return {
    what: `a copy of '${template}'${found.size ? ` (${found.size})` : ''}`,
    lines:
      keep.length > 0
        ? [
            `What belongs to ${keep.join(
              ', ',
            )} in it stays theirs, with the rights that the template gives`,
          ]
        : [],
  };
}

/** Says what a grant would make, by reading only. */
export async function plan(call: DatabaseCall): Promise<Plan> {
  const { ctx } = call;
  const { config } = ctx.connection;
  const options = { template: ctx.params.template, connection: config };
  const found = await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => ({
      refusal: await preflight(session, options),
      ...(await contents(session, options)),
    })),
  );
  const refusal = refusedByCeiling(ctx) ?? found.refusal;
  const limit = ctx.params.connectionLimit ?? config.connectionLimit;
  const host = config.publicHost ?? config.host;
  const port = config.publicPort ?? config.port;
  return {
    lines: [
      `A database of its own on ${host}:${port}, ${found.what}`,
      `A login role that owns what is in it, with at most ${limit} sessions at once, by a password that is made when it is asked for`,
      ...found.lines,
      'At the end its sessions are ended, and it is dropped with all that is in it',
    ],
    ...(refusal && { refusal }),
  };
}
