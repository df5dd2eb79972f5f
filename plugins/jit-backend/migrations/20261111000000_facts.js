// @ts-check

/**
 * How to reach what a lease gives, in its provider's terms: for people, and for the later parts of a bundle.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.text('facts');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumn('facts');
  });
};
