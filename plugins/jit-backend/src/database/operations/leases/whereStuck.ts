import { Knex } from 'knex';
import { StuckRules } from '../../../leases/stuck';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { UNFINISHED } from '../../tables';

/** Keeps the leases for which `isStuck` is `stuck`, of a query on the leases alone. */
export function whereStuck(
  { knex, clock }: Ledger,
  query: Knex.QueryBuilder,
  options: { stuck: boolean; rules: StuckRules },
): Knex.QueryBuilder {
  const { stuckAfterAttempts, stuckAfterMs } = options.rules;
  const late = (dueAt: string) =>
    knex.raw(`${dueAt} + ? <= ?`, [stuckAfterMs, clock.sql(knex)]);
  const stuck = (builder: Knex.QueryBuilder) =>
    builder
      .where('attempts', '>=', stuckAfterAttempts)
      .orWhere(each =>
        each
          .where('state', 'approved')
          .whereNull('awaits_parts')
          .where(late('starts_at')),
      )
      .orWhere(each =>
        each
          .where('state', 'granting')
          .whereNotNull('grant_due_at')
          .where(late('grant_due_at - grant_within_ms')),
      )
      .orWhere(each =>
        each
          .where('state', 'active')
          .whereNotNull('expires_at')
          .where(late('expires_at')),
      )
      .orWhere(each =>
        each
          .where('state', 'revoking')
          .whereNotNull('ended_at')
          .where(late('ended_at'))
          .where(late('coalesce(alive_until, 0)'))
          .where(late('coalesce(kept_until, 0)')),
      );
  return options.stuck
    ? query.where(isUnfinishedRow(knex)).where(stuck)
    : query.where(builder =>
        builder.whereNotIn('state', UNFINISHED).orWhereNot(stuck),
      );
}
