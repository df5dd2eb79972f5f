// @ts-check

/**
 * The later end of a lease that waits for approval.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.text('extension_asked').comment('JSON');
  });
  await knex.raw(
    `create index jit_requests_extends on jit_requests (extends_lease_id) where extends_lease_id is not null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_requests_extends');
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumn('extension_asked');
  });
};
