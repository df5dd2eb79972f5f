// @ts-check

/**
 * What the last look at a connection found: missing rights, or another system than the one that live things were made on.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_connections', table => {
    table.text('health');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_connections', table => {
    table.dropColumn('health');
  });
};
