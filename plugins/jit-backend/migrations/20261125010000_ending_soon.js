// @ts-check

/**
 * Which end the people of a lease were told of, so that each is told once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.bigInteger('end_told');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumn('end_told');
  });
};
