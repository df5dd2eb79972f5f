// @ts-check

/**
 * The newest of what is over are read in their order, and never past all that is live: the index knows of nothing else. By an index of every lease
 * PostgreSQL would have to pass what was asked for since, and when most are over its statistics tell it that there is none.
 *
 * SQLite keeps the index of all phases: it does not weigh one order against another.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (!isPostgres(knex)) {
    return;
  }
  await knex.raw('drop index jit_leases_phase');
  await knex.raw(
    `create index jit_leases_phase on jit_leases (phase, requested_at, id)
     where phase in ('asked', 'waiting', 'held', 'denied', 'withdrawn', 'lapsed')`,
  );
  await knex.raw(
    `create index jit_leases_ended on jit_leases (requested_at, id)
     where phase in ('denied', 'withdrawn', 'lapsed', 'revoked')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (!isPostgres(knex)) {
    return;
  }
  await knex.raw('drop index jit_leases_ended');
  await knex.raw('drop index jit_leases_phase');
  await knex.raw(
    'create index jit_leases_phase on jit_leases (phase, requested_at, id)',
  );
};

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
