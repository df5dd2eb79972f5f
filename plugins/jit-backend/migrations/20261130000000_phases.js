// @ts-check

/** What all that is unfinished, and all that is asked for or unfinished, has in common. */
const UNFINISHED = `phase in ('waiting', 'held')`;
const OPEN = `phase in ('asked', 'waiting', 'held')`;

const UNFINISHED_BEFORE = `state in ('approved', 'granting', 'active', 'revoking')`;
const OPEN_BEFORE = `state in ('requested', 'approved', 'granting', 'active', 'revoking')`;

/** The indexes that knew of the state, and how they were. */
const BEFORE = {
  jit_leases_state: '(state, requested_at, id)',
  jit_leases_over: '(coalesce(verified_at, ended_at, requested_at))',
  jit_leases_unfinished: `(entitlement_id) where ${UNFINISHED_BEFORE}`,
  jit_leases_live_profile: `(profile_id) where ${OPEN_BEFORE}`,
  jit_leases_live_connection: `(connection) where ${UNFINISHED_BEFORE}`,
  jit_leases_watched: `(connection, provider) where state = 'active' and idle_after_ms is not null`,
  jit_leases_open_origin: `(origin_type, origin_id) where origin_type is not null and origin_settled_at is null and ${UNFINISHED_BEFORE}`,
  jit_leases_bundled: `(entitlement_id) where bundle is not null and ${UNFINISHED_BEFORE}`,
};

/**
 * What changes while a lease ends stands in no index: PostgreSQL writes the row alone then, and not an entry of each index with it. The indexes know
 * of the phase of a lease, which is the same in several states, and of when it was over.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const kept = isPostgres(knex) ? 'stored' : 'virtual';
  await knex.raw(
    `alter table jit_leases add column phase varchar(16) generated always as (case state
       when 'requested' then 'asked'
       when 'approved' then 'waiting'
       when 'granting' then 'waiting'
       when 'active' then 'held'
       when 'revoking' then 'held'
       else state end) ${kept}`,
  );
  await knex.raw(
    `alter table jit_leases add column over_at bigint generated always as (case
       when state in ('denied', 'withdrawn', 'lapsed', 'revoked') then coalesce(verified_at, ended_at, requested_at)
       end) ${kept}`,
  );
  for (const name of [
    ...Object.keys(BEFORE),
    // No query needs these.
    'jit_leases_hash',
    'jit_leases_live_subject',
  ]) {
    await knex.raw(`drop index ${name}`);
  }
  for (const statement of [
    `create index jit_leases_phase on jit_leases (phase, requested_at, id)`,
    `create index jit_leases_over on jit_leases (over_at) where over_at is not null`,
    `create index jit_leases_unfinished on jit_leases (entitlement_id) where ${UNFINISHED}`,
    `create index jit_leases_live_profile on jit_leases (profile_id) where ${OPEN}`,
    `create index jit_leases_live_connection on jit_leases (connection) where ${UNFINISHED}`,
    `create index jit_leases_watched on jit_leases (connection, provider) where phase = 'held' and idle_after_ms is not null`,
    `create index jit_leases_open_origin on jit_leases (origin_type, origin_id) where origin_type is not null and origin_settled_at is null and ${UNFINISHED}`,
    `create index jit_leases_bundled on jit_leases (entitlement_id) where bundle is not null and ${UNFINISHED}`,
  ]) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_leases_phase');
  for (const name of Object.keys(BEFORE)) {
    await knex.raw(`drop index if exists ${name}`);
  }
  await knex.raw('alter table jit_leases drop column over_at');
  await knex.raw('alter table jit_leases drop column phase');
  for (const [name, what] of Object.entries({
    ...BEFORE,
    jit_leases_hash: '(profile_hash)',
    jit_leases_live_subject: `(subject, profile_id) where ${OPEN_BEFORE}`,
  })) {
    await knex.raw(`create index ${name} on jit_leases ${what}`);
  }
};

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
