// @ts-check

/**
 * Who the subject is to other systems is pinned to the lease: what is taken back must be what was granted, also when the person has left the
 * catalog by then.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.text('subject_profile');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumn('subject_profile');
  });
};
