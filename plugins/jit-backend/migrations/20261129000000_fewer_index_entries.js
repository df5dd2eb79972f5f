// @ts-check

/**
 * A call under a claim changes nothing that stands in an index of the entitlement, and leaves room on its page: then PostgreSQL writes the row alone, and
 * not an entry of each index with it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw('drop index jit_entitlements_claimed');
  await knex.raw(
    'create index jit_entitlements_held on jit_entitlements (connection) where claim_token is not null',
  );
  if (isPostgres(knex)) {
    // For the rows that come; those that are there move on their next change.
    await knex.raw('alter table jit_entitlements set (fillfactor = 60)');
    await knex.raw('alter table jit_leases set (fillfactor = 80)');
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (isPostgres(knex)) {
    await knex.raw('alter table jit_leases reset (fillfactor)');
    await knex.raw('alter table jit_entitlements reset (fillfactor)');
  }
  await knex.raw('drop index jit_entitlements_held');
  await knex.raw(
    'create index jit_entitlements_claimed on jit_entitlements (connection, claim_until) where claim_until is not null',
  );
};

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
