import { Instant, LeaseRecord } from '../../../leases/records';
import { PinnedProfile } from '../../../policy';
import { Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { prepared } from '../../prepared';
import { TABLES } from '../../tables';
import { openStop, stopIn } from '../stops/openStopFor';
import { StopRecord } from '../stops/StopRecord';
import { pinnedIn } from './readProfiles';

/** Reads in one statement by what a lease may be granted now: the rules it was asked under, if they are kept, and the stop that refuses it. */
export async function readRules(
  { knex, clock }: Ledger,
  lease: LeaseRecord,
): Promise<{ now: Instant; pinned?: PinnedProfile; stop?: StopRecord }> {
  const { profileHash: hash } = lease;
  const [row] = await prepared<Row>(
    knex,
    knex
      .select('clock.now', 'profile.content', 'stop.*')
      .from(knex.select({ now: clock.sql(knex) }).as('clock'))
      .leftJoin(
        knex(TABLES.profiles).select('content').where({ hash }).as('profile'),
        knex.raw('1 = 1'),
      )
      .leftJoin(openStop(knex, lease).as('stop'), knex.raw('1 = 1')),
  );
  return {
    now: Number(row.now),
    pinned:
      row.content === null ? undefined : pinnedIn(String(row.content), hash),
    stop: stopIn(row),
  };
}
