// @ts-check

/**
 * Some things can be taken back and not looked at: their leases say so.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.boolean('verified');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumn('verified');
  });
};
