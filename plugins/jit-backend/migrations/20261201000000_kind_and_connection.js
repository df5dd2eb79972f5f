// @ts-check

/**
 * A list of one kind or one connection of which there are few leases, or none, is found without reading the whole history.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.index(['kind', 'requested_at', 'id'], 'jit_leases_kind');
    table.index(['connection', 'requested_at', 'id'], 'jit_leases_connection');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.dropIndex([], 'jit_leases_connection');
    table.dropIndex([], 'jit_leases_kind');
  });
};
